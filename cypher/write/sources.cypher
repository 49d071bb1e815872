// 写入来源。Writes sources.
// $batch: id of the batch
// $rows: maps of id and properties
UNWIND $rows AS row
MERGE (n:Source {id: row.id})
SET n = row.properties, n.batch = $batch
REMOVE n:Leaving
