// 两家企业之间最近的关系是什么？ What is the shortest relation between two firms?
// $firm: 一家企业的名称、别名、证券代码或编号 | one firm: a name, alias, listing code or id
// $other: 另一家企业 | the other firm
// $day: 截至哪一天 | as of which day
// :param firm => '奥士康'
// :param other => '小鹏汽车'
// :param day => '2026-11-22'
// => path
MATCH (firm:Entity&Firm)
WHERE firm.keys CONTAINS ' ' + toLower(replace($firm, ' ', '')) + ' '
MATCH (other:Entity&Firm)
WHERE other.keys CONTAINS ' ' + toLower(replace($other, ' ', '')) + ' ' AND other <> firm
MATCH path = allShortestPaths((firm)-[:SUPPLIES|OWNS|MAKES|FEEDS|BY|AT|TARGETS|HOSTED_BY*..6]-(other))
WHERE all(step IN relationships(path) WHERE step.since <= $day) AND none(node IN nodes(path) WHERE node:Chain)
RETURN path
ORDER BY size([step IN relationships(path) WHERE type(step) IN ['SUPPLIES', 'OWNS']]) DESC
LIMIT 100
