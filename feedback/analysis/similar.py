"""Which of many comments say much the same as one: what nobody else says can point at a person."""

from collections.abc import Sequence

from feedback.analysis.coding.words import EMPTY_STEMS, WORD, stem

ALIKE = 0.2  # cosine; two sentences about one thing share about a fifth of their telling words


def most_similar(text: str, others: Sequence[str], *, most: int) -> list[tuple[int, float]]:
    """The places of the comments that are most like a text, with how much, the most alike first.

    Args:
        text: one comment, or part of one.
        others: masked comments; shape (n,).
        most: how many at most.

    Returns:
        Place and cosine of the weighted words, from `ALIKE` to 1.

    Source:
        Salton and Buckley (1988), Information Processing & Management 24:513-523: tf-idf weights.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer  # heavy, and seldom needed

    if not others:
        return []
    weigh = TfidfVectorizer(analyzer=_stems, sublinear_tf=True)
    try:
        table = weigh.fit_transform([*others, text])
    except ValueError:  # nobody wrote a word that tells anything
        return []
    alike = (table[:-1] @ table[-1].T).toarray().ravel()
    order = sorted(range(len(others)), key=lambda at: (-alike[at], at))
    return [(at, float(alike[at])) for at in order[:most] if alike[at] >= ALIKE]


def _stems(text: str) -> list[str]:
    return [found for word in WORD.findall(text) if (found := stem(word)) not in EMPTY_STEMS]
