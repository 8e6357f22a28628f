"""Localities and their editions: who they are, what they change of the national course, and how."""
