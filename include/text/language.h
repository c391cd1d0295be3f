/* language - what analysis has to know of a language, and how codes name one. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

KH_BEGIN_DECLS

/* One row a language with traits of its own; every other language shares one neutral
 * row whose code is "". Constant, never freed; rows may be compared by address. */
typedef struct kh_language {
    const char *code;    /* BCP 47 primary subtag, ISO 639-1 where there is one: "en" */
    const char *stemmer; /* name of the algorithm, libstemmer's or ours; NULL: words
                            stay whole */
    bool is_dotless_i;   /* I folds to dotless i, and an apostrophe keeps endings apart
                            (Turkish, Azerbaijani) */
    bool has_decimal_comma;  /* 5,83 is five point eight three; 1.000 is a thousand */
    bool has_month_first;    /* 05/06/2025 is 6 May (American English) */
    bool keeps_first_letter; /* stemming never changes the first code point of a form */
} kh_language;

/* The neutral row: code "", no stemmer. */
const kh_language *kh_language_neutral(void);

/* The row of a code as kh_language_code() writes it ("hi"); the neutral row if it has
 * none. */
const kh_language *kh_language_find(kh_str code);

/* All rows with traits, n of them. */
const kh_language *kh_language_table(size_t *n);

/* Number of a row in the table, for arrays; the neutral row has the number n. */
size_t kh_language_number(const kh_language *language);

/**
 * Write the canonical code of whatever names a language: ISO 639-1, -2 or -3, BCP 47
 * with region or script, any case, "_" for "-" ("eng", "en_US", "HIN", "zh-Hant" -> en
 * en hi zh).
 *
 * @return false if it names no language; out is untouched then
 */
bool kh_language_code(kh_buf *out, kh_str name);

#define KH_LANGUAGE_TAG_BYTES 64u /* a longer tag loses subtags at its end */

/**
 * The same with all that the name says, as a BCP 47 tag in its usual case: "zh_hant_tw"
 * -> zh-Hant-TW, "PT-br" -> pt-BR, "en_US.UTF-8" -> en-US. It begins with what
 * kh_language_code() writes; other subtags stay as they are. What is out of order ends
 * it.
 *
 * @param[out] is_whole  whether all of the name is in it; may be NULL
 * @return     false if it names no language; nothing is written then
 * Source:     RFC 5646, 2.1; POSIX's codeset and modifier are left out.
 */
bool kh_language_tag(kh_buf *out, bool *is_whole, kh_str name);

/* What a tag begins with, a code: "zh" of "zh-Hant-TW". */
kh_str kh_language_primary(kh_str tag);

/**
 * Guess the language of a text, from at most its first 4,096 bytes.
 *
 * @param out  the canonical code is appended; nothing if the guess is not reliable
 * @return     whether a code was appended
 * Source:     CLD2 (Debian's libcld2), and the script where it leaves one language
 * only.
 */
bool kh_language_detect(kh_buf *out, kh_str text);

KH_END_DECLS
