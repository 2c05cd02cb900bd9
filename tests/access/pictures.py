"""Pictures made on the spot: nobody's."""

from io import BytesIO

from PIL import Image, ImageDraw


def a_picture(width: int = 480, height: int = 320) -> bytes:
    image = Image.new("RGB", (width, height), "#7a9e87")
    ImageDraw.Draw(image).rectangle((width // 6, height // 2, width, height), fill="#8a5a44")
    out = BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()
