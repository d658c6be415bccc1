"""The judgement of Waymark: what is true about a family, what fits them, and in which words it is said.

Nothing here knows Rasa, Flask, a database, the clock or the environment: content comes from `content/`,
the time and every answer are handed in. The same functions serve the dialogue, the web and the command line.
"""
