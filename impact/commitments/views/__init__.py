"""Doors of the commitments room: a champion's people write, send to the leader, sign, return, withdraw and amend."""

from impact.commitments.views import amending, amending_steps, reading, reaffirming, recording, steps, targets, texts
from impact.commitments.views.room import blueprint

__all__ = [
    "amending",
    "amending_steps",
    "blueprint",
    "reading",
    "reaffirming",
    "recording",
    "steps",
    "targets",
    "texts",
]
