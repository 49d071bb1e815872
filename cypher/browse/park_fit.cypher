// 哪些园区主攻某个环节或它所在的产业链，环节的排放园区收不收？ Which parks target a link or a chain of it, and do they take what the link lets out?
// $link: 环节的名称、别名或编号 | name, alias or id of the link
// $day: 截至哪一天 | as of which day
// :param link => '电解液'
// :param day => '2026-11-22'
// 空格是未知，不是没有 | an empty cell is unknown, not none
// => 园区, 地区, 主攻, 环节排放, 可排, 不可排, 待核实, 熟地亩
MATCH (link:Entity&Link)
WHERE link.keys CONTAINS ' ' + toLower(replace($link, ' ', '')) + ' '
WITH link, COLLECT {
  MATCH (:Source)-[told:TELLS {predicate: 'discharges'}]->(link)
  WHERE told.since <= $day
  RETURN DISTINCT told.text AS text ORDER BY text
} AS lets_out
MATCH (park:Park)-[targets:TARGETS]->(aim)
WHERE targets.since <= $day AND (aim = link OR EXISTS { (link)-[:IN_CHAIN]->(aim) })
WITH DISTINCT link, lets_out, park, aim
ORDER BY aim = link DESC, aim.order
WITH lets_out, park, collect(aim.name) AS aims, max(aim = link) AS named
WITH lets_out, park, aims, named, COLLECT {
  MATCH (:Source)-[told:TELLS {predicate: 'takes_discharge'}]->(park)
  WHERE told.since <= $day
  RETURN DISTINCT told.text AS text ORDER BY text
} AS takes, COLLECT {
  MATCH (:Source)-[told:TELLS {predicate: 'refuses_discharge'}]->(park)
  WHERE told.since <= $day
  RETURN DISTINCT told.text AS text ORDER BY text
} AS refuses, COLLECT {
  MATCH (:Source)-[told:TELLS {predicate: 'ready_land_mu'}]->(park)
  WHERE told.since <= $day
  RETURN told.value ORDER BY told.grade, told.since DESC LIMIT 1
} AS land, COLLECT {
  MATCH (park)-[in:IN]->(region:Region)
  WHERE in.since <= $day
  RETURN DISTINCT region.name
} AS regions
RETURN park.name AS 园区, regions AS 地区, aims AS 主攻, lets_out AS 环节排放, takes AS 可排, refuses AS 不可排,
  [what IN lets_out WHERE NOT what IN takes AND NOT what IN refuses] AS 待核实, head(land) AS 熟地亩
ORDER BY named DESC, size(待核实), park.order
LIMIT 50
