// 哪些对象既与这一边、又与那一边的对象相连？ Which entities are tied to one on either side of a path?
// $fore: ids of the entities on the one side
// $back: ids of those on the other side
// $ends: ids of the ends of the path, through which it does not lead
// $inside: adcodes of the regions that it may lead through
// $day: the ISO day on which the ties count
// Ties are lists of the id on that side, type, whether the tie goes out of it, and whether it is of recycling.
// => id, kind, order, fore, back
MATCH (one:Entity)-[tie:LEADS|IN_CHAIN|FEEDS|BASED_IN|MAKES|SUPPLIES|OWNS|PART_OF|IN|BY|AT|TARGETS|HOSTED_BY|SERVES
       |APPLIES_TO|TARGET_OF|ACTUAL_OF]-(e:Entity)
WHERE one.id IN $fore AND tie.since <= $day AND NOT e.id IN $ends
  AND (e:Firm OR e:Link OR e:Project OR e:Park OR e:Platform OR e.id IN $inside)
WITH e, collect(DISTINCT [one.id, type(tie), startNode(tie) = one, coalesce(tie.recycled, false)]) AS fore
MATCH (other:Entity)-[tie:LEADS|IN_CHAIN|FEEDS|BASED_IN|MAKES|SUPPLIES|OWNS|PART_OF|IN|BY|AT|TARGETS|HOSTED_BY|SERVES
       |APPLIES_TO|TARGET_OF|ACTUAL_OF]-(e)
WHERE other.id IN $back AND tie.since <= $day
WITH e, fore, collect(DISTINCT [other.id, type(tie), startNode(tie) = other, coalesce(tie.recycled, false)]) AS back
// A path that came back the way it went would lead through one entity twice.
WHERE any(one IN fore WHERE any(other IN back WHERE one[0] <> other[0]))
RETURN e.id AS id, e.kind AS kind, e.order AS order, fore, back
