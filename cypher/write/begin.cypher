// 开始推送：完成前没有命令读图谱，别的推送就此停下。A push begins: until it is through nobody reads, and another push stops.
// $layout: the layout of the graph that is written
// $push: a text that names this push
MERGE (g:Graph {id: 'chaingraph'})
SET g.complete = false, g.layout = $layout, g.push = $push
