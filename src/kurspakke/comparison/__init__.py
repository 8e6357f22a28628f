"""Two versions of a package side by side, to tell whether what learners have done survives the replacement."""
