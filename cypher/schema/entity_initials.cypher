// 按拼音首字母查找。Entities by initials.
CREATE TEXT INDEX entity_initials IF NOT EXISTS FOR (n:Entity) ON (n.initials)
