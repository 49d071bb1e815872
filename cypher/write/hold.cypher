// 图谱还归这次推送写吗？ Is the graph still this push's to write?
// Writing first takes the lock, so that no other push can begin before this transaction ends.
// $push: a text that names this push
// => held
MATCH (g:Graph {id: 'chaingraph'})
SET g.held = $push
WITH g
WHERE g.push = $push
RETURN true AS held
