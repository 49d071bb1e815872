// 图谱的设置是什么，推送是否完成？ The settings of the graph, and is its push through?
// => layout, complete, snapshot, manifest, scoring
MATCH (g:Graph {id: 'chaingraph'})
RETURN g.layout AS layout, g.complete AS complete, g.snapshot AS snapshot, g.manifest AS manifest, g.scoring AS scoring
