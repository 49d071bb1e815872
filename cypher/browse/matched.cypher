// 导入的企业里，哪些匹配到某个环节，凭什么词，占营收多少？ Which firms of imports match a link, by which words, and what share of their revenue is it?
// $link: 环节的名称、别名或编号 | name, alias or id of the link
// $day: 截至哪一天 | as of which day
// :param link => '锂离子电芯'
// :param day => '2026-11-22'
// 匹配不等于证实；占营收为空是未知 | a match is no proof; an empty share is unknown
// => 企业, 地区, 词, 把握, 占营收, 等级, 截至, 导入
MATCH (link:Entity&Link)
WHERE link.keys CONTAINS ' ' + toLower(replace($link, ' ', '')) + ' '
MATCH (firm:Firm)-[makes:MAKES {imported: true}]->(link)
WHERE makes.since <= $day AND (firm.gone IS NULL OR firm.gone > $day)
MATCH (source:Source {id: makes.source})
OPTIONAL MATCH (seat:Entity&Region {id: firm.seat})
RETURN firm.name AS 企业, seat.name AS 地区, makes.said AS 词, makes.confidence AS 把握, makes.revenue_share AS 占营收,
  makes.grade AS 等级, makes.as_of AS 截至, source.title AS 导入
ORDER BY 占营收 IS NULL, 占营收 DESC, 把握 DESC, firm.order
LIMIT 100
