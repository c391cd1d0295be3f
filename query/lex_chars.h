/* lex_chars - what a character is to the query language, as far as marks go. Inside
 * query/ only. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

bool kh_lex_is_space(uint32_t c);

/* Brackets, also of full width, as Chinese keyboards have them. */
bool kh_lex_opens(uint32_t c);
bool kh_lex_closes(uint32_t c);

/* A quotation mark, whether it opens or closes. */
bool kh_lex_is_quote(uint32_t c);

bool kh_lex_is_ascii_letter(uint32_t c);
bool kh_lex_is_digit(uint32_t c);

/* A letter: every code point beyond ASCII that is no space and no quote. */
bool kh_lex_is_letter(uint32_t c);

/* A small letter of Latin, Greek or Cyrillic. */
bool kh_lex_is_lower(uint32_t c);

/* A letter of a script that has no capitals, as far as news is written in it. */
bool kh_lex_is_caseless(uint32_t c);
