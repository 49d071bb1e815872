// 哪些说法互相矛盾，各出自哪里？ Which facts contradict each other, and who tells each?
// $day: 截至哪一天 | as of which day
// :param day => '2026-11-22'
// 两种说法都留在图里；chaingraph show 说明采用哪一个 | both stay in the graph; chaingraph show tells which is used
// => 对象, 说法, 一说, 来源一, 另一说, 来源二
CALL () {
  // A dating 'no later than' agrees with every earlier one.
  MATCH (:Source)-[one:TELLS {predicate: 'stage'}]->(entity:Project)<-[other:TELLS {predicate: 'stage'}]-(:Source)
  WHERE one.text = other.text AND one.date < other.date AND other.by IS NULL
  RETURN entity.name AS entity, one, other, '阶段 ' + {
      signed: '签约', landed: '履约', started: '动工', completed: '竣工', in_production: '投产', ended: '终止'
    }[one.text] AS told,
    CASE WHEN one.by THEN '≤' ELSE '' END + one.date AS said, other.date AS answered
  UNION
  MATCH (:Source)-[one:TELLS]->(entity:Entity {of_packs: true})<-[other:TELLS]-(:Source)
  WHERE one.predicate = other.predicate AND one.place < other.place
    AND NOT one.predicate IN ['stage', 'signal', 'rule', 'discharges', 'takes_discharge', 'refuses_discharge']
    AND (one.value <> other.value OR one.text <> other.text)
  RETURN entity.name AS entity, one, other, one.predicate AS told,
    coalesce(one.text, toString(one.value)) AS said, coalesce(other.text, toString(other.value)) AS answered
  UNION
  MATCH (project:Project)-[one:MAKES]->(link:Link)<-[other:MAKES]-(project)
  WHERE one.place < other.place AND one.capacity <> other.capacity AND one.unit = other.unit
  WITH project, link, one, other, {planned: '（规划值）', target: '（目标值）'} AS bases
  RETURN project.name AS entity, one, other, '产能 ' + link.name AS told,
    toString(one.capacity) + ' ' + one.unit + coalesce(bases[one.basis], '') AS said,
    toString(other.capacity) + ' ' + other.unit + coalesce(bases[other.basis], '') AS answered
  UNION
  MATCH (owner:Firm)-[one:OWNS]->(firm:Firm)<-[other:OWNS]-(owner)
  WHERE one.place < other.place AND one.share <> other.share
  RETURN firm.name AS entity, one, other, '持股 ' + owner.name AS told,
    toString(one.share) AS said, toString(other.share) AS answered
  UNION
  MATCH (here:Region)<-[one:BASED_IN]-(firm:Firm {of_packs: true})-[other:BASED_IN]->(there:Region)
  WHERE one.place < other.place
    AND NOT EXISTS { (here)-[:PART_OF*0..4]->(there) } AND NOT EXISTS { (there)-[:PART_OF*0..4]->(here) }
  RETURN firm.name AS entity, one, other, '注册地' AS told, here.name AS said, there.name AS answered
}
WITH entity, one, other, told, said, answered
WHERE one.since <= $day AND other.since <= $day
MATCH (first:Source {id: one.source}), (second:Source {id: other.source})
RETURN entity AS 对象, told AS 说法,
  said AS 一说, collect(DISTINCT one.grade + ' ' + first.title) AS 来源一,
  answered AS 另一说, collect(DISTINCT other.grade + ' ' + second.title) AS 来源二
ORDER BY entity, told, said, answered
LIMIT 200
