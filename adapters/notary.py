"""The signature under the record: Ed25519."""

from collections.abc import Callable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from bot.review.anchors import Anchor


def signer(seed: bytes) -> Callable[[bytes], tuple[str, str]]:
    """`sign(bytes) -> (public key, signature)` in hex. `seed`: 32 bytes, the same on every replica."""
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public = private.public_key().public_bytes_raw().hex()

    def sign(covered: bytes) -> tuple[str, str]:
        return public, private.sign(covered).hex()

    return sign


def genuine(anchor: Anchor) -> bool:
    """Whether the anchor's signature fits its key and what it covers."""
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(anchor.key))
        public.verify(bytes.fromhex(anchor.signature), anchor.covered())
    except (InvalidSignature, ValueError):
        return False
    return True
