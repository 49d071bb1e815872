// 这些地方做某环节的企业里，哪几家最为人所知？ Which makers of a link seated in some regions are the best known?
// $wanted: questions, each a map: link, seats (adcodes), passed (ids of firms passed over)
// $day: ISO day; what became known later does not count, nor does a firm that is struck off by then
// $most: how many makers a question is answered with, at most
// => best
UNWIND range(0, size($wanted) - 1) AS number
WITH number, $wanted[number] AS question
CALL (question) {
  UNWIND question.seats AS seat
  MATCH (firm:Firm)-[makes:MAKES {link: question.link, seat: seat}]->(:Link)
  WHERE makes.since <= $day AND (firm.gone IS NULL OR firm.gone > $day) AND NOT firm.id IN question.passed
  WITH firm, min(makes.grade) AS cited
  WITH firm, CASE WHEN cited < firm.seat_grade THEN firm.seat_grade ELSE cited END AS grade
  ORDER BY grade, firm.id
  LIMIT $most
  RETURN collect([firm.seat, firm.id, firm.name, firm.name_en, grade]) AS best
}
WITH number, best
ORDER BY number
RETURN best
