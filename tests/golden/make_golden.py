#!/usr/bin/python3
"""Generates golden/sample.json.gz again: the results of scikit-learn for the sample catalogue, with both recipes.

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


def classic(shows, texts, matches):
    """Returns score and parts, each n × n, and the columns."""
    settings = dict(stop_words="english", ngram_range=(1, 2), strip_accents="unicode")
    vectorizer = TfidfVectorizer(vocabulary=vocabulary_of(texts, settings), **settings)
    text = (vectorizer.fit_transform(texts) @ vectorizer.transform(texts).T).toarray()
    genres = sorted({genre for show in shows for genre in show["genres"]})
    hot = np.array([[genre in show["genres"] for genre in genres] for show in shows], dtype=float)
    sizes = hot.sum(axis=1)
    genre = hot @ hot.T / np.sqrt(np.maximum(np.outer(sizes, sizes), 1))
    score = np.round(0.4 * genre + 0.5 * text + 0.1 * matches, 12)
    return (score, genre, text, matches), {"terms": list(vectorizer.get_feature_names_out()),
                                           "idf": [round(float(v), 12) for v in vectorizer.idf_], "genres": genres}


def weighted(counts, keep):
    """Returns counts × idf of the columns to keep."""
    n, df = len(counts), (counts > 0).sum(axis=0)
    columns = keep(df)
    return counts[:, columns] * (np.log((1 + n) / (1 + df[columns])) + 1)


def balanced(shows, texts, matches):
    n = len(shows)
    counter = CountVectorizer(stop_words="english", strip_accents="unicode")
    counts = counter.fit_transform([f"{text} {show['name']} {show['name']}" for text, show in zip(texts, shows)]).toarray()
    tf = np.where(counts > 0, 1 + np.log(np.maximum(counts, 1)), 0)
    rows = weighted(tf, lambda df: (df >= 2) & (df <= max(0.02 * n, 100)))
    length = np.linalg.norm(rows, axis=1)
    length = np.maximum(length, np.median(length[length > 0]))
    text = (rows / length[:, None]) @ (rows / length[:, None]).T

    genres = sorted({genre for show in shows for genre in show["genres"]})
    hot = weighted(np.array([[genre in show["genres"] for genre in genres] for show in shows], dtype=float), lambda df: df > 0)
    norm = np.linalg.norm(hot, axis=1)
    genre = hot @ hot.T / np.maximum(np.outer(norm, norm), 1e-9)

    years = np.array([int(show["premiered"][:4]) if show["premiered"] else np.nan for show in shows])
    age = np.nanmax(years) + 2 - years
    year = np.nan_to_num((np.minimum(age[:, None], age) / np.maximum(age[:, None], age)) ** 2)
    ratings = np.array([show["rating"]["average"] if show["rating"] and show["rating"]["average"] else np.nan for show in shows],
                       dtype=float)
    ratings = np.where(np.isnan(ratings), np.nanmean(ratings), ratings)
    rating = np.maximum(0, 1 - np.maximum(0, ratings[:, None] - ratings) / 2)
    parts = [np.round(part, 12) for part in (genre, text, matches, year, rating)]
    score = np.round(sum(weight * part for weight, part in zip((0.22, 0.55, 0.11, 0.065, 0.055), parts)), 12)
    return (score, *parts)


def ranked(shows, score_and_parts):
    score = score_and_parts[0]
    lists = {}
    for row, show in enumerate(shows):
        ranking = sorted((c for c in range(len(shows)) if c != row and score[row, c] >= 0.1),
                         key=lambda c: (-score[row, c], shows[c]["id"]))[:20]
        lists[show["id"]] = [[shows[c]["id"]] + [round(float(part[row, c]), 10) for part in score_and_parts] for c in ranking]
    return lists


def main():
    shows = [json.loads(line) for line in SAMPLE.open(encoding="utf-8")]
    shows.sort(key=lambda show: show["id"])
    texts = [text_of(show) for show in shows]
    platforms = most_frequent(map(platform_of, shows), 20)
    languages = most_frequent((show["language"] for show in shows), 5)
    matches = (same([platform_of(show) for show in shows], platforms) + same([show["type"] for show in shows], None)
               + same([show["language"] for show in shows], languages)) / 3
    parts, columns = classic(shows, texts, matches)
    golden = columns | {"platforms": platforms, "types": sorted({show["type"] for show in shows}), "languages": languages,
                        "lists": ranked(shows, parts), "balanced": ranked(shows, balanced(shows, texts, matches))}
    with open(HERE / "sample.json.gz", "wb") as file:
        file.write(gzip.compress(json.dumps(golden, ensure_ascii=False).encode(), mtime=0))
    print(f"{len(shows)} shows, {len(golden['terms'])} terms")


if __name__ == "__main__":
    main()
