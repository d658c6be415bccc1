"""Thin adapters between Rasa and the judgement in `bot/`: slots in, utterance names out.

`steps/` runs in the action server; `channel.py` and `tracker_store.py` run inside Rasa.
"""
