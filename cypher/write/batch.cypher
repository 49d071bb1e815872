// 记下一个批次的摘要。Writes down the digest of a batch.
// $id: id of the batch
// $digest: the digest of its rows
MERGE (b:Batch {id: $id})
SET b.digest = $digest
