"""The Experience API 1.0.3: what a statement has to look like, and how two of them are told apart."""
