"""A mail server that does as its recipients are called, for server/tests/mail.rs.

Says its port on the first line, then each mail that it took as a line of JSON: {"to": "...", "mail": "..."}.
Ends when its input does.

    ja@…        250
    senare@…    451 the first time, then 250
    nej@…       550
    langsam@…   no answer at all the first time, then 250
    klipp@…     takes the mail, and cuts the connection instead of saying so the first time, then 250
    avbrott@…   cuts the connection before the mail the first time, then 250
"""

import asyncio
import json
import sys

from aiosmtpd.smtp import SMTP

seen = set()


def first_time(address):
    is_new = address not in seen
    seen.add(address)
    return is_new


class Peer:
    async def handle_RCPT(self, server, session, envelope, address, options):
        kind = address.split("@")[0].rstrip("0123456789")
        if kind == "nej":
            return f"550 5.1.1 <{address}>: no such user {address.split('@')[0]}"
        if kind == "senare" and first_time(address):
            return "451 4.7.1 come back later"
        if kind == "langsam" and first_time(address):
            await asyncio.Event().wait()
        if kind == "avbrott" and first_time(address):
            server.transport.abort()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        address = envelope.rcpt_tos[0]
        print(json.dumps({"to": address, "mail": envelope.content.decode()}), flush=True)
        if address.startswith("klipp") and first_time(address):
            server.transport.abort()
        return "250 OK"


async def main():
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(Peer(), enable_SMTPUTF8=True, hostname="peer.example", ident="peer"), "127.0.0.1", 0
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


asyncio.run(main())
