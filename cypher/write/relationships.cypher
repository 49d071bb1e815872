// 写入一批对象之间的关系。Writes relationships between entities.
// $rows: maps of type, start, end, key and properties
// => written
UNWIND $rows AS row
MATCH (a:Entity {id: row.start})
MATCH (b:Entity {id: row.end})
MERGE (a)-[r:$(row.type) {key: row.key}]->(b)
SET r = row.properties, r.key = row.key
RETURN count(r) AS written
