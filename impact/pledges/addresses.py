"""When two e-mail addresses belong to one person. Pure.

One mailbox has many spellings: letter case, a tag behind "+", other domains of the same provider, and with a few
providers dots that mean nothing. The canonical form is used only to count a person once; letters go to what was typed.
"""

from __future__ import annotations

import unicodedata

#: Domains of one provider whose mailboxes are the same → the one they are counted under.
ALIASES = {
    "googlemail.com": "gmail.com",
    "pm.me": "proton.me",
    "protonmail.com": "proton.me",
    "protonmail.ch": "proton.me",
    "mac.com": "icloud.com",
    "me.com": "icloud.com",
    "ya.ru": "yandex.ru",
    "yandex.com": "yandex.ru",
    "yandex.by": "yandex.ru",
    "yandex.kz": "yandex.ru",
}
#: Where dots before the @ mean nothing.
WITHOUT_DOTS = frozenset({"gmail.com", "proton.me"})


def canonical(address: str) -> str:
    """The one spelling of a mailbox: "Ana.Li+x@GoogleMail.com" → "anali@gmail.com"; raises ValueError without an @."""
    local, at, domain = unicodedata.normalize("NFKC", address.strip()).casefold().rpartition("@")
    if not at or not local or not domain:
        raise ValueError(f"{address!r} is no e-mail address.")
    domain = domain_of(f"{local}@{domain}")
    local = local.partition("+")[0] or local
    if domain in WITHOUT_DOTS:
        local = local.replace(".", "") or local
    return f"{local}@{domain}"


def domain_of(address: str) -> str:
    """The provider behind an address, in ASCII: "a@Пример.рф" → "xn--e1afmkfd.xn--p1ai"."""
    domain = unicodedata.normalize("NFKC", address.rpartition("@")[2]).casefold().rstrip(".")
    try:
        domain = domain.encode("idna").decode()
    except UnicodeError:
        # Longer than a domain may be, or empty between dots: no mail goes there, and it is counted as it is.
        domain = domain[:253]
    return ALIASES.get(domain, domain)
