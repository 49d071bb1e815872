// 有没有这个编号的对象？ Is there an entity of this id?
// $key: the id
// => known
RETURN EXISTS { (:Entity {id: $key}) } AS known
