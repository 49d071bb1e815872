// 一个对象的名称、事实和来源是什么？ What is an entity called, and what is known of it by which sources?
// $key: id of the entity
// => kind, name, name_en, full_name, of_packs, seat_grade, names, sorts, told, own, other, stated, matched, seated, imports
MATCH (e:Entity {id: $key})
RETURN e.kind AS kind, e.name AS name, e.name_en AS name_en, e.full_name AS full_name, e.of_packs AS of_packs,
  e.seat_grade AS seat_grade, e.names AS names, e.sorts AS sorts,
  COLLECT { MATCH (e)<-[t:TELLS]-(:Source) RETURN properties(t) } AS told,
  COLLECT {
    MATCH (e)-[r:LEADS|IN_CHAIN|FEEDS|BASED_IN|MAKES|SUPPLIES|OWNS|PART_OF|IN|BY|AT|TARGETS|CLAIMS|SURVEYED|BARS|HOSTED_BY|SERVES|APPLIES_TO|TARGET_OF|ACTUAL_OF]->(o:Entity)
    WHERE e:Firm OR r.imported IS NULL
    RETURN [type(r), properties(r), o.id, o.kind, o.name, o.name_en]
  } AS own,
  COLLECT {
    MATCH (e)<-[r:LEADS|IN_CHAIN|FEEDS|BASED_IN|MAKES|SUPPLIES|OWNS|PART_OF|IN|BY|AT|TARGETS|CLAIMS|SURVEYED|BARS|HOSTED_BY|SERVES|APPLIES_TO|TARGET_OF|ACTUAL_OF]-(o:Entity)
    WHERE e:Firm OR r.imported IS NULL OR type(r) = 'SURVEYED'
    RETURN [type(r), properties(r), o.id, o.kind, o.name, o.name_en]
  } AS other,
  COLLECT {
    MATCH (e)<-[t:STATES]-(s:Source)
    RETURN [s.id, s.grade, properties(t)]
    ORDER BY t.place
  } AS stated,
  COLLECT {
    MATCH (e)<-[m:MATCHES]-(s:Source)
    RETURN [s.id, s.date, m.live]
    ORDER BY s.number
  } AS matched,
  COLLECT {
    MATCH (e)<-[:PART_OF]-*(part:Region)
    WHERE part.imported_firms IS NOT NULL
    WITH DISTINCT part
    RETURN part.imported_firms
  } AS seated,
  COLLECT {
    MATCH (s:Source)
    WHERE e:Region AND s.imported
    RETURN [s.id, s.date]
    ORDER BY s.number
  } AS imports
