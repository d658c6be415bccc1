"""Check the schema of action results once, not at every turn.

Rasa 3.6 validates what the action server returns with `jsonschema.validate`, which first checks the schema itself: a
constant, checked anew each time, and 70 % of the time of a turn (`make bench`). The results are validated as before.
"""

from __future__ import annotations

from typing import Any

from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction


def check_the_schema_of_results_once() -> None:
    """From now on every action of this process validates its results against a schema that was checked here."""
    schema = RemoteAction.action_response_format_spec()
    validator_of_schema = validator_for(schema)
    validator_of_schema.check_schema(schema)
    validator = validator_of_schema(schema)

    def validate(_: RemoteAction, result: dict[str, Any]) -> bool:
        validator.validate(result)  # raises jsonschema.ValidationError, as Rasa's own does
        return True

    RemoteAction._validate_action_result = validate
