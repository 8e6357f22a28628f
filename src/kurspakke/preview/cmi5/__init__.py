"""cmi5 from the LMS's side: what an AU may say and ask, and what the LMS says itself."""
