// 哪些项目在做这些环节？ Which projects make these links?
// $links: ids of the links
// => id, name, name_en, firm, region, stages, makes
MATCH (p:Project)
WHERE EXISTS { (p)-[m:MAKES]->(:Link) WHERE m.link IN $links }
RETURN p.id AS id, p.name AS name, p.name_en AS name_en,
  head(COLLECT { MATCH (p)-[:BY {cited: 0}]->(f:Firm) RETURN [f.id, f.name, f.name_en] }) AS firm,
  head(COLLECT { MATCH (p)-[:IN {cited: 0}]->(r:Region) RETURN r.id }) AS region,
  COLLECT {
    MATCH (p)<-[t:TELLS {predicate: 'stage'}]-(:Source)
    WITH t.place AS place, t.text AS stage, t.date AS day, t.by AS by, min(t.grade) AS grade
    ORDER BY place
    RETURN [stage, day, by, grade]
  } AS stages,
  COLLECT {
    MATCH (p)-[m:MAKES]->(:Link)
    WHERE m.link IN $links
    RETURN [m.place, m.link, m.capacity, m.basis, m.since, m.grade, m.note]
    ORDER BY m.place, m.cited
  } AS makes
ORDER BY id
