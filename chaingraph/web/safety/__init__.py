"""Who visits and what they may: sessions, roles, CSRF, throttling, headers, limits, audit."""
