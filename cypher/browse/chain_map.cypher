// 一条产业链是怎样的：环节怎样衔接，链主在哪个环节？ What does a chain look like: how do its links feed each other, and where do its leaders stand?
// $chain: 产业链的名称或编号 | name or id of the chain
// $day: 截至哪一天 | as of which day
// :param chain => '新能源汽车及零部件'
// :param day => '2026-11-22'
// => path
MATCH (chain:Entity&Chain)
WHERE chain.keys CONTAINS ' ' + toLower(replace($chain, ' ', '')) + ' '
CALL (chain) {
  MATCH path = (firm:Firm)-[leads:LEADS]->(chain)<-[:IN_CHAIN {cited: 0}]-(link:Link)
  WHERE leads.since <= $day AND link.id = leads.link
  RETURN path
  UNION
  MATCH path = (above:Link)-[:FEEDS {cited: 0}]->(below:Link)
  WHERE EXISTS { (above)-[:IN_CHAIN]->(chain) } AND EXISTS { (below)-[:IN_CHAIN]->(chain) }
  RETURN path
}
RETURN path
LIMIT 300
