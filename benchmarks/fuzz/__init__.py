"""Damage to packages and courses, case by case: for a test of thousands of them, and for hours on end."""
