"""Pictures and sound into one MP4 file: H.264 and AAC, ready to play before all of it has arrived."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from film.story import FilmError

FRAMES_PER_SECOND = 25

VIDEO = "-c:v libx264 -preset slow -tune animation -crf 27 -g 250 -profile:v high -pix_fmt yuv420p"

AUDIO = (
    "-af highpass=f=90,lowpass=f=7200,acompressor=threshold=0.2:ratio=2.5:makeup=1.3,aresample=44100"
    " -c:a aac -b:a 48k -ac 1"
)
"""The filters take rumble and hiss off a synthetic voice and even it out; they do a recorded one no harm."""

EXACT = "-fflags +bitexact -flags:v +bitexact -flags:a +bitexact -map_metadata -1 -threads 1"
"""No dates and no program names in the file: the same film gives the same bytes.

One thread, since several may share a picture out differently on another run."""


def encode(pictures: Iterable[bytes], sound: Path, target: Path) -> None:
    """Write `target` from PNG pictures, 25 for each second, and a WAV file."""
    program = shutil.which("ffmpeg")
    if program is None:
        raise FilmError("ffmpeg is missing; Debian and Ubuntu: apt install ffmpeg")
    pictures_in = f"-f image2pipe -framerate {FRAMES_PER_SECOND} -c:v png -i -".split()
    sound_in = ["-i", str(sound)]
    settings = f"{VIDEO} {AUDIO} {EXACT} -movflags +faststart".split()
    command = [program, "-y", "-loglevel", "error", *pictures_in, *sound_in, *settings, str(target)]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        if process.stdin is not None:  # always, with PIPE; the type does not say so
            for picture in pictures:
                process.stdin.write(picture)
            process.stdin.close()
    if process.returncode:
        raise FilmError(f"ffmpeg ended with status {process.returncode}")
