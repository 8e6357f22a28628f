"""The rules, one function each; a family of them in each module."""
