// 多少对象按名称、拼音、首字母或编号与所查相符？ How many entities answer a text?
// $text: the text folded; null where only its sound is looked for
// $begin: the first letters of $text, for the index
// $sound: the letters that are looked for in pinyin, from where a syllable begins; null where none are
// $sound_begin: the first letters of $sound, for the index
// $initials: the letters that are looked for in initials; null where none are
// $key: the text as an exact name, between spaces; null where none is looked for
// $kinds: kinds of entities; all where empty
// => total
MATCH (e:Entity)
WHERE (e.written CONTAINS $begin OR e.spelt CONTAINS $sound_begin OR e.initials CONTAINS $initials
    OR e.keys CONTAINS $key)
  AND (size($kinds) = 0 OR e.kind IN $kinds)
  AND CASE
    WHEN e.keys CONTAINS $key OR e.initials CONTAINS $initials THEN true
    // An id answers as a whole only; no pack's entity is without one.
    WHEN e.written CONTAINS $text AND (NOT e.of_packs OR any(place IN range(0, size(e.sorts) - 1)
         WHERE split(e.written, ' ')[place] CONTAINS CASE e.sorts[place] WHEN 2 THEN null ELSE $text END
           OR split(e.written, ' ')[place] = $text)) THEN true
    WHEN e.spelt CONTAINS $sound THEN any(at IN range(0, size(e.spelt) - size($sound))
         WHERE substring(e.begins, at, 1) = '1' AND substring(e.spelt, at, size($sound)) = $sound)
  END
RETURN count(e) AS total
