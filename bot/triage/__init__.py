"""The safety gate: reads one message and says whether it points to danger, to abuse, or to nothing of the kind.

`reading` turns a message into the words that were meant, `people` settles who "he" and "she" are, `phrases` and
`matching` find the phrases of content/safety/ in it, `gate` weighs what was found.
"""

from __future__ import annotations

from bot.content.safety import SafetyRules, read_rules
from bot.triage.gate import ROUTES, Triage, compiled, triage

__all__ = ["ROUTES", "SafetyRules", "Triage", "compiled", "read_rules", "triage"]
