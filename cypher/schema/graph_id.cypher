// 整张图谱一个节点。One node tells of the graph as a whole.
CREATE CONSTRAINT graph_id IF NOT EXISTS FOR (n:Graph) REQUIRE n.id IS UNIQUE
