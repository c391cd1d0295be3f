#!/usr/bin/env python3
"""The plain baseline for passages: every stretch of whole sentences is a document of BM25.

usage: windows.py FOLDER STEMMER > RESULTS.jsonl

FOLDER has articles.jsonl and queries.tsv. A stretch has at most 120 words and cannot be made
longer (a longer sentence is one by itself); it never crosses a line. k1 = 1.2, b = 0.3, every
word counts. The best stretch of an article is its result; ten articles a query.
"""
import collections
import json
import math
import os
import re
import sys

import Stemmer

MAX_WORDS = 120
LOOKED_AT = 400  # best stretches, before one an article is kept
K1, B = 1.2, 0.3


def stretches(body):
    """Longest runs of whole sentences, each beginning later than the one before."""
    sentences = []
    for line in body.split("\n"):
        sentences += [s for s in re.split(r"(?<=[.!?])\s+", line) if s.strip()]
    lengths = [len(s.split()) for s in sentences]
    reached = -1
    for first in range(len(sentences)):
        end, total = first + 1, lengths[first]
        while end < len(sentences) and total + lengths[end] <= MAX_WORDS:
            total += lengths[end]
            end += 1
        if end > reached:
            reached = end
            yield " ".join(sentences[first:end])


class Index:
    def __init__(self, stem):
        self.stem = stem
        self.texts = []  # (article, text)
        self.lengths = []
        self.postings = collections.defaultdict(list)

    def terms(self, text):
        return [self.stem(word) for word in re.findall(r"\w+", text.lower())]

    def add(self, article, text):
        counts = collections.Counter(self.terms(text))
        for term, n in counts.items():
            self.postings[term].append((len(self.texts), n))
        self.texts.append((article, text))
        self.lengths.append(sum(counts.values()))

    def search(self, query):
        average = sum(self.lengths) / len(self.lengths)
        scores = collections.defaultdict(float)
        for term in sorted(set(self.terms(query))):
            found = self.postings.get(term, [])
            idf = math.log(1 + (len(self.texts) - len(found) + 0.5) / (len(found) + 0.5))
            for at, n in found:
                norm = K1 * (1 - B + B * self.lengths[at] / average)
                scores[at] += idf * n * (K1 + 1) / (n + norm)
        return sorted(scores.items(), key=lambda x: (-x[1], x[0]))[:LOOKED_AT]


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    folder, language = sys.argv[1:]
    stem = Stemmer.Stemmer(language).stemWord if language != "none" else lambda word: word
    index = Index(stem)
    with open(os.path.join(folder, "articles.jsonl"), encoding="utf-8") as file:
        for line in file:
            article = json.loads(line)
            for text in stretches(article["body"]):
                index.add(article["id"], text)
    with open(os.path.join(folder, "queries.tsv"), encoding="utf-8") as file:
        for line in file:
            query_id, query = line.rstrip("\n").split("\t", 1)
            seen = {}
            for at, score in index.search(query):
                seen.setdefault(index.texts[at][0], (score, index.texts[at][1]))
            for rank, (article, (score, text)) in enumerate(list(seen.items())[:10], 1):
                print(json.dumps({"query_id": query_id, "rank": rank, "score": score,
                                  "article": {"id": article}, "passage": {"text": text}},
                                 ensure_ascii=False))


if __name__ == "__main__":
    main()
