// 删去一批对象的关系，随后重写。Removes the relationships of a batch, which are then written anew.
// A relationship belongs to the entity that tells it: what sources tell and who owns it come to it, the rest goes out.
// $batch: id of the batch
MATCH (n:Entity {batch: $batch})
CALL (n) {
  MATCH (n)-[r:!OWNS]->()
  RETURN r
  UNION ALL
  MATCH (n)<-[r:TELLS|STATES|MATCHES|OWNS]-()
  RETURN r
}
DELETE r
