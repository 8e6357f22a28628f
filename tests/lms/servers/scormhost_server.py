"""scormhost on a free port of 127.0.0.1. Arguments: the folder for its data."""

from __future__ import annotations

import socket
import sys

import uvicorn
from scormhost import create_scorm_app

if __name__ == "__main__":
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()  # so that requests made before uvicorn is ready wait instead of failing
    sys.stdout.write(f"http://127.0.0.1:{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    application = create_scorm_app(data_dir=sys.argv[1], secret_key="kun-for-prøver-" * 3)
    uvicorn.Server(uvicorn.Config(application, log_level="info")).run(sockets=[listener])
