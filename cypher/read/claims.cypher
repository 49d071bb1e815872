// 哪些文件说这些地区有这些环节？ Which sources say that these regions have these links?
// $links: ids of the links
// $regions: adcodes
// => region, link, said, evidence
MATCH (r:Region)-[c:CLAIMS]->(l:Link)
WHERE r.id IN $regions AND l.id IN $links
MATCH (s:Source {id: c.source})
WITH r.id AS region, l.id AS link, c, s.title AS title
ORDER BY region, c.place, c.cited
WITH region, link, c.place AS place, c.said AS said, collect([c.since, c.grade, c.source, title]) AS evidence
ORDER BY region, place
RETURN region, link, said, evidence
