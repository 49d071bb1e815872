// 哪些企业做这些环节？ Which firms make each of the links?
// $links: ids of the links
// $day: ISO day; what became known later does not count
// => link, firms
UNWIND $links AS link
MATCH (:Entity {id: link})<-[makes:MAKES]-(firm:Firm)
WHERE makes.since <= $day
RETURN link, collect(DISTINCT firm.id) AS firms
