#!/usr/bin/env bash
# Install requirements.lock into the virtual environment that is named, with uv where it is, with pip where it is not.
# Rasa 3.6 declares Python < 3.11: uv ignores that upper bound, pip is told to (docs/decisions/0001-rasa-on-python-3.11.md).
set -euo pipefail
venv=${1:?usage: install.sh VENV}
cd "$(dirname "$0")"

if command -v uv >/dev/null; then
    uv venv --quiet --allow-existing --python 3.11 "$venv"
    uv pip sync --quiet --python "$venv" --require-hashes requirements.lock
    exit
fi
python=$(command -v python3.11 || command -v python3)
"$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || {
    echo "Waymark needs Python 3.11, or any Python 3 with uv. Found: $("$python" --version)." >&2
    echo "Install python3.11 with its venv module, or uv (pip install uv), and try again." >&2
    exit 1
}
"$python" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --ignore-requires-python \
    --requirement requirements.lock
