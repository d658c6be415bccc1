"""The steps that the rules in `stories/` may take. None of them holds a word that a parent reads."""
