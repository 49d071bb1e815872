// 一个园区（含其分园）有哪些项目，各到什么阶段？ Which projects does a park with its parts hold, and how far is each?
// $park: 园区的名称、别名或编号 | name, alias or id of the park
// $day: 截至哪一天 | as of which day
// :param park => '肇庆高新区'
// :param day => '2026-11-22'
// ≤ 表示不晚于；一个阶段有几种日期的，取等级较好、其次较早的 | ≤: no later than; of several datings of a stage the better grade, then the earlier
// => 项目, 企业, 环节, 园区, 阶段
MATCH (park:Entity&Park)
WHERE park.keys CONTAINS ' ' + toLower(replace($park, ' ', '')) + ' '
MATCH (project:Project)-[at:AT]->(site:Park)-[:PART_OF*0..3]->(park)
WHERE at.since <= $day
WITH DISTINCT project, site
OPTIONAL MATCH (:Source)-[told:TELLS {predicate: 'stage'}]->(project)
WHERE told.since <= $day
WITH project, site, told
ORDER BY told.grade, told.date
WITH project, site, told.text AS stage, head(collect(told)) AS told
WITH project, site, told, {
  signed: [0, '签约'], landed: [1, '履约'], started: [2, '动工'], completed: [3, '竣工'], in_production: [4, '投产'],
  ended: [5, '终止']
}[stage] AS stage
ORDER BY stage[0]
WITH project, site, max(stage[0]) AS far,
     collect(stage[1] + ' ' + CASE WHEN told.by THEN '≤' ELSE '' END + told.date) AS stages
RETURN
  project.name AS 项目,
  COLLECT {
    MATCH (project)-[by:BY]->(firm:Firm)
    WHERE by.since <= $day
    RETURN DISTINCT firm.name AS name ORDER BY name
  } AS 企业,
  COLLECT {
    MATCH (project)-[makes:MAKES]->(link:Link)
    WHERE makes.since <= $day
    RETURN DISTINCT link.name AS name ORDER BY name
  } AS 环节,
  site.name AS 园区,
  CASE WHEN size(stages) = 0 THEN ['待核实'] ELSE stages END AS 阶段
ORDER BY coalesce(far, -1) DESC, project.order
LIMIT 200
