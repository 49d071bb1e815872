// 这些地区报告了哪些实绩？ Which figures are reported as reached in these regions?
// $regions: adcodes
// => id, name, name_en, region, chain, park, metric, value, unit, year, since, evidence
MATCH (a:Actual)-[of:ACTUAL_OF]->(r:Region)
WHERE r.id IN $regions
WITH a, r, collect([of.since, of.grade]) AS evidence
RETURN a.id AS id, a.name AS name, a.name_en AS name_en, r.id AS region, a.chain AS chain, a.park AS park,
  a.metric AS metric, a.value AS value, a.unit AS unit, a.year AS year, a.since AS since, evidence
ORDER BY id
