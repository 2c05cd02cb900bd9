"""Which texts say much the same. The prepared words stay in memory while the board stands still."""

from collections import OrderedDict
from collections.abc import Iterable

import regex
from rapidfuzz import fuzz, process

ENOUGH = 53  # of 100; unrelated questions of one dialogue stay below 50
ROUGHLY = 44  # for moderators, who look for what may be merged and see at once what is not alike
KEPT_DIALOGUES = 8


def words(text: str) -> str:
    """Lower case, letters with their marks (Bangla vowel signs are marks) and digits, single blanks."""
    return regex.sub(r"[^\p{L}\p{M}\p{N}\u200c\u200d]+", " ", text.lower()).strip()


def alike(first: str, second: str, **_settings: object) -> float:
    """Word for word without order, and sign for sign: the first forgives order, the second endings."""
    return max(fuzz.token_sort_ratio(first, second), 0.9 * fuzz.token_set_ratio(first, second))


class Likeness:
    """Holds the prepared texts of the last few dialogues, each for one revision of its board."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[int, dict[int, str]]] = OrderedDict()

    def nearest(
        self,
        dialogue: str,
        revision: int,
        texts: Iterable[tuple[int, str]],
        text: str,
        *,
        limit: int,
        enough: int,
    ) -> list[int]:
        """Keys of the likest texts. `texts` is only read when the board has moved."""
        wanted = words(text)
        if len(wanted) < 8:
            return []
        kept = self._prepared(dialogue, revision, texts)
        found = process.extract(wanted, kept, scorer=alike, score_cutoff=enough, limit=limit)
        return [key for _, _, key in found]

    def _prepared(self, dialogue: str, revision: int, texts: Iterable[tuple[int, str]]) -> dict[int, str]:
        held = self._kept.get(dialogue)
        if held is None or held[0] != revision:
            held = revision, {key: words(text) for key, text in texts}
            self._kept[dialogue] = held
        self._kept.move_to_end(dialogue)
        while len(self._kept) > KEPT_DIALOGUES:
            self._kept.popitem(last=False)
        return held[1]
