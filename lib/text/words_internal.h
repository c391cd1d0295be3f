/* words_internal - what the files of the word cutter share. */
#pragma once

#include "text/words.h"

KH_BEGIN_DECLS

#define KH_NON_JOINER       "\xE2\x80\x8C" /* U+200C */
#define KH_NON_JOINER_BYTES 3u

typedef struct kh_icu_run kh_icu_run;

struct kh_words {
    kh_str text;
    size_t at;           /* bytes; everything before is cut */
    size_t run_end;      /* bytes; end of the run that icu cuts */
    size_t previous_end; /* bytes; of the last word */
    kh_word_kind previous_kind;
    bool has_previous;
    bool has_left_out; /* a token that is too long for a word */
    bool is_in_run;    /* icu has a run in work */
    bool is_slow;
    kh_icu_run *icu; /* owned; NULL until a run needs it */
};

/* kh_words_next() for words that words_simple.h does not know. */
bool kh_words_next_by_rules(kh_words *words, kh_word *out);

/* Bytes of the apostrophe at `at` (' or U+2019), 0 if there is none. */
static inline size_t kh_apostrophe_bytes(const char *at, size_t left)
{
    if (left > 0 && *at == '\'')
        return 1;
    return left > 2 && memcmp(at, "\xE2\x80\x99", 3) == 0 ? 3 : 0;
}

/* Bytes of the apostrophe that ends at `end`, 0 if there is none. */
static inline size_t kh_apostrophe_before(kh_str text, size_t end)
{
    if (end > 0 && text.ptr[end - 1] == '\'')
        return 1;
    return end > 2 && kh_apostrophe_bytes(text.ptr + end - 3, 3) == 3 ? 3 : 0;
}

/* The s of a possessive that the rules tear off: 2024's, U.S.'s, "Dune"'s. */
static inline bool kh_is_stray_possessive(kh_str text, size_t start, size_t end)
{
    if (end - start != 1 || (text.ptr[start] | 0x20) != 's')
        return false;
    size_t quote = kh_apostrophe_before(text, start);
    return quote > 0 && start > quote &&
           (unsigned char)text.ptr[start - quote - 1] > ' ';
}

/* How the word behind a gap is joined to the one before it. */
static inline kh_word_join kh_join_by_gap(const char *gap, size_t bytes)
{
    if (bytes == 1)
        return *gap == '-' ? KH_JOIN_HYPHEN : KH_JOIN_NONE;
    bool is_hyphen =
        bytes == 3 && /* U+2010 hyphen, U+2011 non-breaking hyphen */
        (memcmp(gap, "\xE2\x80\x90", 3) == 0 || memcmp(gap, "\xE2\x80\x91", 3) == 0 ||
         memcmp(gap, KH_NON_JOINER, 3) == 0);
    return is_hyphen ? KH_JOIN_HYPHEN : KH_JOIN_NONE;
}

/* A piece that the rules keep together, before possessives and articles are cut off. */
typedef struct kh_piece {
    size_t start; /* bytes, in the text */
    size_t end;
    kh_word_kind kind;
    bool has_mid; /* an apostrophe or another joining mark may stand in it */
} kh_piece;

/* UAX #29 over everything that needs no dictionary. *at stands on a letter, digit or
 * connector and moves behind the piece. Returns false if it has neither letter nor
 * digit. Linear: looks ahead over one joining mark at most. */
bool kh_piece_plain(kh_piece *out, kh_str text, size_t *at);

/* One unit of Han or kana, or a run of Hangul; *at stands on it and moves behind. */
void kh_piece_character(kh_piece *out, kh_str text, size_t *at);
void kh_piece_hangul(kh_piece *out, kh_str text, size_t *at);

/* Behind a run of Thai, Lao, Khmer, Burmese ... that begins at from. Longer runs than
 * KH_DICTIONARY_RUN_MAX bytes end there. */
#define KH_DICTIONARY_RUN_MAX 65536
size_t kh_dictionary_run_end(kh_str text, size_t from);

/* Behind a run that ICU alone cuts, for the slow path; from is not at a cut. */
size_t kh_plain_run_end(kh_str text, size_t from);

/* Whether the narrow no-break space at (the bytes at..at+3) stands between digits. */
bool kh_joins_digits(kh_str text, size_t run_start, size_t at);

/* Whether at `at`, behind the beginning of a word, a non-joiner parts two words: one
 * side an Arabic letter, the other any letter or digit. Constant time, but for the
 * marks before it. */
bool kh_is_seam(kh_str text, size_t at);

/* Move behind the marks and zero-width characters at `at`. */
size_t kh_skip_extends(kh_str text, size_t at);

/* ICU's word breaks over one run of a text. */
KH_MUST_USE kh_status kh_icu_run_open(kh_icu_run **out, kh_error *err);
void kh_icu_run_free(kh_icu_run *run); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_icu_run, kh_icu_run_free)
void kh_icu_run_reset(kh_icu_run *run, kh_str text, size_t start, size_t end);
/* The next piece with a letter or digit; false at the end of the run. */
bool kh_icu_run_next(kh_icu_run *run, kh_piece *out);

KH_END_DECLS
