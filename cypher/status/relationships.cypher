// 每类关系各有多少？ How many relationships of each type are there?
// => name, many
MATCH ()-[r]->()
RETURN type(r) AS name, count(*) AS many
