"""As much of CBOR as the calls to moto need: services that speak nothing else are told what stands here in JSON."""

import struct

HEADERS = [("Content-Type", "application/cbor"), ("Smithy-Protocol", "rpc-v2-cbor")]


def encode(value, name=""):
    """A body. Moments are numbers whose name ends in `At`, `Time` or `Timestamps`, and `Values` are numbers with a point."""
    if value is None or isinstance(value, bool):
        return {None: b"\xf6", True: b"\xf5", False: b"\xf4"}[value]
    if isinstance(value, (int, float)):
        tag = b"\xc1" if name.endswith(("At", "Time", "Timestamps")) else b""
        whole = isinstance(value, int) and name != "Values"
        return tag + (head(0, value) if whole else b"\xfb" + struct.pack(">d", value))
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(encode(item, name) for item in value)
    return head(5, len(value)) + b"".join(encode(key) + encode(item, key) for key, item in value.items())


def head(major, number):
    return bytes([major << 5 | number]) if number < 24 else bytes([major << 5 | 26]) + struct.pack(">I", number)


def decode(body):
    """What a request says."""
    return item(body, 0)[0]


def item(body, at):
    """What stands at a place, and where the next one does."""
    major, number, at = body[at] >> 5, body[at] & 31, at + 1
    if major == 7 and number >= 25:
        size = 1 << (number - 24)
        return struct.unpack({2: ">e", 4: ">f", 8: ">d"}[size], body[at:at + size])[0], at + size
    if major == 7:
        return {20: False, 21: True}.get(number), at
    endless = number == 31
    if number >= 24 and not endless:
        size = 1 << (number - 24)
        number, at = int.from_bytes(body[at:at + size], "big"), at + size
    if major == 6:
        return item(body, at)
    if major in (2, 3):
        return body[at:at + number].decode(), at + number
    if major < 2:
        return -1 - number if major else number, at
    parts, count = [], number * (major - 3)
    while body[at] != 0xFF if endless else len(parts) < count:
        part, at = item(body, at)
        parts.append(part)
    return parts if major == 4 else dict(zip(parts[::2], parts[1::2])), at + endless
