// 写入一批对象。Writes the entities of a batch.
// $batch: id of the batch
// $label: the label of all of them
// $rows: maps of id and properties
UNWIND $rows AS row
MERGE (n:Entity {id: row.id})
SET n = row.properties, n.batch = $batch
REMOVE n:Leaving:Chain:Link:Firm:Project:Park:Region:Platform:Policy:Target:Actual
SET n:$($label)
