// 关于一个对象的每个说法，出处是什么？ Where does each fact about an entity come from?
// $name: 企业、环节、项目、园区等的名称、别名或编号 | name, alias or id of a firm, link, project, park …
// $day: 截至哪一天 | as of which day
// :param name => '瑞庆时代'
// :param day => '2026-11-22'
// => 说法, 从, 到, 内容, 单位, 日期, 等级, 截至, 来源, 出处, 网址
MATCH (entity:Entity)
WHERE entity.keys CONTAINS ' ' + toLower(replace($name, ' ', '')) + ' '
CALL (entity) {
  MATCH (entity)-[fact]-(:Entity)
  WHERE fact.source IS NOT NULL
  RETURN fact, type(fact) AS told, startNode(fact).name AS here, endNode(fact).name AS there
  UNION
  MATCH (:Source)-[fact:TELLS]->(entity)
  RETURN fact, fact.predicate AS told, entity.name AS here, null AS there
}
WITH fact, told, here, there
WHERE fact.since <= $day
MATCH (source:Source {id: fact.source})
RETURN
  told AS 说法, here AS 从, there AS 到,
  coalesce({signed: '签约', landed: '履约', started: '动工', completed: '竣工', in_production: '投产', ended: '终止'}[fact.text],
    fact.text, fact.said, fact.value, fact.share, fact.capacity) AS 内容, fact.unit AS 单位, fact.date AS 日期,
  fact.grade AS 等级, fact.as_of AS 截至, source.title AS 来源, fact.locator AS 出处, source.url AS 网址
ORDER BY told, here, there, fact.place, fact.cited
LIMIT 200
