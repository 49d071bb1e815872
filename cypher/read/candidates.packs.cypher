// 数据包认识的企业，谁做这些环节？ Which firms that packs know make the links?
// $links: ids of the links
// $day: ISO day; what became known later does not count
// => link, firms
MATCH (:Source)-[told:TELLS]->(firm:Firm)
// Sources tell of firms of packs alone how they are registered: from there the way is shorter than over all firms.
WHERE told.predicate = 'registered'
WITH DISTINCT firm
MATCH (firm)-[makes:MAKES]->(:Link)
WHERE makes.link IN $links AND makes.since <= $day
RETURN makes.link AS link, collect(DISTINCT firm.id) AS firms
