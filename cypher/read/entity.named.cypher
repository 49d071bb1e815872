// 哪些对象叫这个名称，或以它为编号、代码？ Which entities bear a name, as an id or a code too?
// $key: the name, case folded and without white space, between spaces
// => id, kind, name, name_en, of_packs
MATCH (e:Entity)
WHERE e.keys CONTAINS $key
RETURN e.id AS id, e.kind AS kind, e.name AS name, e.name_en AS name_en, e.of_packs AS of_packs
ORDER BY e.order
