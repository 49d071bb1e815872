// 各地注册的企业，做每个环节的有多少家、最弱的证据几级？ How many firms seated in each region make each link, and how well is that known?
// $links: ids of the links
// $day: ISO day; what became known later does not count
// => link, regions, makers, weakest, top_match, top_cited
UNWIND $links AS link
MATCH (:Entity {id: link})<-[seats:SEATS]-(:Region)
// How many of the changes in number had happened by the day; only a question of the past looks for it.
WITH link, seats, CASE WHEN seats.last <= $day THEN null ELSE size([day IN seats.days WHERE day <= $day]) END AS past
RETURN
  link,
  collect(seats.region) AS regions,
  collect(CASE WHEN past IS NULL THEN seats.makers WHEN past = 0 THEN 0 ELSE seats.counts[past - 1] END) AS makers,
  collect(CASE WHEN past IS NULL THEN seats.grade WHEN past = 0 THEN -1 ELSE seats.weakest[past - 1] END) AS weakest,
  collect(coalesce(seats.top_match, 0)) AS top_match,
  // Before the first change nobody is known.
  collect(CASE WHEN past = 0 THEN 0 ELSE coalesce(seats.top_cited, 0) END) AS top_cited
