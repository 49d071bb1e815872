// 哪些名称写得与所查相像？ Which names are written much like a text?
// $letters: the letters of the text, each once
// $lacking: how many of them a name may lack
// $least: the fewest letters of a name
// $kinds: kinds of entities; all where empty
// $most: how many rows
// => kind, id, name, order, place, matched, length, line
MATCH (e:Entity)
WHERE size([letter IN $letters WHERE e.written CONTAINS letter]) >= size($letters) - $lacking
  AND (size($kinds) = 0 OR e.kind IN $kinds)
WITH e, split(e.written, ' ') AS lines
UNWIND range(0, size(lines) - 1) AS place
WITH e, place, lines[place] AS line
WHERE size(line) >= $least AND e.sorts[place] <> 2
WITH e, place, line, size([letter IN $letters WHERE NOT line CONTAINS letter]) AS lacking
WHERE lacking <= $lacking
WITH e, place, line, lacking, size(line) AS length, e.order AS order
ORDER BY lacking, length, order, place
LIMIT $most
RETURN e.kind AS kind, e.id AS id, e.name AS name, order, place, e.names[place] AS matched, length, line
