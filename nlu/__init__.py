"""Training examples by language, and the two Rasa components that read a parent's own words."""
