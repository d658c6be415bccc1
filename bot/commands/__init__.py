"""The commands of `python -m bot`, one a module, each with a `run` that gives the exit status."""
