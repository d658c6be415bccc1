"""Figures on how well triage and placement do: on the project's own cases, beside baselines that anyone could build."""
