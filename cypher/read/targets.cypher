// 这些地区有哪些目标？ Which targets are set for these regions?
// $regions: adcodes
// => id, name, name_en, region, chain, park, metric, link, at_least, unit, year, evidence
MATCH (t:Target)-[of:TARGET_OF]->(r:Region)
WHERE r.id IN $regions
WITH t, r, collect([of.since, of.grade]) AS evidence
RETURN t.id AS id, t.name AS name, t.name_en AS name_en, r.id AS region, t.chain AS chain, t.park AS park,
  t.metric AS metric, t.link AS link, t.at_least AS at_least, t.unit AS unit, t.year AS year, evidence
ORDER BY id
