// 合并过的企业。Firms that others were merged into.
CREATE INDEX firm_also IF NOT EXISTS FOR (f:Firm) ON (f.also)
