"""The poster: one composed picture as a JPEG, for pages that show the programme before it plays."""

import io

import av

from .planes import Bytes


def poster(buffer: Bytes) -> bytes:
    frame = av.VideoFrame.from_numpy_buffer(buffer, format="yuv420p")
    file = io.BytesIO()
    frame.to_image().save(  # type: ignore[no-untyped-call]
        file, "JPEG", quality=82, optimize=True
    )
    return file.getvalue()
