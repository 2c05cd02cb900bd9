"""What every page's frame needs. Nothing of it is personal: caches keep the same frame for everybody."""

from django.http import HttpRequest

from shonglap.base import languages


def page(request: HttpRequest) -> dict[str, object]:
    """The language of the page and the same address in the other language."""
    language = languages.current()
    other = "en" if language == "bn" else "bn"
    path = request.get_full_path()
    mirrored = f"/{other}{path[3:]}" if path.startswith(f"/{language}/") else f"/{other}/"
    return {"language": language, "other_language": other, "same_page_in_other_language": mirrored}
