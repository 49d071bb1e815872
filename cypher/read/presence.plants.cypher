// 有项目的企业，注册在哪里、做哪些环节？ Where are the firms that have projects seated, and which of the links do they make?
// $links: ids of the links
// $day: ISO day; what became known later does not count, nor does a firm that is struck off by then
// => link, firm, seat
MATCH (:Project)-[:BY]->(firm:Firm)
WITH DISTINCT firm
WHERE firm.gone IS NULL OR firm.gone > $day
MATCH (firm)-[makes:MAKES]->(:Link)
WHERE makes.link IN $links AND makes.since <= $day
RETURN DISTINCT makes.link AS link, firm.id AS firm, firm.seat AS seat
