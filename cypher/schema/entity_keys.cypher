// 按完整名称、曾用名或代码查找。Entities by a whole name, a former name or a code.
CREATE TEXT INDEX entity_keys IF NOT EXISTS FOR (n:Entity) ON (n.keys)
