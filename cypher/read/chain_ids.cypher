// 有哪些产业链？ Which chains are there?
// => id
MATCH (c:Chain)
RETURN c.id AS id
ORDER BY id
