// 按名称的任意部分查找。Entities by any part of a name.
CREATE TEXT INDEX entity_written IF NOT EXISTS FOR (n:Entity) ON (n.written)
