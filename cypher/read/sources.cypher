// 有哪些来源？ Which sources are there?
// => id, title, publisher, date, kind, grade, url, note
MATCH (s:Source)
RETURN s.id AS id, s.title AS title, s.publisher AS publisher, s.date AS date, s.kind AS kind, s.grade AS grade,
  s.url AS url, s.note AS note
