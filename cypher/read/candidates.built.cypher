// 凭什么说这些项目做各个环节？ What is cited for each link that a project makes?
// => project, link, cited
MATCH (project:Project)-[makes:MAKES]->(link:Link)
WITH project, link, makes
ORDER BY project.id, makes.place, makes.cited
RETURN project.id AS project, link.id AS link, collect([makes.as_of, makes.grade, makes.source]) AS cited
