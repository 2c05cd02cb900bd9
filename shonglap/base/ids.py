"""Names for things in addresses and public files: unguessable, short, without look-alike letters."""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def new_id(length: int = 12) -> str:
    """A random identifier; 12 signs carry some 59 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
