/* lexeme - every surface form seen, and what becomes of it: made once, found by its
 * bytes ever after. */
#pragma once

#include "base/arena.h"
#include "text/analysis.h"

KH_BEGIN_DECLS

/* One surface may be read in several ways, each a lexeme of its own. */
typedef enum kh_reading {
    KH_READ_WORD,    /* a unit of text */
    KH_READ_ACRONYM, /* a word in capitals that stands for an acronym: US, IT */
    KH_READ_JOINED,  /* a pair, the last character of a run, a compound */
} kh_reading;

typedef struct kh_lexemes kh_lexemes;

KH_MUST_USE kh_status kh_lexemes_open(kh_lexemes **out, const kh_language *language,
                                      kh_error *err);
void kh_lexemes_free(kh_lexemes *lexemes); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_lexemes, kh_lexemes_free)

/* A lexeme as it lies in the cache. */
typedef struct kh_entry {
    kh_lexeme lexeme;
    uint32_t notes[KH_LEXEME_NOTES];
    bool may_be_acronym; /* in capitals, and KH_READ_ACRONYM would be another term */
    char surface[];
} kh_entry;

/* The lexeme of a word (1 to KH_WORD_MAX_BYTES bytes). */
const kh_entry *kh_lexemes_word(kh_lexemes *lexemes, kh_str surface, kh_word_kind kind,
                                kh_reading reading);

/* The lexeme of a pair of characters or of a compound, whose surface may have gaps: the
 * one that is there, or NULL; the one made of its parts. */
const kh_entry *kh_lexemes_find_joined(const kh_lexemes *lexemes, kh_str surface);
const kh_entry *kh_lexemes_joined(kh_lexemes *lexemes, kh_str surface,
                                  const kh_lexeme *const *parts, size_t n_parts);

/* Append the term of a folded word: stem, strip, mark, shorten. */
void kh_lexemes_term(kh_lexemes *lexemes, kh_buf *out, kh_str folded);

uint32_t kh_lexemes_count(const kh_lexemes *lexemes);
void kh_lexemes_clear(kh_lexemes *lexemes);
void kh_lexemes_clear_notes(kh_lexemes *lexemes);
size_t kh_lexemes_bytes(const kh_lexemes *lexemes);

KH_END_DECLS
