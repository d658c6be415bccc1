"""The model behind both readers: words and pieces of words, weighed. It trains in seconds, reads in a millisecond."""

from __future__ import annotations

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline, make_union


def reader() -> Pipeline:
    """An untrained model from texts to labels. Pieces of words carry it over typing slips and short spellings."""
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True)
    return make_pipeline(
        make_union(words, pieces), LogisticRegression(C=20, solver="liblinear", class_weight="balanced")
    )
