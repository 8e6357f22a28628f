"""An SFTP server on this machine, in a process of its own: `sftp.py FOLDER PASSWORD` prints its port."""

from __future__ import annotations

import asyncio
import sys

import asyncssh


class Doorkeeper(asyncssh.SSHServer):
    """Lets in whoever knows the password."""

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return bool(username) and password == sys.argv[2]


async def serve(folder: str) -> None:
    def rooted(channel: asyncssh.SSHServerChannel) -> asyncssh.SFTPServer:
        return asyncssh.SFTPServer(channel, chroot=folder.encode())

    keys = [asyncssh.generate_private_key("ssh-ed25519")]
    server = await asyncssh.create_server(
        Doorkeeper, "127.0.0.1", 0, server_host_keys=keys, sftp_factory=rooted
    )
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.wait_closed()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1]))
