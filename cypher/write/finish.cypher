// 推送完成：记下内容的标识。A push is through: what it wrote is named.
// $properties: all properties of the graph's node
MERGE (g:Graph {id: 'chaingraph'})
SET g = $properties, g.id = 'chaingraph', g.complete = true, g.pushed_at = datetime()
