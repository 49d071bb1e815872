// 一批导入的企业，匹配到环节的有多少家，各环节多少家？ How many firms does an import say to make a link, in all and by link?
// $source: id of the import's source
// => firms, links, counts
MATCH (source:Source {id: $source})
OPTIONAL MATCH (source)-[matches:MATCHES]->(link:Link)
RETURN coalesce(source.firms, 0) AS firms, collect(link.id) AS links, collect(matches.firms) AS counts
