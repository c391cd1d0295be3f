/* analysis - from a text to terms: the one way for the indexer, queries and highlights.
 *
 *   text --words--> surface --fold--> folded --strip--> form
 *                                       \--stem, strip, mark--> term   "en:treati"
 *
 * Order and reasons: docs/analysis.md. A change of any answer here is a new
 * KH_ANALYSIS_VERSION: an index of another version is refused. */
#pragma once

#include "base/arena.h"
#include "base/error.h"
#include "text/language.h"
#include "text/words.h"

KH_BEGIN_DECLS

#define KH_ANALYSIS_VERSION 4
#define KH_TERM_MAX_BYTES   240 /* a longer term ends in 16 hex digits of its hash */

#define KH_LEXEME_NOTES 8u

/* A word as written, and what becomes of it. Lives in the analyser that made it, until
 * that is freed or trimmed; its address and number name it there. All text views are
 * NUL-free. */
typedef struct kh_lexeme {
    uint32_t *notes; /* KH_LEXEME_NOTES numbers for whoever has the analyser, 0 when it
                        is new */
    uint32_t number; /* 0, 1, 2 ... in order of first sight, in this analyser */
    uint8_t kind;    /* kh_word_kind */
    bool may_be_acronym; /* in capitals, and may stand for an acronym: US */
    kh_str
        term; /* what the index holds; for a character: "" (terms are made of pairs) */
    kh_str form;   /* accents off, Chinese simplified, no suffix behind an apostrophe */
    kh_str folded; /* accents on; a character: itself, folded */
    kh_str surface; /* as written */
} kh_lexeme;

typedef enum kh_token_kind {
    KH_TOKEN_WORD, /* a unit of text; has a position of its own */
    KH_TOKEN_PAIR, /* two neighbouring characters, or the last one of a run: a term, but
                      no unit; stands directly behind the (first) character it covers */
    KH_TOKEN_COMPOUND, /* the parts of a hyphenated word joined: a term, but no unit;
                          stands directly behind its last part */
} kh_token_kind;

typedef struct kh_token {
    size_t start; /* bytes, in the text; a compound covers all its parts */
    size_t end;
    uint32_t
        position; /* of the unit, 0, 1, 2 ...; of a pair or compound: its first unit */
    uint32_t
        n_units; /* 1; of a pair 2 (or 1: the last of a run), of a compound its parts */
    kh_token_kind kind;
    kh_word_join join;
    const kh_lexeme
        *lexeme; /* never NULL; of a pair: term set, form and folded the pair */
    const kh_lexeme *const *parts; /* of a compound only: n_units words, until the next
                                      token; else not set */
} kh_token;

/**
 * Analyses texts of one language. Caches every surface form it has seen (a cached word
 * costs one look-up), so keep one for each language and thread. Not thread-safe.
 */
typedef struct kh_analyser kh_analyser;

/* language: a row of kh_language_table() or the neutral one. */
KH_MUST_USE kh_status kh_analyser_open(kh_analyser **out, const kh_language *language,
                                       kh_error *err);
void kh_analyser_free(kh_analyser *analyser); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_analyser, kh_analyser_free)

/* Begin a text, which must outlive the analysis. Positions start at first_position. */
void kh_analyser_reset(kh_analyser *analyser, kh_str text, uint32_t first_position);

/* The next token in text order; false at the end. */
bool kh_analyser_next(kh_analyser *analyser, kh_token *out);

/* The next tokens, 1 to max (which is not 0); 0 at the end. A compound is the last of
 * those given. */
size_t kh_analyser_some(kh_analyser *analyser, kh_token *out, size_t max);

/* At the end: whether something in the text was too long for a word, so that no token
 * stands for it. */
bool kh_analyser_has_left_out(const kh_analyser *analyser);

/* Lexemes made so far: every lexeme's number is below it. */
uint32_t kh_analyser_n_lexemes(const kh_analyser *analyser);

/* Forget all lexemes if more than max_lexemes are cached: between articles, to bound
 * memory. Returns whether they were forgotten (numbers then start at 0 again). */
bool kh_analyser_trim(kh_analyser *analyser, uint32_t max_lexemes);

/* Set all notes of all lexemes to 0. */
void kh_analyser_clear_notes(kh_analyser *analyser);

/* Bytes that the cached lexemes take. */
size_t kh_analyser_bytes(const kh_analyser *analyser);

/* The term of a folded word in a language: no suffix, stem, strip, mark, shorten. For
 * query words. */
void kh_term_of(kh_analyser *analyser, kh_buf *out, kh_str folded);

/* The lexeme of a word as it stands alone in a text: 1 to KH_WORD_MAX_BYTES bytes, one
 * unit. US is read as the word there: kh_lexeme_has_term() knows of the acronym. */
const kh_lexeme *kh_analyser_lexeme(kh_analyser *analyser, kh_str surface);

/* The same if the analyser has it already, else NULL: none is made. */
const kh_lexeme *kh_analyser_known(const kh_analyser *analyser, kh_str surface);

/* Whether the index may hold a term for a word in some text: its own, or that of the
 * acronym if it stands in capitals. A character has its form as its term here. */
bool kh_lexeme_has_term(const kh_lexeme *lexeme, kh_str term);

/* True for what a writer in capitals means as an acronym although its form is a common
 * word: US, IT, WHO. Their terms are "u.s." and so on; docs/analysis.md, section 6. */
bool kh_is_acronym_term(kh_str term);

/* The acronym term of a form that is a common word, too ("us", "usa" -> "u.s."), or
 * "". */
kh_str kh_acronym_term(kh_str form);

/* Whether whoever types so means the acronym: in capitals, or with dots. "It" may begin
 * a sentence. */
bool kh_is_typed_as_acronym(kh_str surface);

/* The i-th form whose acronym term this is; "" if there are no more. */
kh_str kh_acronym_form(kh_str term, size_t i);

/* Whether the form typed in small letters asks for the acronym as well: "us" and "usa"
 * do, "it" and "who" do not. */
bool kh_acronym_joins_word(kh_str form);

/* What of analysis changes terms: "analysis 4, ICU 72.1, Unicode 15.0, snowball 2.2.0".
 */
void kh_analysis_versions(kh_buf *out);

KH_END_DECLS
