// 哪些编号并入了别的企业？ Which ids were merged into another firm?
// => gone, kept
MATCH (f:Firm)
WHERE f.also IS NOT NULL
UNWIND f.also AS gone
RETURN gone, f.id AS kept
ORDER BY gone
