/* record_query - words of a query compiled, and the hits they have in a block.
 *
 * Two ways lead from a block to its hits. The slow one runs the language's analyser
 * over it and asks for each lexeme which words it is; a memo by lexeme number makes
 * that one array load. The fast one (record_scan.c) cuts the block at ASCII white space
 * and lets only those runs through the analyser that are more than plain ASCII words,
 * or that begin like a term that is asked for. Both give the same hits; a test holds
 * it. Internal to lib/index. */
#pragma once

#include "records.h"

KH_BEGIN_DECLS

typedef struct kh_record_variant {
    uint64_t hash;
    kh_str text; /* in the query's arena */
    uint32_t words;
    uint8_t kind;    /* kh_record_word_kind */
    bool is_present; /* the slot is taken */
} kh_record_variant;

/* A place in a block, before sentences are known. */
typedef struct kh_record_place {
    uint32_t start;    /* bytes, in the block */
    uint32_t position; /* of its first unit, from 0 in the block */
    uint32_t words;
    uint32_t n_units;
} kh_record_place;

/* Where sentences of a block end, and what a scan finds of them. */
typedef struct kh_record_marks {
    const uint32_t *ends; /* bytes, in the block; the last is that of the block */
    size_t n;             /* 1 or more */
    uint32_t *positions;  /* of the first unit of each, from 0 in the block; filled */
    uint32_t n_units;     /* of the block; filled */
} kh_record_marks;

#define KH_RECORD_FILTER_BITS 4096u

/* Variants whose letters are compared with those of a run before it is looked at;
 * with more of them every run is. */
#define KH_RECORD_LETTERS_MAX 16u

struct kh_record_query {
    kh_records *records; /* borrowed */
    kh_arena *arena;
    uint32_t stamp;
    uint32_t spelt; /* words that are told by their spelling: all but TERM */
    kh_str only_forms[KH_RECORD_WORDS_MAX]; /* of a word with one form that
                                               kh_absent_takes(); in the arena */
    kh_record_variant *variants;            /* owned; open addressing */
    size_t n_variants;
    size_t n_slots; /* a power of two */
    bool has_kind[KH_RECORD_SURFACE + 1];
    bool begins[256]; /* ASCII first letters of the stems of TERM variants */
    uint64_t begins_so[65536 / 64];              /* the same by their first two bytes */
    uint64_t filter[KH_RECORD_FILTER_BITS / 64]; /* ASCII variants by first and last
                                                    letter and length */
    uint64_t letters[KH_RECORD_LETTERS_MAX];     /* of the spelt variants:
                                                    record_letters.h */
    kh_str squeezed[KH_RECORD_LETTERS_MAX];      /* in the arena; empty: no use */
    uint32_t letter_words[KH_RECORD_LETTERS_MAX];
    size_t n_letters; /* above the maximum: no use */
    bool is_slow;     /* for tests: never the fast way */

    kh_str characters[KH_RECORD_WORDS_MAX]; /* a word that is one character and nothing
                                               else; in the arena */

    kh_record_place *places; /* owned: of the block looked at last */
    size_t n_places;
    size_t places_capacity;

    uint32_t *marks; /* owned: ends and positions of a block's sentences */
    size_t marks_capacity;
    kh_hit *hits; /* owned */
    size_t n_hits;
    size_t hits_capacity;
    kh_record_sentence *sentences; /* owned */
    size_t sentences_capacity;
    unsigned char *reached; /* owned: two rows of a flag a place */
    size_t reached_capacity;
};

/* Words that a lexeme is. */
uint32_t kh_record_words_of(const kh_record_query *query, const kh_lexeme *lexeme);

/* The same, remembered. */
uint32_t kh_record_words_cached(kh_record_query *query, kh_record_analyser *slot,
                                const kh_lexeme *lexeme);

/* The same for a lexeme whose number is at hand, without looking at the lexeme itself.
 */
uint32_t kh_record_words_numbered(kh_record_query *query, kh_record_analyser *slot,
                                  uint32_t number, const kh_lexeme *lexeme);

/* Words that have a variant of a kind. */
uint32_t kh_record_lookup(const kh_record_query *query, kh_record_word_kind kind,
                          kh_str text, uint64_t hash);

/* Fill places from a block, through the analyser; which: words wanted. */
void kh_record_analyse(kh_record_query *query, kh_record_analyser *slot, kh_str block,
                       uint32_t which);

/* One scan of a block the fast way. */
typedef struct kh_record_scan {
    kh_record_query *query;
    kh_record_analyser *slot;
    const kh_language *language;
    kh_str block;
    uint32_t which;         /* words wanted */
    kh_record_marks *marks; /* may be NULL */
    bool is_rough; /* a run without hits may count as one unit: what stands side
                      by side is right, distances are too small */
    /* its own: zero at the beginning */
    uint32_t position; /* of the next unit */
    bool wants_terms;
    bool is_english;
    bool needs_slow;
} kh_record_scan;

/* Fill places the fast way. False: this block needs the slow way. */
bool kh_record_scan_block(kh_record_scan *scan);

/* Where in the filter an ASCII word lies; len is 1 or more, letters may be capitals. */
static inline unsigned kh_record_filter_bit(const char *word, size_t len)
{
    unsigned first = (unsigned char)word[0] | 0x20u;
    unsigned last = (unsigned char)word[len - 1] | 0x20u;
    return (first * 61 + last * 7 + (unsigned)len * 331) % KH_RECORD_FILTER_BITS;
}

/* For the differential test. */
void kh_record_query_set_slow(kh_record_query *query, bool is_slow);

KH_END_DECLS
