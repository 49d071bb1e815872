"""Which links a firm makes, told from words: its products, its business scope, its industry, its name."""
