"""What every answer carries, whichever door gave it: said once, here.

`same-origin` and not `no-referrer`: under the latter browsers send `Origin: null` with a form's own POST (Fetch
standard, "append a request Origin header"), and the web room could not tell its own forms from a stranger's. To other
sites nothing is sent either way.
"""

from collections.abc import Mapping

from multidict import CIMultiDict

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

#: On every answer.
ALWAYS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "server": "coolhead",
}

#: Where browsers come by https, they shall not come by anything else.
SAFEST = {**ALWAYS, "strict-transport-security": "max-age=31536000"}


def dressed(headers: Mapping[str, str], request_id: str, secure: bool = False) -> CIMultiDict[str]:
    """A door's headers with ours over them. Nothing is kept by a cache unless the door says for how long."""
    outfit = CIMultiDict(SAFEST if secure else ALWAYS)
    outfit["x-request-id"] = request_id
    outfit["cache-control"] = "no-store"
    for name, value in headers.items():
        if name.lower() not in ALWAYS:
            outfit[name] = value
    return outfit
