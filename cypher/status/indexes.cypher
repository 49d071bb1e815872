// 有哪些索引可用？ Which indexes are there and ready?
// => name
SHOW INDEXES YIELD name, state
WHERE state = 'ONLINE'
RETURN name
