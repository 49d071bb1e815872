// 写入来源所述。Writes what sources tell of entities.
// $rows: maps of type, start, end, key and properties
// => written
UNWIND $rows AS row
MATCH (a:Source {id: row.start})
MATCH (b:Entity {id: row.end})
MERGE (a)-[r:$(row.type) {key: row.key}]->(b)
SET r = row.properties, r.key = row.key
RETURN count(r) AS written
