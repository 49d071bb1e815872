// 做这些环节要排放什么？ What does making these links let out?
// $links: ids of the links
// => link, discharges
UNWIND $links AS link
MATCH (l:Entity {id: link})
RETURN link,
  COLLECT {
    MATCH (l)<-[t:TELLS {predicate: 'discharges'}]-(:Source)
    WITH t.place AS place, t.code AS code, min(t.grade) AS grade
    ORDER BY place
    RETURN [code, grade]
  } AS discharges
