// 哪些对象的事实引用这个来源？ Which entities of packs tell a fact by this source?
// $source: id of the source
// => id
MATCH (:Source {id: $source})-[:TELLS]->(e:Entity)
RETURN e.id AS id
UNION
MATCH (e:Entity {of_packs: true})-[r {source: $source}]->(o:Entity)
WHERE r.imported IS NULL
RETURN CASE type(r) WHEN 'OWNS' THEN o.id ELSE e.id END AS id
