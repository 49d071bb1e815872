// 这些地方注册的、数据包不认识的企业，谁做某环节、营收占比够高？ Of the firms seated in some regions that no pack knows, which earn so large a share of their revenue with a link?
// $cells: questions, each a map: link, seat (adcode), share (from 0 to 1) that a citation reaches
// $day: ISO day; what became known later does not count
// => link, firms, seats, matches
UNWIND $cells AS cell
MATCH (firm)-[makes:MAKES {link: cell.link, seat: cell.seat}]->()
WHERE makes.revenue_share >= cell.share AND makes.since <= $day
// Firms are looked at last: of a region with thousands few earn so much.
WITH cell.link AS link, firm, makes
WHERE NOT firm.of_packs
RETURN
  link,
  collect(firm.id) AS firms,
  collect(makes.seat) AS seats,
  collect([makes.revenue_share, makes.confidence]) AS matches
