// 附近做某条产业链的企业，哪些有扩产、上市、募资等动向？ Which firms of a chain near a place show signs of expanding?
// $chain: 产业链的名称或编号 | name or id of the chain
// $region: 从哪里算距离：地区的名称或区划代码 | distances from here: name or adcode of a region
// $km: 直线多少公里以内 | within how many kilometres as the crow flies
// $day: 截至哪一天 | as of which day
// :param chain => '新能源汽车及零部件'
// :param region => '肇庆市'
// :param km => 200
// :param day => '2026-11-22'
// => 企业, 公里, 环节, 日期, 动向, 等级, 来源
MATCH (chain:Entity&Chain)
WHERE chain.keys CONTAINS ' ' + toLower(replace($chain, ' ', '')) + ' '
MATCH (region:Entity&Region)
WHERE region.keys CONTAINS ' ' + toLower(replace($region, ' ', '')) + ' '
MATCH (source:Source)-[signal:TELLS {predicate: 'signal'}]->(firm:Firm)
WHERE signal.since <= $day AND (firm.gone IS NULL OR firm.gone > $day)
// Of a firm of which only the province or the nation is known the distance is unknown.
MATCH (seat:Entity&Region {id: firm.seat})
WHERE seat.level IN ['city', 'county'] OR NOT EXISTS { (:Region {level: 'city'})-[:PART_OF]->(seat) }
WITH chain, source, signal, firm, round(point.distance(
  point({latitude: seat.lat, longitude: seat.lon}), point({latitude: region.lat, longitude: region.lon})) / 1000) AS km
WHERE km <= $km
WITH source, signal, firm, km, COLLECT {
  MATCH (firm)-[makes:MAKES]->(link:Link)-[:IN_CHAIN]->(chain)
  WHERE makes.since <= $day
  RETURN DISTINCT link.name AS name ORDER BY name
} AS links
WHERE size(links) > 0
RETURN firm.name AS 企业, toInteger(km) AS 公里, links AS 环节, signal.date AS 日期, signal.text AS 动向, signal.grade AS 等级,
  source.title AS 来源
ORDER BY signal.date DESC, firm.order
LIMIT 100
