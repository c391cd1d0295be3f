/* date_internal - the parts of the reader of dates. */
#pragma once

#include "article/date.h"

KH_BEGIN_DECLS

/* A date as the tokens it is read from. Format characters are nothing, digits of all
 * scripts are digits. */
typedef enum kh_date_token_kind {
    KH_DATE_TOKEN_END,
    KH_DATE_TOKEN_NUMBER, /* up to 9 digits; longer ones have the value UINT32_MAX */
    KH_DATE_TOKEN_WORD,   /* letters and marks; one character of Han or Hangul */
    KH_DATE_TOKEN_SIGN,
} kh_date_token_kind;

typedef struct kh_date_token {
    kh_date_token_kind kind;
    bool is_attached; /* no white space before it */
    uint32_t value;   /* of a number; code point of a sign */
    size_t n_digits;
    size_t start; /* bytes of the text */
    size_t end;
} kh_date_token;

#define KH_DATE_TOKENS 40

typedef struct kh_date_text {
    kh_str text;
    const kh_language *language;
    bool is_prose; /* month names of the language and English only */
    size_t n;      /* one END token stands behind the last */
    kh_date_token tokens[KH_DATE_TOKENS + 1];
} kh_date_text;

/* Read at most KH_DATE_TOKENS tokens from byte `at` on; or at most max_tokens of them.
 */
void kh_date_tokenise(kh_date_text *out, kh_str text, size_t at);
void kh_date_tokenise_some(kh_date_text *out, kh_str text, size_t at,
                           size_t max_tokens);

/* Append a text with digits of all scripts and signs of full width as ASCII, without
 * format characters. */
void kh_date_fold(kh_buf *out, kh_str text);

/* Where the next digit is that would make a number, from `at` on; no date is without
 * one. SIZE_MAX: nowhere. */
size_t kh_date_find_digit(kh_str text, size_t at);

bool kh_date_is_sign(const kh_date_text *text, size_t i, uint32_t sign);

/* Whether token i is a word that folds to one of those, separated by spaces. */
bool kh_date_is_word(const kh_date_text *text, size_t i, const char *words);

/* Month that token i (and perhaps the next) names, 1 to 12; 0 if none. */
unsigned kh_date_month(const kh_date_text *text, size_t i, size_t *n_tokens);

/* False if word i is certainly no month, nor part of one's name: in English prose,
 * where nothing but English names counts, by its first letters. */
bool kh_date_may_be_month(const kh_date_text *text, size_t i);

/* Whether token i is a weekday, or a part of its name. */
bool kh_date_is_weekday(const kh_date_text *text, size_t i);

/* A name of a month (1 to 12) or weekday (0), folded, and the languages that have it.
 */
typedef struct kh_date_name {
    const char *name;
    const char *languages; /* codes, each with a space before and behind */
    uint8_t month;
} kh_date_name;

/* Sorted by name. */
extern const kh_date_name kh_date_names[];
extern const size_t kh_date_n_names;

/* Read a date at token *i, which moves behind it. needs_year: else year 0 is allowed.
 */
bool kh_date_read_day(kh_date *out, const kh_date_text *text, size_t *i,
                      bool needs_year);

/* Read a time and zone at token *i into out; false and nothing done if there is none.
 */
bool kh_date_read_time(kh_date *out, const kh_date_text *text, size_t *i);

/* Machine forms: ISO 8601 from the first to the last byte. */
bool kh_date_parse_iso(kh_date *out, kh_str text);

bool kh_date_is_leap(int32_t year);
uint8_t kh_date_month_days(int32_t year, unsigned month);

/* Fill a date; a day or month of 0 is not known. False if there is no such day. */
bool kh_date_set(kh_date *out, uint32_t year, uint32_t month, uint32_t day);

KH_END_DECLS
