// 各地负面清单上有谁、有什么？ Which firms and links stand on the negative lists of regions?
// => region, firm, link, place, reason, until, dates
MATCH (region:Region)-[bars:BARS]->(barred:Firm|Link)
RETURN
  region.id AS region,
  CASE WHEN barred:Firm THEN barred.id END AS firm,
  CASE WHEN barred:Link THEN barred.id END AS link,
  bars.place AS place,
  bars.reason AS reason,
  bars.until AS until,
  collect([bars.as_of, bars.grade]) AS dates
