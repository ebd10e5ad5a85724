"""
What keeps others away from the pages: another machine, another account, another site in the same browser.
"""

import hmac

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 200_000
"""Of a form: more is no answer of a person."""
HOSTS = ("127.0.0.1", "localhost")
POLICY = "Content-Security-Policy"
HEADERS = {
    POLICY: "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
}
OWN_POLICY = "X-Own-Policy"
"""Set by an answer that is a page of its own, as a report is: it says itself what it may load."""


class Guard:
    """Lets through what this machine's browser asks with the secret, and adds the headers that keep it apart."""

    def __init__(self, app: ASGIApp, secret: str) -> None:
        self.app = app
        self.secret = secret

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse or serve one request."""
        if reason := self.reason(Request(scope)):
            status, text = reason
            refused = Response(text, status, headers=HEADERS, media_type="text/plain")
            await refused(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                own = OWN_POLICY in headers
                del headers[OWN_POLICY]
                for name, value in HEADERS.items():
                    if not (own and name == POLICY):
                        headers[name] = value
            await send(message)

        await self.app(scope, receive, with_headers)

    def reason(self, request: Request) -> tuple[int, str] | None:
        """Tell why a request is refused; None where it is not."""
        host = request.headers.get("host", "")
        if host.rsplit(":", 1)[0] not in HOSTS:  # a name that somebody else gave this machine
            return 421, "Cette page ne répond qu’à cet ordinateur."
        first = request.url.path.strip("/").split("/")[0]
        if not hmac.compare_digest(first.encode(), self.secret.encode()):
            return 404, "Il n’y a rien à cette adresse."
        if request.method != "POST":
            return None
        if request.headers.get("origin", f"http://{host}") not in {f"http://{host}", "null"}:
            return 403, "Ce formulaire vient d’une autre page."
        length = request.headers.get("content-length", "")
        if not length.isdigit() or int(length) > MOST_BYTES:
            return 413, "C’est trop long pour une réponse."
        return None
