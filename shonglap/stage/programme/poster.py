"""The poster: one composed picture as a JPEG, for pages that show the programme before it plays.

Small, for it comes to every phone that opens the first page.
"""

import io

import av

from .planes import Bytes


def poster(buffer: Bytes) -> bytes:
    frame = av.VideoFrame.from_numpy_buffer(buffer, format="yuv420p")
    frame = frame.reformat(width=640, height=360)
    file = io.BytesIO()
    frame.to_image().save(  # type: ignore[no-untyped-call]
        file, "JPEG", quality=72, optimize=True
    )
    return file.getvalue()
