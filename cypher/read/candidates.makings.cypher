// 这些地方注册的、数据包不认识的企业，谁做某环节、匹配得多好？ Of the firms seated in some regions that no pack knows, which make a link, and how well are they matched?
// $cells: questions, each a map: link, seat (adcode), confidence (from 0 to 1) that a citation of no known share reaches
// $day: ISO day; what became known later does not count
// => link, firms, seats, matches
UNWIND $cells AS cell
MATCH (firm)-[makes:MAKES {link: cell.link, seat: cell.seat}]->()
WHERE
  (coalesce(makes.confidence, 0.0) >= cell.confidence OR makes.revenue_share IS NOT NULL) AND
  makes.since <= $day
// Firms are looked at last: of a region with thousands few are matched so well.
WITH cell.link AS link, firm, makes
WHERE NOT firm.of_packs
RETURN
  link,
  collect(firm.id) AS firms,
  collect(makes.seat) AS seats,
  collect([makes.revenue_share, makes.confidence]) AS matches
