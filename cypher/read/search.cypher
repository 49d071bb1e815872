// 哪些对象按名称、拼音、首字母或编号与所查相符，最好的几个是哪些？ Which entities answer a text, and which answer it best?
// $text: the text folded; null where only its sound is looked for
// $begin: the first letters of $text, for the index
// $sound: the letters that are looked for in pinyin, from where a syllable begins; null where none are
// $sound_begin: the first letters of $sound, for the index
// $initials: the letters that are looked for in initials; null where none are
// $key: the text as an exact name, between spaces; null where none is looked for
// $heard_product: the way of a product that is heard, not read
// $kinds: kinds of entities; all where empty
// $top: how many rows
// A way is 16 times its place among the ways to answer, and what is wrong with it. A rank holds the way, the length of
// the name and its place among the names of the entity: the lower, the better.
// => kind, id, name, matched, way
MATCH (e:Entity)
WHERE (e.written CONTAINS $begin OR e.spelt CONTAINS $sound_begin OR e.initials CONTAINS $initials
    OR e.keys CONTAINS $key)
  AND (size($kinds) = 0 OR e.kind IN $kinds)
WITH e, split(e.written, ' ') AS lines, e.sorts AS sorts,
     CASE WHEN $sound IS NOT NULL THEN split(e.spelt, ' ') END AS sounds,
     CASE WHEN $sound IS NOT NULL THEN split(e.begins, ' ') END AS begins,
     CASE WHEN $initials IS NOT NULL THEN split(e.initials, ' ') END AS initials
UNWIND range(0, size(lines) - 1) AS place
WITH e, lines[0] AS first, place, lines[place] AS line, sounds[place] AS sound, begins[place] AS begins,
     initials[place] AS letters, sorts[place] AS sort
WITH e, first, min((CASE
  WHEN line CONTAINS $text AND (sort <> 2 OR line = $text) THEN
    CASE WHEN sort = 1 THEN 80 WHEN line = $text THEN 0 WHEN line STARTS WITH $text THEN 16 ELSE 64 END
  WHEN letters STARTS WITH $initials THEN CASE sort WHEN 1 THEN 80 ELSE 32 END
  WHEN letters CONTAINS $initials AND sort <> 1 THEN 33
  WHEN sound STARTS WITH $sound THEN CASE sort WHEN 1 THEN $heard_product ELSE 48 END
  WHEN letters CONTAINS $initials THEN 81
  WHEN sound CONTAINS $sound AND any(at IN range(1, coalesce(size(sound) - size($sound), 0))
       WHERE substring(begins, at, 1) = '1' AND substring(sound, at, size($sound)) = $sound)
    THEN CASE sort WHEN 1 THEN $heard_product ELSE 48 END + 1
END * 1048576 + size(line)) * 1048576 + place) AS best
WITH e, coalesce(best, CASE WHEN e.keys CONTAINS $key THEN size(first) * 1048576 END) AS rank
WHERE rank IS NOT NULL
WITH e, rank
ORDER BY rank / 1048576, e.order
LIMIT $top
RETURN e.kind AS kind, e.id AS id, e.name AS name, e.names[rank % 1048576] AS matched, rank / 1099511627776 AS way
