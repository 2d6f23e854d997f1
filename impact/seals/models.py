"""Seals and checkpoints. Database triggers refuse to alter or delete one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from impact.db import Model


class Seal(Model):
    """One line of the public list: what was sealed, its fingerprints, when."""

    __tablename__ = "seal"
    __table_args__ = (Index("ix_seal_code", "code"),)

    #: given by the operation under a lock, without gaps: the chain's own order
    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(20))
    #: the printed number of the edition
    code: Mapped[str] = mapped_column(String(120))
    facts: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)

    @property
    def id(self) -> int:
        """The audit trail asks every thing for its id."""
        return self.n


class Checkpoint(Model):
    """How long both chains were at a moment, and how they ended, signed."""

    __tablename__ = "checkpoint"

    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seals: Mapped[int]
    seals_head: Mapped[str] = mapped_column(String(64))
    audit_entries: Mapped[int]
    audit_head: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    #: hash of the text of the checkpoint before
    previous: Mapped[str] = mapped_column(String(64))
    #: SHA-256 of the certificate whose key signed
    certificate: Mapped[str] = mapped_column(String(64))
    #: in base64: ECDSA, RSA (PKCS#1 v1.5) with SHA-256, or Ed25519, as the certificate's key is
    signature: Mapped[str] = mapped_column(Text)

    @property
    def id(self) -> int:
        return self.n
