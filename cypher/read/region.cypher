// 有哪些地区，各属哪里，在何处？ Which regions are there, what are they a part of, and where are they?
// => adcode, name, name_en, level, parent, lat, lon
MATCH (r:Region)
RETURN r.id AS adcode, r.name AS name, r.name_en AS name_en, r.level AS level,
  head(COLLECT { MATCH (r)-[:PART_OF]->(above:Region) RETURN above.id }) AS parent,
  r.lat AS lat, r.lon AS lon
ORDER BY adcode
