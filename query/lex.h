/* lex - the marks and words of a query; what is no mark is text. Inside query/ only. */
#pragma once

#include "query/parse.h"

typedef enum kh_lex_kind {
    KH_LEX_WORD,
    KH_LEX_PREFIX,
    KH_LEX_EXACT, /* =word */
    KH_LEX_PHRASE,
    KH_LEX_EXACT_PHRASE,
    KH_LEX_OPEN, /* ( with its partner */
    KH_LEX_CLOSE,
    KH_LEX_AND,
    KH_LEX_OR,
    KH_LEX_NOT,
    KH_LEX_NEAR,
} kh_lex_kind;

typedef struct kh_lexed {
    kh_lex_kind kind;
    kh_sign sign;   /* + or - directly before it */
    kh_field field; /* KH_N_FIELDS: none */
    kh_str text;    /* without marks; of an operator as it was typed */
    uint32_t window;
} kh_lexed;

typedef struct kh_lex_result {
    kh_lexed *items;
    size_t n;
    size_t capacity;
    kh_str *notes;
    size_t n_notes;
    size_t notes_capacity;
    kh_arena *arena; /* borrowed; all of the above lives there */
} kh_lex_result;

/* Cut well-formed UTF-8 into items. KH_OK, or KH_ERR_USAGE for an unknown field. */
KH_MUST_USE kh_status kh_lex(kh_lex_result *out, kh_str text, kh_error *err);

/* The same for -F: words between white space and nothing else. */
void kh_lex_literal(kh_lex_result *out, kh_str text);

/* Add a line to the notes, once. */
void kh_lex_note(kh_lex_result *result, const char *format, ...) KH_PRINTF(2, 3);
