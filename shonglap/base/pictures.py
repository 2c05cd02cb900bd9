"""Pictures that people send: decoded and encoded anew, so that nothing but the picture comes through."""

import contextlib
import os
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Protocol

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from shonglap.base.errors import Refused

LARGEST_FILE = 8_000_000  # bytes
LARGEST_SIDE = 1600
# A small file may unfold into gigabytes. A JPEG is decoded at an eighth of its size where that is enough, so
# that the largest cameras of phones may come; the others unfold whole, some with several copies.
MOST_PIXELS = {"JPEG": 120_000_000, "MPO": 120_000_000}
MOST_PIXELS_UNFOLDED = 20_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")

# Decoding takes memory by the hundred megabytes: never two in one process, whoever sends them.
_one_at_a_time = Lock()


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True)
class Prepared:
    """A JPEG made by us, not stored yet."""

    data: bytes
    width: int
    height: int


def prepare(source: Readable, name: str) -> Prepared:
    """Decode, turn upright, shrink and encode as JPEG. Location and device data are left behind.

    Raises Refused, naming the file, for anything that is not one still picture of sensible size.
    """
    data = source.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise refused("picture_too_large", _("“%(name)s” is larger than 8 MB. Choose a smaller one."), name)
    try:
        with _one_at_a_time:
            return encoded(opened(data, name))
    except Refused:
        raise
    except Image.DecompressionBombError:
        raise too_many_pixels(name) from None
    except UnidentifiedImageError:
        words = _("“%(name)s” is not a picture that we can read. Send JPEG, PNG or WebP.")
        raise refused("not_a_picture", words, name) from None
    except Exception:  # decoders fail in many ways on files made to break them
        raise refused("picture_broken", _("“%(name)s” is damaged and cannot be read."), name) from None


def opened(data: bytes, name: str) -> Image.Image:
    """The header is read, the pixels are not yet: size and number of frames are judged first."""
    image = Image.open(BytesIO(data), formats=FORMATS)
    if image.width * image.height > MOST_PIXELS.get(image.format or "", MOST_PIXELS_UNFOLDED):
        raise too_many_pixels(name)
    # Phones store a second view beside a JPEG (MPO): that does not move.
    if image.format != "MPO" and getattr(image, "is_animated", False):
        raise refused("picture_animated", _("“%(name)s” moves. Send a still picture."), name)
    return image


def encoded(image: Image.Image) -> Prepared:
    image.draft("RGB", (LARGEST_SIDE, LARGEST_SIDE))  # lets the JPEG decoder skip what we would throw away
    image.load()
    image = ImageOps.exif_transpose(image)
    image.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    if image.mode in ("RGBA", "LA", "PA", "P"):
        coloured = image.convert("RGBA")
        paper = Image.new("RGBA", coloured.size, "white")
        image = Image.alpha_composite(paper, coloured)
    plain = Image.new("RGB", image.size)  # carries no metadata of the original
    plain.paste(image.convert("RGB"))
    out = BytesIO()
    plain.save(out, "JPEG", quality=82, optimize=True, progressive=True)
    return Prepared(out.getvalue(), plain.width, plain.height)


def too_many_pixels(name: str) -> Refused:
    words = _("“%(name)s” has too many pixels. Send a smaller one.")
    return refused("picture_too_many_pixels", words, name)


def refused(code: str, words: Promise, name: str) -> Refused:
    return Refused(code, words % {"name": Path(name).name[:80]}, "pictures")


def private_path(public_id: str) -> Path:
    return Path(settings.PRIVATE_FOLDER) / "pictures" / f"{public_id}.jpg"


def public_path(slug: str, public_id: str) -> Path:
    return Path(settings.PUBLIC_FOLDER) / slug / "pictures" / f"{public_id}.jpg"


def store(data: bytes, path: Path) -> None:
    """Safe on disk when this returns: an acknowledged picture survives a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".part")
    with half.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)


def publish(slug: str, public_id: str) -> None:
    """Put the stored picture where the world may read it."""
    store(private_path(public_id).read_bytes(), public_path(slug, public_id))


def withdraw(slug: str, public_id: str) -> None:
    public_path(slug, public_id).unlink(missing_ok=True)


def forget(public_id: str) -> None:
    with contextlib.suppress(OSError):
        private_path(public_id).unlink(missing_ok=True)
