"""A package, played: a learner in a real browser, an LMS that notes everything, and what came of it."""
