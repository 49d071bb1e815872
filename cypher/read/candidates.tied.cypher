// 与本地企业有供货或持股关系的企业，谁做这些环节？ Which firms with a supply or a share between them and a firm here make the links?
// $regions: adcodes of the region and what lies in it
// $builders: ids of the firms that have a project on the ground there
// $links: ids of the links
// $day: ISO day; what became known later does not count
// => link, firms
CALL () {
  UNWIND $regions AS code
  MATCH (:Entity {id: code})<-[:BASED_IN]-(here:Firm)
  RETURN here
  UNION
  UNWIND $builders AS key
  MATCH (here:Entity {id: key})
  RETURN here
}
MATCH (here)-[tie:SUPPLIES|OWNS]-(other:Firm)
WHERE tie.since <= $day
WITH DISTINCT other
MATCH (other)-[makes:MAKES]->(:Link)
WHERE makes.link IN $links AND makes.since <= $day
RETURN makes.link AS link, collect(DISTINCT other.id) AS firms
