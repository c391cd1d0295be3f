/* words_internal - what the files of the word cutter share. */
#pragma once

#include "text/words.h"

KH_BEGIN_DECLS

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

/* Move behind the marks and zero-width characters at `at`. */
size_t kh_skip_extends(kh_str text, size_t at);

/* ICU's word breaks over one run of a text. */
typedef struct kh_icu_run kh_icu_run;

KH_MUST_USE kh_status kh_icu_run_open(kh_icu_run **out, kh_error *err);
void kh_icu_run_free(kh_icu_run *run); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_icu_run, kh_icu_run_free)
void kh_icu_run_reset(kh_icu_run *run, kh_str text, size_t start, size_t end);
/* The next piece with a letter or digit; false at the end of the run. */
bool kh_icu_run_next(kh_icu_run *run, kh_piece *out);

KH_END_DECLS
