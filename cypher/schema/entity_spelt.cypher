// 按拼音查找。Entities by pinyin.
CREATE TEXT INDEX entity_spelt IF NOT EXISTS FOR (n:Entity) ON (n.spelt)
