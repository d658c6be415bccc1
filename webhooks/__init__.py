"""The only door: channels, pages, the intake, the store and the client of Rasa; `application.py` puts them together."""
