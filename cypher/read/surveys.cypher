// 这些地区摸过哪些环节的底，找到没有？ Which of these links were these regions searched for, and were they found?
// $links: ids of the links
// $regions: adcodes
// => region, link, date, found, grade
MATCH (r:Region)-[s:SURVEYED]->(l:Link)
WHERE r.id IN $regions AND l.id IN $links
WITH r.id AS region, l.id AS link, s.imported AS imported, s.place AS place,
  s.date AS date, s.found AS found, min(s.grade) AS grade
RETURN region, link, date, found, grade
