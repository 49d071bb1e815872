// 一条产业链的哪些环节，在本地没有已知的企业或项目？ Which links of a chain is nobody in a region known to make?
// $chain: 产业链的名称或编号 | name or id of the chain
// $region: 地区的名称或区划代码 | name or adcode of the region
// $day: 截至哪一天 | as of which day
// :param chain => '新能源汽车及零部件'
// :param region => '肇庆市'
// :param day => '2026-11-22'
// 没有已知的，可能是没有，也可能是没有数据；这不是缺口分析，缺口分析是 chaingraph gaps
// Nobody known means that there is none or no data; this is not the gap analysis, which is chaingraph gaps
// => 环节, 位置, 层, 泛称, 摸底, 各地已知企业
MATCH (chain:Entity&Chain)
WHERE chain.keys CONTAINS ' ' + toLower(replace($chain, ' ', '')) + ' '
MATCH (region:Entity&Region)
WHERE region.keys CONTAINS ' ' + toLower(replace($region, ' ', '')) + ' '
WITH chain, COLLECT { MATCH (place:Region)-[:PART_OF*0..4]->(region) RETURN place } AS places
MATCH (link:Link)-[in_chain:IN_CHAIN {cited: 0}]->(chain)
WHERE NOT EXISTS {
    UNWIND places AS seat
    MATCH (firm:Firm)-[makes:MAKES {link: link.id, seat: seat.id}]->(link)
    WHERE makes.since <= $day AND (firm.gone IS NULL OR firm.gone > $day)
  }
  AND NOT EXISTS {
    MATCH (link)<-[makes:MAKES]-(:Project)-[in:IN]->(site:Region)
    WHERE makes.since <= $day AND in.since <= $day AND site IN places
  }
RETURN
  link.name AS 环节,
  CASE in_chain.stage WHEN 'upstream' THEN '上游' WHEN 'midstream' THEN '中游' ELSE '下游' END AS 位置,
  in_chain.tier AS 层,
  COLLECT {
    MATCH (place:Region)-[claims:CLAIMS]->(link)
    WHERE place IN places AND claims.since <= $day
    RETURN DISTINCT claims.said AS said ORDER BY said
  } AS 泛称,
  COLLECT {
    MATCH (place:Region)-[surveyed:SURVEYED]->(link)
    WHERE place IN places AND surveyed.since <= $day
    RETURN DISTINCT surveyed.date + CASE surveyed.found WHEN true THEN ' 有' ELSE ' 无' END AS found ORDER BY found
  } AS 摸底,
  COUNT {
    MATCH (firm:Firm)-[makes:MAKES]->(link)
    WHERE makes.since <= $day AND (firm.gone IS NULL OR firm.gone > $day)
    RETURN DISTINCT firm
  } AS 各地已知企业
ORDER BY in_chain.tier, in_chain.number
LIMIT 200
