// 一条链有哪些环节，谁供给谁，链主是谁？ Which links does a chain have, what feeds what, and who leads it?
// $chain: id of the chain
// => name, name_en, links, figures, feeds, leaders
MATCH (c:Chain {id: $chain})
RETURN c.name AS name, c.name_en AS name_en,
  COLLECT {
    MATCH (c)<-[m:IN_CHAIN {cited: 0}]-(l:Link)
    RETURN [l.id, l.name, l.name_en, l.unit, m.stage, m.tier]
    ORDER BY m.number
  } AS links,
  COLLECT {
    MATCH (c)<-[:IN_CHAIN {cited: 0}]-(l:Link)<-[t:TELLS]-(:Source)
    WHERE t.predicate IN ['unit_price_cny', 'criticality', 'locality']
    WITH l.id AS link, t.predicate AS figure, t.value AS value, min(t.grade) AS grade
    RETURN [link, figure, value, grade]
  } AS figures,
  COLLECT {
    MATCH (c)<-[:IN_CHAIN {cited: 0}]-(a:Link)-[f:FEEDS]->(b:Link)
    WHERE EXISTS { (b)-[:IN_CHAIN]->(c) }
    WITH a.id AS start, b.id AS end, f.recycled AS recycled, f.place AS place, f.amount AS amount, min(f.grade) AS grade
    ORDER BY start, end, recycled, place
    RETURN [start, end, amount, recycled, grade]
  } AS feeds,
  COLLECT {
    MATCH (f:Firm)-[l:LEADS]->(c)
    WITH f, l.number AS number, l.region AS region, l.link AS link, min(l.grade) AS grade, min(l.as_of) AS since
    ORDER BY number
    RETURN [f.id, f.name, f.name_en, region, link, grade, since]
  } AS leaders
