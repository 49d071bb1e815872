// 一个地区的哪些环节只有泛称，没有一家点了名的企业或项目？ Which links of a region are claimed in general, with no firm or project named there?
// $region: 地区的名称或区划代码 | name or adcode of the region
// $day: 截至哪一天 | as of which day
// :param region => '肇庆市'
// :param day => '2026-11-22'
// => path
MATCH (region:Entity&Region)
WHERE region.keys CONTAINS ' ' + toLower(replace($region, ' ', '')) + ' '
WITH COLLECT { MATCH (place:Region)-[:PART_OF*0..4]->(region) RETURN place } AS places
UNWIND places AS place
MATCH path = (place)-[claims:CLAIMS]->(link:Link)
WHERE claims.since <= $day
  AND NOT EXISTS {
    UNWIND places AS seat
    MATCH (firm:Firm)-[makes:MAKES {link: link.id, seat: seat.id}]->(link)
    WHERE makes.since <= $day AND (firm.gone IS NULL OR firm.gone > $day)
  }
  AND NOT EXISTS {
    MATCH (link)<-[makes:MAKES]-(:Project)-[in:IN]->(site:Region)
    WHERE makes.since <= $day AND in.since <= $day AND site IN places
  }
RETURN path
ORDER BY claims.grade, link.order
LIMIT 200
