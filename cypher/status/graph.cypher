// 服务器上的图谱：推送了什么、是否完整。The graph on the server: what was pushed, and whether the push was through.
// => layout, snapshot, complete, pushed_at, totals, push, pushed_by, pushed_from
MATCH (g:Graph {id: 'chaingraph'})
RETURN g.layout AS layout, g.snapshot AS snapshot, g.complete AS complete, toString(g.pushed_at) AS pushed_at,
  g.totals AS totals, g.push AS push, g.pushed_by AS pushed_by, g.pushed_from AS pushed_from
