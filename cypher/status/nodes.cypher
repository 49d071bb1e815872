// 每类节点各有多少？ How many nodes of each label are there?
// => name, many
MATCH (n)
UNWIND [label IN labels(n) WHERE label <> 'Entity'] AS name
RETURN name, count(*) AS many
