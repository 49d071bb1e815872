// 一家企业周围，谁持有谁的股份？ Who owns whom around a firm?
// $firm: 企业的名称、别名、证券代码或编号 | the firm: a name, alias, listing code or id
// $day: 截至哪一天 | as of which day
// :param firm => '宁德时代'
// :param day => '2026-11-22'
// => path
MATCH (firm:Entity&Firm)
WHERE firm.keys CONTAINS ' ' + toLower(replace($firm, ' ', '')) + ' '
MATCH (near:Firm)-[way:OWNS*0..2]-(firm)
WHERE all(step IN way WHERE step.since <= $day)
WITH near, min(size(way)) AS steps
MATCH (near)-[owns:OWNS]-(:Firm)
WHERE owns.since <= $day
WITH startNode(owns) AS owner, owns, endNode(owns) AS owned, min(steps) AS steps
MATCH path = (owner)-[owns]->(owned)
RETURN path
ORDER BY steps, owner.order, owned.order
LIMIT 300
