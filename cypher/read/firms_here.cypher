// 哪些企业注册在这些地方？ Which firms are seated in the regions?
// $regions: adcodes of a region and what lies in it
// => firms
UNWIND $regions AS code
MATCH (:Entity {id: code})<-[:BASED_IN]-(firm:Firm)
RETURN collect(DISTINCT firm.id) AS firms
