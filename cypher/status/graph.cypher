// 服务器上的图谱：推送了什么、是否完整。The graph on the server: what was pushed, and whether the push was through.
// => layout, snapshot, complete, pushed_at, totals
MATCH (g:Graph {id: 'chaingraph'})
RETURN g.layout AS layout, g.snapshot AS snapshot, g.complete AS complete, toString(g.pushed_at) AS pushed_at,
  g.totals AS totals
