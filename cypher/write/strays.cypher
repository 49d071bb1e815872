// 标出不属于任何批次的对象和来源，待最后删除。Marks entities and sources that are of no batch, to be removed at the end.
MATCH (n:Entity|Source)
WHERE n.batch IS NULL
SET n:Leaving
