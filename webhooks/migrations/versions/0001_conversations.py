"""Conversations: what was offered, which question stands, when the last turn was."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "conversation",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("area", sa.String(64)),
        sa.Column("share", sa.String(64)),
        sa.Column("offered", sa.Text, nullable=False),
        sa.Column("asked", sa.String(64)),
        sa.Column("untold", sa.String(32)),
        sa.Column("last_turn_at", sa.DateTime, nullable=False),
    )
    op.create_index("ix_conversation_last_turn_at", "conversation", ["last_turn_at"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("conversation")
