// 路径的两端是什么，其中的地区下辖哪些地区？ What are the ends of a path, and what lies in those that are regions?
// $ids: ids of the ends
// => id, kind, order, ties, inside
MATCH (e:Entity)
WHERE e.id IN $ids
RETURN e.id AS id, e.kind AS kind, e.order AS order, COUNT { (e)--() } AS ties,
       COLLECT { MATCH (part:Region)-[:PART_OF]->+(e) RETURN DISTINCT part.id } AS inside
