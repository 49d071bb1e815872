// 每个词都有对象可能与之相符吗？ Is there for every word an entity that may answer it?
// $words: maps of begin, sound_begin, initials and key as search has them
// => known
RETURN all(word IN $words WHERE EXISTS {
  MATCH (e:Entity)
  WHERE e.written CONTAINS word.begin OR e.spelt CONTAINS word.sound_begin OR e.initials CONTAINS word.initials
    OR e.keys CONTAINS word.key
}) AS known
