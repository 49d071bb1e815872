// 一个来源说了什么？ What does a source tell?
// $source: 来源的标题或编号 | title or id of the source
// :param source => '广东首批！肇庆3个入选'
// => path
MATCH (source:Source)
WHERE source.id = $source OR source.title = $source
CALL (source) {
  MATCH path = (source)-[:TELLS]->(:Entity)
  RETURN path
  UNION
  MATCH path = (:Entity {of_packs: true})-[{source: source.id}]->(:Entity)
  RETURN path
}
RETURN path
LIMIT 300
