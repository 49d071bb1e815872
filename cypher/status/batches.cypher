// 已推送的各批次及其摘要。The batches that were pushed, each with the digest of its rows.
// => id, digest
MATCH (b:Batch)
RETURN b.id AS id, b.digest AS digest
