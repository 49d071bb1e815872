// 每个批次一个编号。A batch of what was pushed has an id of its own.
CREATE CONSTRAINT batch_id IF NOT EXISTS FOR (n:Batch) REQUIRE n.id IS UNIQUE
