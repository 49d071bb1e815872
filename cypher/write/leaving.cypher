// 标出已不在批次中的对象和来源，待最后删除。Marks what a batch no longer holds, to be removed at the end.
// $batch: id of the batch
// $ids: what it holds
CALL () {
  MATCH (n:Entity {batch: $batch})
  RETURN n
  UNION ALL
  MATCH (n:Source {batch: $batch})
  RETURN n
}
WITH n
WHERE NOT n.id IN $ids
SET n:Leaving
