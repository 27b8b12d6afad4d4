"""The two kinds of link, as tokens and addresses: pure computation from a key that the caller brings.

An invitation link belongs to an agency in a round: its token is an HMAC over the invitation's code and generation, so
nothing secret is stored, a reminder repeats it, and raising the generation revokes it. A sign-in link belongs to a
person: a random token of 256 bits of which only the SHA-256 is stored.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass


@dataclass(frozen=True)
class LinkMaker:
    """Writes addresses from the one configured base address (never from a request's Host header)."""

    base_url: str
    key: bytes

    def invitation(self, code: str, generation: int) -> str:
        """Return the address that signs an agency in."""
        return f"{self.base_url}/moi/{code}/{invitation_token(self.key, code, generation)}"

    def receipt(self, code: str, generation: int) -> str:
        """Return the address that signs an agency in and shows its receipt, where it can recall."""
        return f"{self.invitation(code, generation)}?den=phieu"

    def revocation(self, code: str, generation: int) -> str:
        """Return the address where the holder of the official mailbox revokes the invitation link."""
        return f"{self.invitation(code, generation)}/thu-hoi"

    def sign_in(self, token: str) -> str:
        """Return the address that signs an official in, once."""
        return f"{self.base_url}/dang-nhap/{token}"

    def page(self, path: str) -> str:
        """Return the full address of a page; ``path`` begins with a slash."""
        return f"{self.base_url}{path}"


def invitation_token(key: bytes, code: str, generation: int) -> str:
    """Return 43 characters of base64url: HMAC-SHA256 over the invitation's code and generation."""
    return _text(hmac.digest(key, f"invitation:{code}:{generation}".encode(), "sha256"))


def same_token(expected: str, given: str) -> bool:
    """Compare two tokens in constant time."""
    return hmac.compare_digest(expected.encode(), given.encode())


def new_token() -> str:
    """Return a fresh random token of 256 bits as 43 characters of base64url."""
    return secrets.token_urlsafe(32)


def token_digest(token: str) -> str:
    """Return the SHA-256 of a token in hexadecimal: the only form in which it is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def csrf_secret(key: bytes, cookie: str) -> str:
    """Return the CSRF secret that belongs to a session cookie, so that nothing need be stored for a visitor."""
    return _text(hmac.digest(key, f"csrf:{cookie}".encode(), "sha256"))


def _text(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
