// 某省、市或县区，哪些企业和项目在做某个环节？ Which firms and projects of a province, city or county make a link?
// $link: 环节的名称、别名或编号 | name, alias or id of the link
// $region: 地区的名称或区划代码 | name or adcode of the region
// $day: 截至哪一天 | as of which day
// :param link => '锂离子电芯'
// :param region => '广东省'
// :param day => '2026-11-22'
// 项目可能还没有投产，阶段见 park_projects、provenance | a project may not be in production yet: see park_projects, provenance
// => path
MATCH (link:Entity&Link)
WHERE link.keys CONTAINS ' ' + toLower(replace($link, ' ', '')) + ' '
MATCH (region:Entity&Region)
WHERE region.keys CONTAINS ' ' + toLower(replace($region, ' ', '')) + ' '
MATCH (place:Region)-[:PART_OF*0..4]->(region)
CALL (link, place) {
  MATCH (maker:Firm)-[makes:MAKES {link: link.id, seat: place.id}]->(link)
  WHERE makes.since <= $day AND (maker.gone IS NULL OR maker.gone > $day)
  RETURN maker, min(makes.grade) AS grade
  UNION
  MATCH (link)<-[makes:MAKES]-(maker:Project)-[in:IN]->(place)
  WHERE makes.since <= $day AND in.since <= $day
  RETURN maker, min(makes.grade) AS grade
}
WITH link, place, maker, grade
ORDER BY grade, maker.order
LIMIT 80
// Step by step: a path of two steps comes once for each pair of their citations.
CALL (link, place, maker) {
  MATCH path = (maker)-[step:MAKES]->(link)
  WHERE step.since <= $day
  RETURN path
  UNION
  MATCH path = (maker)-[step:BASED_IN|IN]->(place)
  WHERE step.since <= $day
  RETURN path
  UNION
  MATCH path = (maker)-[step:BY]->(:Firm)
  WHERE step.since <= $day
  RETURN path
}
RETURN path
ORDER BY grade, maker.order
LIMIT 500
