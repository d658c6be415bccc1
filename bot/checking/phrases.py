"""The safety rules, read and made ready, with the file and line of a phrase that cannot be read."""

from __future__ import annotations

from pathlib import Path

from bot.checking.problems import Places
from bot.content import ContentError
from bot.content.safety import SafetyRules, read_rules
from bot.triage import compiled
from bot.triage.phrases import PhraseError


def ready_rules(folder: Path) -> SafetyRules:
    """The rules in `folder`, fit to triage with. Raises ContentError on whatever must not be served."""
    rules = read_rules(folder)
    try:
        compiled(rules)
    except PhraseError as error:
        culprit = next((rule.id for rule in rules.rules if not _compiles(rule_alone(rules, rule.id))), "")
        problem = Places(folder).problem(f"rule {culprit}: {error}", "*.yml", culprit)
        raise ContentError(problem.file, problem.line, problem.what) from None
    return rules


def rule_alone(rules: SafetyRules, rule_id: str) -> SafetyRules:
    """The same words and spelling with one rule only."""
    return SafetyRules(tuple(rule for rule in rules.rules if rule.id == rule_id), rules.words, rules.spelling)


def _compiles(rules: SafetyRules) -> bool:
    try:
        compiled(rules)
    except PhraseError:
        return False
    return True
