// 删除不再使用的批次记录。Forgets a batch that is no more.
// $id: id of the batch
MATCH (b:Batch {id: $id})
DELETE b
