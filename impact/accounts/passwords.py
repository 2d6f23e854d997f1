"""Passwords: Argon2id with OWASP's small profile, length and a list of common ones as the only rules."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from impact.errors import Invalid
from impact.messages import gettext_noop as N_

#: OWASP's profile of 19 MiB and two passes: about 40 ms, and a burst of sign-ins fits in memory.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
#: Compared against when the account does not exist, so that the answer takes as long.
_NOBODY = _hasher.hash("nobody has this password")

SHORTEST = 12
LONGEST = 200
#: What people choose in spite of every advice; whole passwords and beginnings that only get numbers appended.
_COMMON = frozenset(
    {
        "password", "passwort", "motdepasse", "letmein", "qwerty", "qwertyuiop", "azerty", "iloveyou", "welcome",
        "administrator", "changeme", "unwomen", "heforshe", "impact", "equality", "genderequality", "trustno", "sunshine",
        "princess", "football", "monkey", "dragon", "abcdef", "abcdefghijkl", "abc", "admin", "secret", "test",
    }
)  # fmt: skip


def check(password: str, email: str = "") -> None:
    """Raise Invalid where the password is too short, too long, common, or made of the person's own address."""
    problem: tuple[str, dict[str, object]] | None = None
    bare = "".join(character for character in password.lower() if character.isalpha())
    local = email.split("@")[0].lower()
    if len(password) < SHORTEST:
        problem = (
            N_("Use at least %(number)s characters. A few words in a row are easy to remember"),
            {"number": SHORTEST},
        )
    elif len(password) > LONGEST:
        problem = (N_("Use at most %(number)s characters"), {"number": LONGEST})
    elif bare in _COMMON or len(set(password)) < 5 or (local and len(local) > 3 and bare == local):
        problem = (N_("Many people use this password, so it would be guessed. Choose another"), {})
    if problem:
        raise Invalid(N_("Choose another password."), {"password": problem})


def hashed(password: str) -> str:
    return _hasher.hash(password)


def fits(stored: str | None, password: str) -> bool:
    """Whether the password is right; takes as long for an account without one."""
    try:
        return _hasher.verify(stored or _NOBODY, password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False
