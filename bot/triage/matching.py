"""Where in a message a phrase stands. See `phrases.py` for how places are kept."""

from __future__ import annotations

from bot.triage.phrases import STOP, Gap, Lexicon, Phrase, Piece


class Placed:
    """A message ready to be searched: for every set of words, the places where one of them stands."""

    def __init__(self, words: list[str], lexicon: Lexicon, nots: frozenset[str]) -> None:
        places: dict[str, int] = {}
        self.length = len(words)
        positions: dict[str, list[int]] = {}
        for index, word in enumerate(words):
            positions.setdefault(word, []).append(index)
        for word, indexes in positions.items():
            places[word] = _bits(indexes, self.length)
        self.sets: dict[int, int] = {}
        for word, mask in places.items():
            for atom in lexicon.atoms_of(word):
                self.sets[atom] = self.sets.get(atom, 0) | mask
        stops = places.get(STOP, 0)
        self.everywhere = (1 << (self.length + 1)) - 1
        self._pass_any = self.everywhere & ~stops
        nothing = 0
        for word in nots & places.keys():
            nothing |= places[word]
        self._pass = self._pass_any & ~nothing
        self._starts: dict[tuple[tuple[int, ...], ...], tuple[tuple[int, int], ...]] = {}

    def find(self, phrase: Phrase, allowed: int = -1) -> int:
        """The places just after `phrase`, using only the words at `allowed` places; 0 if it is nowhere."""
        here = 1 if phrase.begins else self.everywhere
        for step in phrase.steps:
            here = self._after(step, here, allowed)
            if not here:
                return 0
        return here & (1 << self.length) if phrase.ends else here

    def cover(self, phrase: Phrase) -> int:
        """The places of all words of all matches of `phrase`, the words in its gaps left out."""
        reached = [1 if phrase.begins else self.everywhere]
        for step in phrase.steps:
            reached.append(self._after(step, reached[-1], -1))
            if not reached[-1]:
                return 0
        covered, back = 0, reached[-1] & (1 << self.length) if phrase.ends else reached[-1]
        for step, before in zip(reversed(phrase.steps), reversed(reached[:-1]), strict=True):
            came = back & before if isinstance(step, Gap) or step.optional else 0
            if isinstance(step, Gap):
                for words in range(1, step.words + 1):
                    came |= (back >> words) & before
            else:
                for length, starts in self.starts(step):
                    used = (back >> length) & starts & before
                    came |= used
                    for offset in range(length):
                        covered |= used << offset
            back = came
        return covered

    def starts(self, piece: Piece) -> tuple[tuple[int, int], ...]:
        """For each length in words, where a run of that length begins."""
        known = self._starts.get(piece.runs)
        if known is None:
            by_length: dict[int, int] = {}
            for run in piece.runs:
                mask = self.sets.get(run[0], 0)
                if not mask:
                    continue
                for offset, atom in enumerate(run[1:], 1):
                    if not mask:
                        break
                    mask &= self.sets.get(atom, 0) >> offset
                if mask:
                    by_length[len(run)] = by_length.get(len(run), 0) | mask
            known = self._starts[piece.runs] = tuple(by_length.items())
        return known

    def _after(self, step: Piece | Gap, here: int, allowed: int) -> int:
        if isinstance(step, Gap):
            passing = self._pass_any if step.over_not else self._pass
            there = here
            for _ in range(step.words):
                here = (here & passing) << 1
                there |= here
            return there
        there = here if step.optional else 0
        for length, starts in self.starts(step):
            begun = here & starts
            for offset in range(length if allowed != -1 else 0):
                begun &= allowed >> offset
            there |= begun << length
        return there


def _bits(indexes: list[int], length: int) -> int:
    """The number with exactly these bits set, without the cost of one large shift for each."""
    if len(indexes) < 8:
        mask = 0
        for index in indexes:
            mask |= 1 << index
        return mask
    buffer = bytearray(length // 8 + 1)
    for index in indexes:
        buffer[index >> 3] |= 1 << (index & 7)
    return int.from_bytes(buffer, "little")
