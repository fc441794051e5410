#!/usr/bin/python3
"""Generates golden/sample.json.gz again: the results of scikit-learn for the sample catalogue.

Needs Debian's python3-sklearn; the tests need only the file.  An implementation of its own, with
scikit-learn's vectorizer and dense matrices, so that it shares no fault with the program.
Usage: tests/golden/make_golden.py
"""
import gzip
import html.parser
import json
import pathlib
from collections import Counter

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

HERE = pathlib.Path(__file__).resolve().parent
SAMPLE = HERE.parent.parent / "sample" / "catalogue.ndjson"
SEPARATORS = set("p br div li ul ol tr td h1 h2 h3 h4 h5 h6".split())


class PlainText(html.parser.HTMLParser):
    def __init__(self, markup):
        super().__init__()
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, _attributes):
        self.text += " " if tag in SEPARATORS else ""

    def handle_endtag(self, tag):
        self.handle_starttag(tag, None)

    def handle_data(self, data):
        self.text += data


def text_of(show):
    return " ".join(PlainText(show["summary"] or "").text.split())


def platform_of(show):
    return (show["network"] or show["webChannel"] or {}).get("name")


def vocabulary_of(texts, settings):
    counter = CountVectorizer(min_df=2, max_df=0.8, **settings)
    frequency = np.asarray(counter.fit_transform(texts).sum(axis=0)).ravel()
    ranked = sorted(zip(-frequency, counter.get_feature_names_out()))
    return sorted(term for _, term in ranked[:500])


def most_frequent(values, n):
    counts = Counter(filter(None, values))
    return sorted(counts, key=lambda name: (-counts[name], name))[:n]


def same(values, names):
    """Returns n × n: whether both shows have the same column. names=None: shows without a column match nothing."""
    columns = [v if names is None else (v if v in names else "\0other") for v in values]
    return np.array([[a == b and a is not None for b in columns] for a in columns], dtype=float)


def main():
    shows = [json.loads(line) for line in SAMPLE.open(encoding="utf-8")]
    shows.sort(key=lambda show: show["id"])
    texts = [text_of(show) for show in shows]
    settings = dict(stop_words="english", ngram_range=(1, 2), strip_accents="unicode")
    vectorizer = TfidfVectorizer(vocabulary=vocabulary_of(texts, settings), **settings)
    text = (vectorizer.fit_transform(texts) @ vectorizer.transform(texts).T).toarray()

    genres = sorted({genre for show in shows for genre in show["genres"]})
    hot = np.array([[genre in show["genres"] for genre in genres] for show in shows], dtype=float)
    sizes = hot.sum(axis=1)
    genre = hot @ hot.T / np.sqrt(np.maximum(np.outer(sizes, sizes), 1))
    platforms = most_frequent(map(platform_of, shows), 20)
    languages = most_frequent((show["language"] for show in shows), 5)
    metadata = (same([platform_of(show) for show in shows], platforms) + same([show["type"] for show in shows], None)
                + same([show["language"] for show in shows], languages)) / 3

    score = np.round(0.4 * genre + 0.5 * text + 0.1 * metadata, 12)
    lists = {}
    for row, show in enumerate(shows):
        ranking = sorted((c for c in range(len(shows)) if c != row and score[row, c] >= 0.1),
                         key=lambda c: (-score[row, c], shows[c]["id"]))[:20]
        lists[show["id"]] = [[shows[c]["id"]] + [round(float(part[row, c]), 10) for part in (score, genre, text, metadata)]
                             for c in ranking]
    golden = {"terms": list(vectorizer.get_feature_names_out()), "idf": [round(float(v), 12) for v in vectorizer.idf_],
              "genres": genres, "platforms": platforms, "types": sorted({show["type"] for show in shows}),
              "languages": languages, "lists": lists}
    with open(HERE / "sample.json.gz", "wb") as file:
        file.write(gzip.compress(json.dumps(golden, ensure_ascii=False).encode(), mtime=0))
    print(f"{len(shows)} shows, {len(golden['terms'])} terms")


if __name__ == "__main__":
    main()
