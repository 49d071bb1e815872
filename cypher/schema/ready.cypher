// 等索引建好。Waits until the indexes are ready, an hour at most.
CALL db.awaitIndexes(3600)
