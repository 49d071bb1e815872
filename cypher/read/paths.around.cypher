// 从这些对象出发，路径下一步可到哪里？ Where may a path that has come to some entities go next?
// $ids: ids of the entities
// $ends: ids of the ends of the path, through which it does not lead
// $inside: adcodes of the regions that it may lead through
// $day: the ISO day on which the ties count
// => id, other, kind, order, ties, type, outward, recycled
MATCH (e:Entity)-[tie:LEADS|IN_CHAIN|FEEDS|BASED_IN|MAKES|SUPPLIES|OWNS|PART_OF|IN|BY|AT|TARGETS|HOSTED_BY|SERVES
       |APPLIES_TO|TARGET_OF|ACTUAL_OF]-(other:Entity)
WHERE e.id IN $ids AND tie.since <= $day AND NOT other.id IN $ends
  AND (other:Firm OR other:Link OR other:Project OR other:Park OR other:Platform OR other.id IN $inside)
WITH DISTINCT e, other, type(tie) AS type, startNode(tie) = e AS outward, coalesce(tie.recycled, false) AS recycled
RETURN e.id AS id, other.id AS other, other.kind AS kind, other.order AS order, COUNT { (other)--() } AS ties,
       type, outward, recycled
