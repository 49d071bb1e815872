// 两个对象之间有哪些直接关系？ By what are two entities tied to each other?
// $start: id of the one
// $end: id of the other
// $day: the ISO day on which the ties count
// => type, outward, recycled
MATCH (a:Entity {id: $start})-[tie:LEADS|IN_CHAIN|FEEDS|BASED_IN|MAKES|SUPPLIES|OWNS|PART_OF|IN|BY|AT|TARGETS
       |HOSTED_BY|SERVES|APPLIES_TO|TARGET_OF|ACTUAL_OF]-(:Entity {id: $end})
WHERE tie.since <= $day
RETURN DISTINCT type(tie) AS type, startNode(tie) = a AS outward, coalesce(tie.recycled, false) AS recycled
