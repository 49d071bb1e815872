// 链主的环节往上两步需要什么？ What do the links of a chain leader need, two steps up?
// $firm: 链主的名称、别名、证券代码或编号 | the leader: a name, alias, listing code or id
// $day: 截至哪一天 | as of which day
// :param firm => '宁德时代'
// :param day => '2026-11-22'
// => path
MATCH (firm:Entity&Firm)-[leads:LEADS]->(chain:Chain)
WHERE firm.keys CONTAINS ' ' + toLower(replace($firm, ' ', '')) + ' ' AND leads.since <= $day
MATCH (link:Entity&Link {id: leads.link})
CALL (firm, chain, link) {
  MATCH path = (firm)-[:LEADS {link: link.id}]->(chain)<-[:IN_CHAIN {cited: 0}]-(link)
  RETURN path
  UNION
  MATCH path = (:Link)-[:FEEDS*1..2 {cited: 0, recycled: false}]->(link)
  RETURN path
}
RETURN DISTINCT path
ORDER BY length(path)
LIMIT 300
