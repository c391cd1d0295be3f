/* numbers - which words, pairs, gaps and languages have numbers, and which.
 *
 * Internal to lib/record; rules: docs/index-format.md, section 5. */
#pragma once

#include "codes.h"
#include "pairs.h"
#include "record/writer.h"
#include "tally.h"
#include "wordlist.h"

KH_BEGIN_DECLS

/* Something that gets a number: a word, a character or a pair of characters. */
typedef struct kh_entry_count {
    kh_str text;
    uint64_t count;
    uint64_t languages;
    uint32_t first;  /* its number among all words; of a pair: of the first character */
    uint32_t second; /* of the second character; UINT32_MAX: no pair */
} kh_entry_count;

struct kh_numbers {
    kh_tally words;
    kh_tally gaps;
    kh_tally langs;
    kh_pairs pairs;
    uint64_t n_articles;
    kh_arena *arena;         /* texts of pairs */
    kh_entry_count *entries; /* owned; in the order of their numbers */
    size_t n_entries;
    size_t entries_capacity;
    uint32_t *codes;     /* owned; by number among all words; 0: rare */
    kh_pairs pair_codes; /* count: the code */
    bool has_pairs;
    uint32_t gap_order[KH_GAPS_MAX]; /* numbers in gaps, by id */
    uint32_t n_gaps;
    uint8_t *gap_ids;                  /* owned; by number in gaps; KH_GAPS_MAX: none */
    uint32_t lang_order[KH_LANGS_MAX]; /* numbers in langs, by bytes */
    uint32_t n_langs;
};

/* The number of a text among all words, or UINT32_MAX. */
uint32_t kh_numbers_find(const kh_numbers *numbers, kh_str text);

/* The number of an article's language in the list, or KH_LANG_OTHER. */
uint32_t kh_numbers_lang(const kh_numbers *numbers, kh_str lang);

/* ---- runs of characters: run.c ---- */

/* A piece of a run as the cheapest cut has it. */
typedef struct kh_piece {
    uint32_t code;   /* 0: rare */
    uint32_t first;  /* numbers among all words of its characters */
    uint32_t second; /* UINT32_MAX: one character */
    size_t start;    /* bytes, in the run */
    size_t end;
} kh_piece;

typedef struct kh_run {
    kh_piece *pieces; /* owned; n of them */
    size_t n;
    uint32_t *units; /* owned; scratch */
    size_t *starts;
    unsigned *costs;
    unsigned char *takes;
    size_t capacity;
} kh_run;

void kh_run_release(kh_run *run);

/* Cut a run so that the sum of code lengths is least. */
void kh_run_cut(kh_run *run, const kh_numbers *numbers, kh_str text);

KH_END_DECLS
