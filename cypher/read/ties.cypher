// 这些企业向谁供货、由谁供货、持谁的股、由谁持股？ Whom do the firms supply, and who supplies them; what do they own, and who owns them?
// $firms: ids of firms
// $to: ids of the firms at the other end that count; all where null
// $day: ISO day; what became known later does not count
// => number, other, order, predicate, grade
UNWIND range(0, size($firms) - 1) AS number
MATCH (firm:Entity {id: $firms[number]})-[tie:SUPPLIES|OWNS]-(other:Firm)
WHERE tie.since <= $day AND ($to IS NULL OR other.id IN $to)
WITH
  number, other,
  CASE type(tie) + CASE WHEN startNode(tie) = firm THEN ' from' ELSE ' to' END
    WHEN 'SUPPLIES from' THEN 'supplies'
    WHEN 'SUPPLIES to' THEN 'supplied_by'
    WHEN 'OWNS from' THEN 'owns'
    ELSE 'owned_by'
  END AS predicate,
  min(tie.grade) AS grade
RETURN number, other.id AS other, other.order AS order, predicate, grade
