/* record - stored articles: find words and phrases in one, give back sentences and
 * fields.
 *
 * The only way to an article's text. Nobody above asks for the whole text to search it:
 * words, phrases, positions and sentences are asked for here (docs/index-format.md,
 * "Record"). What the numbers mean:
 *
 * - document: 1 to kh_records_n(), in one segment
 * - sentence: from 0 through all blocks of the article, fields last; what @REF:14-17
 *   counts
 * - position: of a unit (word or Han/kana character), from 0 through all blocks
 * - offsets: in the stored text, blocks of kind 1 to 4 end to end (--show ID --text)
 *
 * A damaged record is KH_ERR_CORRUPT and names the segment's folder and the document.
 */
#pragma once

#include "article/article.h"
#include "base/arena.h"
#include "base/cleanup.h"
#include "base/error.h"

KH_BEGIN_DECLS

#define KH_RECORD_VERSION   4
#define KH_RECORD_WORDS_MAX 32 /* words of one kh_record_query: bits of a mask */

/* The records of one segment, mapped. Not thread-safe: a handle a thread. */
typedef struct kh_records kh_records;

/* folder: of the segment. */
KH_MUST_USE kh_status kh_records_open(kh_records **out, const char *folder,
                                      kh_error *err);
void kh_records_free(kh_records *records); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_records, kh_records_free)

uint32_t kh_records_n(const kh_records *records);

/* What is known of each document without touching its record: an array look-up. */
typedef struct kh_record_head {
    uint64_t key;    /* kh_article_key() of the id, or of id and input (resolve) */
    uint32_t length; /* document length: sum of text wdf */
    uint32_t date;   /* kh_date_pack(); 0 none */
    uint64_t text;   /* kh_article_text_hash(): whether it changed since */
} kh_record_head;
kh_record_head kh_record_head_of(const kh_records *records, uint32_t document);
/* Lengths of all documents: that of document d stands at (d - 1) * *stride, 4 bytes,
 * little endian; its date stands behind it in the same form. NULL if there is none. */
const unsigned char *kh_records_lengths(const kh_records *records, size_t *stride);

/* ---- looking for words ---- */

typedef enum kh_record_word_kind {
    KH_RECORD_TERM,    /* its term, pair or compound term is one of the variants */
    KH_RECORD_FORM,    /* its form (folded, accents off) is one of the variants */
    KH_RECORD_FOLDED,  /* its folded form (accents on) is a variant: =waters, =café */
    KH_RECORD_SURFACE, /* as kh_fold_written() has it, it is a variant: =Waters */
} kh_record_word_kind;

/* One word of a query and what it may look like in a text.
 *
 * A variant that begins with a character of Han or kana is a run of them, side by side:
 * a pair as the index holds it. */
typedef struct kh_record_word {
    kh_record_word_kind kind;
    const kh_str *variants;
    size_t n_variants;
    const kh_str *terms; /* all terms that words of these variants have in the index:
                            how words too rare for a number are found; of KH_RECORD_TERM
                            the variants are the terms, and none need be given here */
    size_t n_terms;
    const kh_str *compounds; /* hyphenated words that are the word, too: their parts
                                folded, hyphens between ("shangri-la") */
    size_t n_compounds;
} kh_record_word;

/* Words compiled to be looked for in the records of one segment. */
typedef struct kh_record_query kh_record_query;

/**
 * @param words  n of them, at most KH_RECORD_WORDS_MAX; copied
 * @return       KH_OK, KH_ERR_LIMIT
 */
KH_MUST_USE kh_status kh_record_query_open(kh_record_query **out, kh_records *records,
                                           const kh_record_word *words, size_t n,
                                           kh_error *err);
void kh_record_query_free(kh_record_query *query); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_record_query, kh_record_query_free)

/* Words in order (window 0), or within a window in any order (NEAR). Never across a
 * block. */
typedef struct kh_record_phrase {
    const uint8_t *words; /* numbers of words of the query; the same may come again */
    size_t n;             /* 1: the word alone, for =exact and words of a field */
    uint32_t window;      /* 0: side by side, in order; else all lie within a stretch in
                             which the first and the last are at most `window` units
                             apart; each `goes_on` is one of them */
    uint64_t kinds;       /* bit k: look in blocks of kind k; 0: in all */
    bool is_sifted;      /* kh_record_sift() left the document in: nothing more is known
                            without a look at it */
    const bool *goes_on; /* of NEAR, by word: it stands directly behind the word before
                            it, a run with it; NULL: none does */
} kh_record_phrase;

/* Whether a document holds a phrase. A hyphen equals a space; sentence ends do not
 * matter. */
KH_MUST_USE kh_status kh_record_holds(bool *out, kh_record_query *query,
                                      uint32_t document, const kh_record_phrase *phrase,
                                      kh_error *err);

/**
 * Leave out documents of which it is known, without a look at the articles, that they
 * do not hold a phrase.
 *
 * @param n          how many; then how many are left
 * @param documents  of this segment, ascending, by the numbers that they have among
 *                   n_sources (xapian-c/rank.h); those left, in place
 */
KH_MUST_USE kh_status kh_record_sift(size_t *n, uint32_t *documents, uint32_t n_sources,
                                     kh_record_query *query,
                                     const kh_record_phrase *phrase, kh_error *err);

/* Fetch ahead for kh_record_holds: first where the article lies, some calls later the
 * article itself, so that it waits in the cache when it is asked. A hint alone; any
 * number is allowed. */
void kh_record_fetch_place(const kh_records *records, uint32_t document);
void kh_record_fetch(const kh_records *records, uint32_t document);

typedef struct kh_hit {
    uint32_t position;
    uint32_t sentence;
    uint32_t words;   /* bit i: words[i] of the query matches here */
    uint16_t n_units; /* how many units the hit covers: 2 for a pair of characters */
} kh_hit;

typedef struct kh_record_sentence {
    uint32_t position; /* of its first unit */
    uint32_t n_units;
    uint16_t block; /* from 0 */
    uint8_t kind;   /* kh_block_kind */
} kh_record_sentence;

/* Which hits NEAR is about. hits: n of one block, by position; marked, by hit: words of
 * operands that stand within the window of all others, added. */
void kh_record_mark_near(uint32_t *marked, const kh_hit *hits, size_t n,
                         const kh_record_phrase *phrase);

typedef struct kh_record_hits {
    const kh_hit *hits; /* by position; a unit may carry two (a pair and a compound) */
    size_t n_hits;
    const kh_record_sentence *sentences; /* all of the article */
    size_t n_sentences;
} kh_record_hits; /* lives in the query until its next call */

/* All places of all words of the query in a document. */
KH_MUST_USE kh_status kh_record_hits_read(kh_record_hits *out, kh_record_query *query,
                                          uint32_t document, kh_error *err);

/* ---- giving back ---- */

/* The article without its blocks: id, title, dates, authors, tags, places; in the
 * arena. n_words: units of the stored text. */
KH_MUST_USE kh_status kh_record_article(kh_article *out, uint32_t *n_words,
                                        kh_records *records, uint32_t document,
                                        kh_arena *arena, kh_error *err);

typedef struct kh_span {
    size_t start;
    size_t end; /* the first one after */
} kh_span;

typedef struct kh_excerpt {
    kh_str text;     /* sentences first to last; white space at its end is left out */
    kh_span chars;   /* in the stored text, code points */
    kh_span bytes;   /* in the stored text */
    uint32_t line;   /* where text begins in the file, from 1; 0 unknown */
    uint32_t column; /* bytes, from 1; 0 unknown */
    kh_str heading;  /* the last heading before it; empty if none */
    kh_span *highlights; /* bytes of text, in order, never touching, not over a
                            non-joiner: units asked for */
    size_t n_highlights;
} kh_excerpt; /* in the arena */

/* Which sentences, of kinds 1 to 4. */
typedef struct kh_excerpt_request {
    uint32_t document;
    uint32_t
        first; /* sentences, both included; last is cut to the end of the stored text */
    uint32_t last;
    const uint32_t *positions; /* units to highlight, ascending, of the whole article;
                                  those outside the run are passed over */
    size_t n_positions;
} kh_excerpt_request;

/* The text of a run of sentences. KH_ERR_ARGUMENT if there is no such sentence in the
 * stored text. */
KH_MUST_USE kh_status kh_record_excerpt(kh_excerpt *out, kh_records *records,
                                        const kh_excerpt_request *request,
                                        kh_arena *arena, kh_error *err);

typedef struct kh_outline_block {
    kh_block_kind kind;
    uint32_t first_sentence;
    uint32_t n_sentences; /* 1 or more */
    uint32_t line;        /* in the file; 0 unknown */
} kh_outline_block;

/* The blocks of the stored text, for --show. In the arena. */
KH_MUST_USE kh_status kh_record_outline(kh_outline_block **out, size_t *n,
                                        kh_records *records, uint32_t document,
                                        kh_arena *arena, kh_error *err);

/* Whether a document is of a sample of one in `every` of n: all of few, else some that
 * stand side by side now and then, so that most of a mapped file is not touched. */
static inline bool kh_is_in_sample(uint32_t document, uint32_t n, uint32_t every)
{
    const uint32_t few = 4096;
    const uint32_t together = 16;
    return every == 1 || n <= few || (document - 1) % (together * every) < together;
}

/* Read the records of a sample (kh_is_in_sample(); 1: all) and check it: checksums,
 * structure, UTF-8, sizes, that keys, lengths and records agree. The first fault is in
 * err; log (may be NULL) gets all. */
KH_MUST_USE kh_status kh_records_check(kh_records *records, uint32_t every, kh_buf *log,
                                       kh_error *err);

KH_END_DECLS
