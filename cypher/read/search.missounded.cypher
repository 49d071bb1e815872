// 哪些名称读起来与所查的拼音相像？ Which names sound much like some pinyin?
// $sound: the letters looked for
// $pieces: maps of letters of $sound of which some must begin a syllable, of the place where they stand in it, and
// whether one place where they stand may overlap another
// $pairs: the pairs of neighbouring letters of $sound
// $needed: how many of the pairs must stand near their places, besides one for each letter that does not
// $margin: as many spaces as $sound and $typos have letters together
// $typos: how many letters may be wrong, and how far from its place a right one may stand
// $kinds: kinds of entities; all where empty
// $most: how many rows
// => kind, id, name, order, place, matched, length, line
MATCH (e:Entity)
WHERE size([pair IN $pairs WHERE e.spelt CONTAINS pair]) >= CASE WHEN $needed > $typos THEN $needed ELSE $typos END
  AND (size($kinds) = 0 OR e.kind IN $kinds)
WITH e, split(e.spelt, ' ') AS lines, split(e.begins, ' ') AS begins, e.sorts AS sorts
UNWIND range(0, size(lines) - 1) AS place
WITH e, place, lines[place] AS line, begins[place] AS begins, sorts[place] AS sort
WHERE sort <> 2 AND size(line) >= size($sound) - $typos
  AND size([pair IN $pairs WHERE line CONTAINS pair]) >= CASE WHEN $needed > $typos THEN $needed ELSE $typos END
UNWIND [piece IN $pieces WHERE line CONTAINS piece.letters] AS piece
WITH e, place, line, begins, piece, split(line, piece.letters) AS parts
UNWIND CASE WHEN piece.overlapping
  THEN [at IN range(0, size(line) - 1) WHERE substring(line, at, size(piece.letters)) = piece.letters]
  ELSE [number IN range(1, size(parts) - 1) |
        reduce(at = (number - 1) * size(piece.letters), part IN parts[..number] | at + size(part))] END AS at
WITH e, place, line, begins, piece, at
WHERE substring(begins, at, 1) = '1'
WITH e, place, line, at - piece.place AS start
WITH DISTINCT e, place, line, start
// The query may begin before the name.
WITH e, place, line, $margin + line AS text, size($margin) + start - $typos AS first
WITH e, place, line, text, first, size([letter IN range(0, size($sound) - 1)
     WHERE NOT substring(text, first + letter, 2 * $typos + 1) CONTAINS substring($sound, letter, 1)]) AS lost
WHERE lost <= $typos
  AND size([letter IN range(0, size($pairs) - 1)
      WHERE substring(text, first + letter, 2 * $typos + 2) CONTAINS $pairs[letter]])
      >= CASE WHEN $needed + lost > $typos THEN $needed + lost ELSE $typos END
WITH e, place, line, min(lost) AS lost
WITH e, place, line, lost, size(line) AS sounds, e.order AS order
ORDER BY lost, sounds, order, place
LIMIT $most
RETURN e.kind AS kind, e.id AS id, e.name AS name, order, place, e.names[place] AS matched,
       size(split(e.written, ' ')[place]) AS length, line
