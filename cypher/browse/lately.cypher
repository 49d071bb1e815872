// 最近半年新知道了什么？ What became known in the last half year?
// $day: 截至哪一天；半年从这天往回数 | as of which day; the half year ends on it
// :param day => '2026-03-01'
// 不列编者判断（日期是写下那天）、导入、名称和代码 | without judgements (their day is that of writing), imports, names and codes
// => 得知, 说法, 从, 到, 内容, 单位, 日期, 等级, 来源, 出处
WITH toString(date($day) - duration({months: 6})) AS before
CALL (before) {
  MATCH (here:Entity {of_packs: true})-[fact]->(there:Entity)
  WHERE fact.since > before AND fact.since <= $day AND NOT EXISTS {
    MATCH (here)-[earlier]->(there)
    WHERE type(earlier) = type(fact) AND earlier.place = fact.place AND earlier.since <= before
  }
  RETURN fact, type(fact) AS told, here.name AS here, there.name AS there
  UNION
  MATCH (:Source)-[fact:TELLS]->(here:Entity {of_packs: true})
  WHERE fact.since > before AND fact.since <= $day AND NOT fact.predicate IN ['registered', 'listing_code'] AND NOT EXISTS {
    MATCH (:Source)-[earlier:TELLS]->(here)
    WHERE earlier.predicate = fact.predicate AND earlier.place = fact.place AND earlier.since <= before
  }
  RETURN fact, fact.predicate AS told, here.name AS here, null AS there
}
MATCH (source:Source {id: fact.source})
WHERE source.kind <> 'curator' AND source.imported IS NULL
RETURN fact.since AS 得知, told AS 说法, here AS 从, there AS 到,
  coalesce({signed: '签约', landed: '履约', started: '动工', completed: '竣工', in_production: '投产', ended: '终止'}[fact.text],
    fact.text, fact.said, fact.value, fact.share, fact.capacity) AS 内容, fact.unit AS 单位, fact.date AS 日期,
  fact.grade AS 等级, source.title AS 来源, fact.locator AS 出处
ORDER BY 得知 DESC, told, here, there
LIMIT 200
