// 某地某环节营收占比高的企业。Who earns a share of the revenue with a link, by the region of the seat.
CREATE INDEX makes_link_seat_share IF NOT EXISTS FOR ()-[m:MAKES]-() ON (m.link, m.seat, m.revenue_share)
