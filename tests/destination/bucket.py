"""An S3 server on this machine: moto's, with a list of what it was asked for, and with moods."""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import boto3
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

NAME = "kurs-i-skyen"
REGION = "eu-north-1"
KEY = "AKIANORDRE0000000001"
SECRET = "s3cr3t/verySecretIndeed+0123456789abcdef"  # noqa: S105 - of nobody

Environ = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: its verb, the path below the bucket, the bytes that came along, and whether it was a copy."""

    verb: str
    path: str
    size: int
    copy: bool

    @property
    def is_upload(self) -> bool:
        """Whether bytes of a release came with it."""
        return self.verb == "PUT" and not self.copy and not self.path.startswith("kurs/.kurspakke/")


@dataclass
class Bucket:
    """The server, its one bucket, and how it feels: `mood` may refuse a request with a status, or wait."""

    port: int = 0
    asked: list[Asked] = field(default_factory=list)
    mood: Callable[[Asked], str | None] = lambda _: None
    busy: set[int] = field(default_factory=set)

    def quiet(self) -> None:
        """Wait until every request that has come is answered."""
        while self.busy:
            time.sleep(0.01)

    @property
    def url(self) -> str:
        return f"s3://{NAME}/kurs"

    def environment(self) -> dict[str, str]:
        """What tells S3's own tools where it is and who one is."""
        return {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self.port}",
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": "/nonexistent",
            "AWS_SHARED_CREDENTIALS_FILE": "/nonexistent",
        }

    def client(self) -> Any:
        """A client that has nothing to do with the program's."""
        return boto3.client(
            "s3",
            endpoint_url=f"http://127.0.0.1:{self.port}",
            aws_access_key_id=KEY,
            aws_secret_access_key=SECRET,
            region_name=REGION,
        )

    def files(self) -> dict[str, bytes]:
        """Everything below the URL."""
        client = self.client()
        pages = client.get_paginator("list_objects_v2").paginate(Bucket=NAME, Prefix="kurs/")
        names = [entry["Key"] for page in pages for entry in page.get("Contents", ())]
        return {
            name.removeprefix("kurs/"): client.get_object(Bucket=NAME, Key=name)["Body"].read()
            for name in names
        }

    def seen(self) -> dict[str, bytes]:
        """The files under their stable names."""
        return {name: data for name, data in self.files().items() if not name.startswith((".", "by-sha256/"))}

    def uploads(self) -> list[Asked]:
        """The requests that brought bytes of a release."""
        return [asked for asked in self.asked if asked.is_upload]

    def __call__(self, environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        """The server's WSGI application."""
        path = environ["PATH_INFO"].removeprefix(f"/{NAME}").removeprefix("/")
        asked = Asked(
            environ["REQUEST_METHOD"],
            path,
            int(environ.get("CONTENT_LENGTH") or 0),
            "HTTP_X_AMZ_COPY_SOURCE" in environ,
        )
        if status := self.mood(asked):
            environ["wsgi.input"].read(asked.size)
            code = status.partition(" ")[2]
            start(status, [("Content-Type", "application/xml"), ("Connection", "close")])
            return [f"<Error><Code>{code}</Code><Message>{SECRET}</Message></Error>".encode()]
        self.asked.append(asked)
        self.busy.add(threading.get_ident())
        try:
            return _moto(environ, start)
        finally:
            self.busy.discard(threading.get_ident())


_moto = DomainDispatcherApplication(create_backend_app)


class _Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Nothing on the screen of the tests."""


@contextmanager
def bucket() -> Iterator[Bucket]:
    """A server of its own with an empty bucket, as long as this lasts; on whatever port is free."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    made = Bucket()
    server = make_server("127.0.0.1", 0, made, threaded=True, request_handler=_Quiet)
    made.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    client = made.client()
    try:
        client.create_bucket(Bucket=NAME, CreateBucketConfiguration={"LocationConstraint": REGION})
        made.asked.clear()
        yield made
    finally:
        made.mood = lambda _: None
        for name in made.files():
            client.delete_object(Bucket=NAME, Key=f"kurs/{name}")
        client.delete_bucket(Bucket=NAME)
        server.shutdown()
        thread.join()
        server.server_close()


def slowly(seconds: float) -> Callable[[Asked], None]:
    """A mood: everything that is put takes so long."""

    def mood(asked: Asked) -> None:
        if asked.verb == "PUT":
            time.sleep(seconds)

    return mood


def sha256(data: bytes) -> str:
    """The hexadecimal SHA-256."""
    return hashlib.sha256(data).hexdigest()
