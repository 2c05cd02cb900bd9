"""Pictures from people: only the picture comes through, everything else is refused with its name."""

from io import BytesIO
from typing import Any
from zlib import crc32

import pytest
from PIL import Image

from shonglap.base import pictures
from shonglap.base.errors import Refused

Frame = Image.Image


def file_of(image: Frame, kind: str = "JPEG", **settings: Any) -> BytesIO:
    out = BytesIO()
    image.save(out, kind, **settings)
    return BytesIO(out.getvalue())


def back(prepared: pictures.Prepared) -> Frame:
    image = Image.open(BytesIO(prepared.data))
    image.load()
    return image


def refusal(file: BytesIO, name: str = "photo.jpg") -> Refused:
    with pytest.raises(Refused) as raised:
        pictures.prepare(file, name)
    assert raised.value.field == "pictures"
    assert name in str(raised.value.message)
    return raised.value


def test_a_large_one_is_shrunk_and_keeps_its_shape() -> None:
    prepared = pictures.prepare(file_of(Image.new("RGB", (3200, 1600), "red")), "a.jpg")
    image = back(prepared)
    assert image.size == (prepared.width, prepared.height) == (1600, 800)
    assert image.format == "JPEG"


def test_a_small_one_is_not_blown_up() -> None:
    prepared = pictures.prepare(file_of(Image.new("RGB", (20, 10))), "a.jpg")
    assert (prepared.width, prepared.height) == (20, 10)


def test_location_and_device_are_left_behind_and_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x010F] = "SECRET-PHONE"
    exif[0x0112] = 6  # to be turned by 90 degrees
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (23.0, 42.0, 3.0)
    source = Image.new("RGB", (40, 20), "blue")
    source.putpixel((0, 0), (255, 255, 255))
    prepared = pictures.prepare(file_of(source, exif=exif, comment=b"SECRET-COMMENT"), "a.jpg")
    assert (prepared.width, prepared.height) == (20, 40)
    assert b"SECRET" not in prepared.data
    assert b"Exif" not in prepared.data
    assert not back(prepared).getexif()


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "I;16", "RGB"])
def test_png_of_every_mode(mode: str) -> None:
    prepared = pictures.prepare(file_of(Image.new(mode, (30, 30)), "PNG"), "a.png")
    assert back(prepared).mode == "RGB"


def test_what_is_transparent_becomes_white() -> None:
    prepared = pictures.prepare(file_of(Image.new("RGBA", (8, 8), (0, 0, 0, 0)), "PNG"), "a.png")
    assert back(prepared).getpixel((4, 4)) == (255, 255, 255)


def test_webp_and_a_still_gif_are_pictures() -> None:
    for kind in ("WEBP", "GIF"):
        pictures.prepare(file_of(Image.new("RGB", (8, 8)), kind), f"a.{kind.lower()}")


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_moving_ones_are_refused(kind: str) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    file = file_of(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)
    assert refusal(file, "dance.gif").code == "picture_animated"


def test_the_second_view_of_a_phone_is_not_movement() -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    file = file_of(frames[0], "MPO", save_all=True, append_images=frames[1:])
    pictures.prepare(file, "phone.jpg")


def test_a_file_over_8_mb_is_refused_unread() -> None:
    assert refusal(BytesIO(b"\xff\xd8" + b"0" * 8_000_001)).code == "picture_too_large"


@pytest.mark.parametrize(
    "data", [b"", b"MZ\x90\x00 not a picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>"]
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    assert refusal(BytesIO(data), "virus.exe").code == "not_a_picture"


def test_formats_with_a_long_history_of_holes_are_not_even_tried() -> None:
    assert refusal(file_of(Image.new("RGB", (8, 8)), "TIFF")).code == "not_a_picture"


def test_a_broken_one_is_refused() -> None:
    whole = file_of(Image.effect_noise((200, 200), 80), "JPEG").getvalue()
    assert refusal(BytesIO(whole[: len(whole) // 2])).code == "picture_broken"


@pytest.mark.parametrize("side", [9_000, 40_000])
def test_bombs_are_refused_before_they_unfold(side: int) -> None:
    image = Image.new("1", (side, 8))
    data = bytearray(file_of(image, "PNG").getvalue())
    data[20:24] = side.to_bytes(4, "big")  # the height in the header
    data[29:33] = crc32(bytes(data[12:29])).to_bytes(4, "big")
    assert refusal(BytesIO(bytes(data)), "bomb.png").code == "picture_too_many_pixels"


def test_only_the_file_name_is_repeated_and_not_endlessly() -> None:
    with pytest.raises(Refused) as raised:
        pictures.prepare(BytesIO(b"no"), "/home/somebody/" + "x" * 300)
    assert "somebody" not in str(raised.value.message)
    assert "x" * 81 not in str(raised.value.message)


def test_a_jpeg_of_a_large_camera_is_decoded_small() -> None:
    assert pictures.prepare(file_of(Image.new("RGB", (8000, 8000), "green")), "a.jpg").width == 1600


@pytest.mark.parametrize(("kind", "options"), [("PNG", {}), ("WEBP", {"lossless": True})])
def test_a_few_kilobytes_that_would_unfold_whole_are_refused(kind: str, options: dict[str, Any]) -> None:
    file = file_of(Image.new("RGB", (8000, 8000), "green"), kind, **options)
    assert refusal(file, "bomb").code == "picture_too_many_pixels"
