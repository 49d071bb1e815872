// 标出不属于任何批次的对象，待最后删除。Marks entities that are of no batch, to be removed at the end.
MATCH (n:Entity)
WHERE n.batch IS NULL
SET n:Leaving
