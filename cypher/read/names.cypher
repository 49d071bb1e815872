// 一类对象各叫什么？ What are the entities of a kind called?
// $kind: chain, link, park or region
// => id, name, name_en
MATCH (e:Chain|Link|Park|Region)
WHERE e.kind = $kind
RETURN e.id AS id, e.name AS name, e.name_en AS name_en
ORDER BY id
