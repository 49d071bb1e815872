// 删除已离开图谱的对象和来源，一次若干个。Removes what has left the graph, some at a time.
// $most: at most so many
// => removed
MATCH (n:Leaving)
WITH n LIMIT $most
DETACH DELETE n
RETURN count(*) AS removed
