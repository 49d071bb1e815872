// 开始推送：完成前没有命令读图谱，别的推送就此停下。A push begins: until it is through nobody reads, and another push stops.
// $layout: the layout of the graph that is written
// $push: a text that names this push
// $pushed_by: who pushes
// $pushed_from: the machine and the workspace
MERGE (g:Graph {id: 'chaingraph'})
SET g.complete = false, g.layout = $layout, g.push = $push, g.pushed_by = $pushed_by,
  g.pushed_from = $pushed_from
