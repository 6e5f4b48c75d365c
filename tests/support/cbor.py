"""As much of CBOR as the calls to moto need: services that speak nothing else are told what stands here in JSON."""

import struct

HEADERS = [("Content-Type", "application/cbor"), ("Smithy-Protocol", "rpc-v2-cbor")]


def encode(value, name=""):
    """A body. Moments are numbers whose name ends in `At`."""
    if value is None or isinstance(value, bool):
        return {None: b"\xf6", True: b"\xf5", False: b"\xf4"}[value]
    if isinstance(value, int):
        return (b"\xc1" if name.endswith("At") else b"") + head(0, value)
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(encode(item) for item in value)
    return head(5, len(value)) + b"".join(encode(key) + encode(item, key) for key, item in value.items())


def head(major, number):
    return bytes([major << 5 | number]) if number < 24 else bytes([major << 5 | 26]) + struct.pack(">I", number)


def decode(body):
    """A request, which is a map of texts and numbers."""
    items, at = [], 1
    while at < len(body) and body[at] != 0xFF:
        major, number, at = body[at] >> 5, body[at] & 31, at + 1
        if number >= 24:
            size = 1 << (number - 24)
            number, at = int.from_bytes(body[at:at + size], "big"), at + size
        if major == 3:
            items.append(body[at:at + number].decode())
            at += number
        else:
            items.append(number)
    return dict(zip(items[::2], items[1::2]))
