// 按批次找对象，推送时用。Entities by their batch, for a push.
CREATE INDEX entity_batch IF NOT EXISTS FOR (n:Entity) ON (n.batch)
