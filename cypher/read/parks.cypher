// 这些地区有哪些园区？ Which parks are there in these regions?
// $regions: adcodes
// => id, name, name_en, region, lat, lon, wholes, figures, chains, links, discharges, evidence
MATCH (p:Park)-[:IN {cited: 0}]->(r:Region)
WHERE r.id IN $regions
RETURN p.id AS id, p.name AS name, p.name_en AS name_en, r.id AS region, p.lat AS lat, p.lon AS lon,
  COLLECT { MATCH (p)-[w:PART_OF]->(whole:Park) RETURN [whole.id, w.since, w.grade] } AS wholes,
  COLLECT {
    MATCH (p)<-[t:TELLS]-(:Source)
    WHERE t.value IS NOT NULL
    RETURN [t.predicate, t.value, t.since, t.grade]
  } AS figures,
  COLLECT {
    MATCH (p)-[t:TARGETS]->(c:Chain)
    WITH c.id AS chain, t.place AS place, collect([t.since, t.grade]) AS dates
    ORDER BY place
    RETURN [chain, dates]
  } AS chains,
  COLLECT {
    MATCH (p)-[t:TARGETS]->(l:Link)
    WITH l.id AS link, t.place AS place, collect([t.since, t.grade]) AS dates
    ORDER BY place
    RETURN [link, dates]
  } AS links,
  COLLECT {
    MATCH (p)<-[t:TELLS]-(:Source)
    WHERE t.predicate IN ['takes_discharge', 'refuses_discharge']
    WITH t.code AS code, t.predicate = 'takes_discharge' AS allowed, t.place AS place,
      collect([t.since, t.grade]) AS dates
    RETURN [code, allowed, dates]
  } AS discharges,
  COLLECT { MATCH (p)<-[t:TELLS {predicate: 'registered'}]-(:Source) RETURN [t.since, t.grade] } AS evidence
ORDER BY id
