/* lex_quotes - which quotation mark opens, and what closes it. Inside query/ only. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

#define KH_LEX_QUOTE_KINDS 12u

/* What reading quotes of one text remembers; begins as zeros. */
typedef struct kh_lex_quotes {
    /* Opening quotes that nothing closes any more. */
    uint32_t unclosed[KH_LEX_QUOTE_KINDS];
    size_t n_unclosed;
} kh_lex_quotes;

/* Whether the character at `at` (before the end) is a quote that parts words. */
bool kh_lex_quote_parts(kh_str text, size_t at);

/* Whether a quote opens at `at`. */
bool kh_lex_quote_opens(kh_str text, size_t at);

/**
 * Read the quote that opens at `at`.
 *
 * @param[out] inside  its content
 * @param[out] end     first byte behind it
 * @return             false if it is never closed; then no later one of its kind is,
 *                     and is not looked for
 */
bool kh_lex_quote_read(kh_lex_quotes *quotes, kh_str *inside, size_t *end, kh_str text,
                       size_t at);
