// 哪些对象与每个词都相符，自身或所关联的对象相符均可？ Which entities answer every word, themselves or by a neighbour?
// $words: maps of text, begin, sound, sound_begin, initials and key as search has them
// $kinds: kinds of entities; all where empty
// $day: the ISO day on which the ties count
// $top: how many hits
// Of a region that answers all that lies in it counts as answering. Ways and ranks are those of search; of what only a
// neighbour answers the way is that of being related. Hits are lists of kind, id, name, matched name and way.
// => total, hits
UNWIND range(0, size($words) - 1) AS number
CALL (number) {
  WITH $words[number] AS word
  MATCH (e:Entity)
  WHERE e.written CONTAINS word.begin OR e.spelt CONTAINS word.sound_begin OR e.initials CONTAINS word.initials
    OR e.keys CONTAINS word.key
  WITH word, e, split(e.written, ' ') AS lines, e.sorts AS sorts,
       CASE WHEN word.sound IS NOT NULL THEN split(e.spelt, ' ') END AS sounds,
       CASE WHEN word.sound IS NOT NULL THEN split(e.begins, ' ') END AS begins,
       CASE WHEN word.initials IS NOT NULL THEN split(e.initials, ' ') END AS initials
  UNWIND range(0, size(lines) - 1) AS place
  WITH word, e, lines[0] AS first, place, lines[place] AS line, sounds[place] AS sound, begins[place] AS begins,
       initials[place] AS letters, sorts[place] AS sort
  WITH word, e, first, min((CASE
    WHEN line CONTAINS word.text AND (sort <> 2 OR line = word.text) THEN
      CASE WHEN sort = 1 THEN 80 WHEN line = word.text THEN 0 WHEN line STARTS WITH word.text THEN 16 ELSE 64 END
    WHEN letters STARTS WITH word.initials THEN CASE sort WHEN 1 THEN 80 ELSE 32 END
    WHEN letters CONTAINS word.initials AND sort <> 1 THEN 33
    WHEN sound STARTS WITH word.sound THEN CASE sort WHEN 1 THEN 80 ELSE 48 END
    WHEN letters CONTAINS word.initials THEN 81
    WHEN sound CONTAINS word.sound AND any(at IN range(1, coalesce(size(sound) - size(word.sound), 0))
         WHERE substring(begins, at, 1) = '1' AND substring(sound, at, size(word.sound)) = word.sound)
      THEN CASE sort WHEN 1 THEN 81 ELSE 49 END
  END * 1048576 + size(line)) * 1048576 + place) AS best
  WITH e, coalesce(best, CASE WHEN e.keys CONTAINS word.key THEN size(first) * 1048576 END) AS rank
  WHERE rank IS NOT NULL
  WITH e, [rank / 1048576, e.order, rank % 1048576, e.names[rank % 1048576]] AS answer
  CALL (e) {
    RETURN e AS c, true AS own
    UNION ALL
    MATCH (e)-[tie:LEADS|IN_CHAIN|FEEDS|BASED_IN|MAKES|SUPPLIES|OWNS|PART_OF|IN|BY|AT|TARGETS|HOSTED_BY|SERVES
           |APPLIES_TO|TARGET_OF|ACTUAL_OF]-(c:Firm|Link|Project|Park|Platform)
    WHERE tie.since <= $day
    RETURN c, false AS own
    UNION ALL
    MATCH (e:Region)<-[:PART_OF*]-(:Region)<-[tie:BASED_IN|IN]-(c:Firm|Project|Park|Platform)
    WHERE tie.since <= $day
    RETURN c, false AS own
  }
  WITH c, own, answer
  WHERE size($kinds) = 0 OR c.kind IN $kinds
  WITH c, min(CASE WHEN own THEN answer END) AS own, min(CASE WHEN NOT own THEN answer END) AS tied
  RETURN c, coalesce(own, [tied[0] % 16777216 + 100663296] + tied[1..]) AS answer
}
WITH c, count(*) AS answered, min(answer) AS best
WHERE answered = size($words)
WITH c, best
ORDER BY best[0], best[1], best[2], c.order
WITH collect([best, c]) AS found
RETURN size(found) AS total,
       [hit IN found[..$top] | [hit[1].kind, hit[1].id, hit[1].name, hit[0][3], hit[0][0] / 1048576]] AS hits
