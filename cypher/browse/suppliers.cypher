// 谁给一家企业供货，谁又给这些供货商供货？ Who supplies a firm, and who supplies these suppliers?
// $firm: 企业的名称、别名、证券代码或编号 | the firm: a name, alias, listing code or id
// $day: 截至哪一天 | as of which day
// :param firm => '小鹏汽车'
// :param day => '2026-11-22'
// => path
MATCH (firm:Entity&Firm)
WHERE firm.keys CONTAINS ' ' + toLower(replace($firm, ' ', '')) + ' '
MATCH (buyer:Firm)-[bought:SUPPLIES*0..1]->(firm)
WHERE all(step IN bought WHERE step.since <= $day)
WITH DISTINCT firm, buyer
MATCH path = (:Firm)-[supplies:SUPPLIES]->(buyer)
WHERE supplies.since <= $day
RETURN path
ORDER BY buyer = firm DESC, supplies.grade, startNode(supplies).order
LIMIT 300
