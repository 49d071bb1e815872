// 这些企业是谁、在哪里，凭什么说它们做这些环节，有什么动向？ Who are these firms, where are they, what tells that they make the links, and what speaks for or against them?
// $firms: ids of firms
// $links: ids of the links
// $day: ISO day; what became known later does not count
// => id, name, name_en, full_name, seat, seat_grade, gone, gone_on, gone_grade, cited, told
UNWIND $firms AS key
MATCH (firm:Entity {id: key})
RETURN
  firm.id AS id,
  firm.name AS name,
  firm.name_en AS name_en,
  firm.full_name AS full_name,
  firm.seat AS seat,
  firm.seat_grade AS seat_grade,
  firm.imported_gone AS gone,
  firm.imported_gone_on AS gone_on,
  firm.imported_gone_grade AS gone_grade,
  [(firm)-[makes:MAKES]->(:Link) WHERE makes.link IN $links AND makes.since <= $day |
    [
      makes.link, coalesce(makes.imported, false), makes.place, makes.cited,
      makes.grade, makes.as_of, makes.source, makes.revenue_share, makes.confidence, makes.said
    ]] AS cited,
  [(firm)<-[says:TELLS]-(:Source) WHERE says.predicate IN ['signal', 'dissolved'] |
    [says.predicate, says.place, says.date, says.text, says.text_en, says.as_of, says.grade]] AS told
