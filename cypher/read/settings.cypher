// 图谱的设置是什么，推送是否完成？ The settings of the graph, and is its push through?
// => layout, complete, push, pushed_by, snapshot, manifest, scoring
MATCH (g:Graph {id: 'chaingraph'})
RETURN g.layout AS layout, g.complete AS complete, g.push AS push, g.pushed_by AS pushed_by, g.snapshot AS snapshot,
  g.manifest AS manifest, g.scoring AS scoring
