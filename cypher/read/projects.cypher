// 这些地区有哪些项目？ Which projects are there in these regions?
// $regions: adcodes
// => id, name, name_en, firm, region, stages, makes, since, park, wholes, figures
MATCH (p:Project)-[:IN {cited: 0}]->(r:Region)
WHERE r.id IN $regions
RETURN p.id AS id, p.name AS name, p.name_en AS name_en,
  head(COLLECT { MATCH (p)-[:BY {cited: 0}]->(f:Firm) RETURN [f.id, f.name, f.name_en] }) AS firm,
  r.id AS region,
  COLLECT {
    MATCH (p)<-[t:TELLS {predicate: 'stage'}]-(:Source)
    WITH t.place AS place, t.text AS stage, t.date AS day, t.by AS by, min(t.grade) AS grade
    ORDER BY place
    RETURN [stage, day, by, grade]
  } AS stages,
  COLLECT {
    MATCH (p)-[m:MAKES]->(:Link)
    RETURN [m.place, m.link, m.capacity, m.basis, m.since, m.grade, m.note]
    ORDER BY m.place, m.cited
  } AS makes,
  p.since AS since,
  head(COLLECT { MATCH (p)-[:AT {cited: 0}]->(k:Park) RETURN k.id }) AS park,
  COLLECT { MATCH (p)-[w:PART_OF]->(whole:Project) RETURN [whole.id, w.since, w.grade] } AS wholes,
  COLLECT {
    MATCH (p)<-[t:TELLS]-(:Source)
    WHERE t.predicate IN ['investment_cny', 'area_mu']
    RETURN [t.predicate, t.value, t.since, t.grade]
  } AS figures
ORDER BY id
