// 某地生产某环节的企业。Who makes a link, by the region of the seat.
CREATE INDEX makes_link_seat IF NOT EXISTS FOR ()-[m:MAKES]-() ON (m.link, m.seat)
