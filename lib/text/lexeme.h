/* lexeme - every surface form seen, and what becomes of it: made once, found by its
 * bytes ever after. */
#pragma once

#include <assert.h>

#include "base/arena.h"
#include "text/analysis.h"

#include "stem.h"

KH_BEGIN_DECLS

/* One surface may be read in several ways, each a lexeme of its own. */
typedef enum kh_reading {
    KH_READ_WORD,    /* a unit of text */
    KH_READ_ACRONYM, /* a word in capitals that stands for an acronym: US, IT */
    KH_READ_JOINED,  /* a pair, the last character of a run, a compound */
} kh_reading;

/* A lexeme as it lies in the cache. What is asked of every token fills one line of the
 * processor's: everything down to the lexeme's kind. */
typedef struct kh_entry {
    uint64_t first;  /* of kh_surface_key, lexeme_cache.h */
    uint64_t second; /* the same */
    uint32_t notes[KH_LEXEME_NOTES];
    kh_lexeme lexeme;
} kh_entry;

#define KH_ENTRY_ALIGNMENT ((size_t)64)
#define KH_CHUNK_ENTRIES   128u
static_assert(offsetof(kh_entry, lexeme) + offsetof(kh_lexeme, term) <=
                  KH_ENTRY_ALIGNMENT,
              "the hot part is one line");
static_assert(sizeof(kh_entry) % KH_ENTRY_ALIGNMENT == 0,
              "entries keep to their lines");

typedef struct kh_cache_slot {
    uint32_t tag;
    uint32_t count; /* number of the lexeme and 1; 0: empty */
} kh_cache_slot;

typedef struct kh_lexemes {
    const kh_language *language;
    kh_stemmer *stemmer;  /* owned; NULL: words stay whole */
    kh_arena *arena;      /* owned */
    kh_cache_slot *slots; /* owned */
    size_t n_slots;       /* a power of 2 */
    kh_entry **chunks;    /* owned; they are in the arena: entries by number */
    size_t chunks_capacity;
    uint32_t n;    /* entries */
    kh_buf folded; /* scratch */
    kh_buf form;
    kh_buf term;
} kh_lexemes;

KH_MUST_USE kh_status kh_lexemes_open(kh_lexemes **out, const kh_language *language,
                                      kh_error *err);
void kh_lexemes_free(kh_lexemes *lexemes); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_lexemes, kh_lexemes_free)

/* The lexeme of a word (1 to KH_WORD_MAX_BYTES bytes). */
const kh_lexeme *kh_lexemes_word(kh_lexemes *lexemes, kh_str surface, kh_word_kind kind,
                                 kh_reading reading);

/* The same if there is one, else NULL. */
const kh_lexeme *kh_lexemes_find_word(const kh_lexemes *lexemes, kh_str surface,
                                      kh_reading reading);

/* Make the entry of a word that has none yet. */
const kh_entry *kh_lexemes_make(kh_lexemes *lexemes, kh_str surface, kh_word_kind kind,
                                kh_reading reading);

/* The lexeme of a pair of characters or of a compound, whose surface may have gaps: the
 * one that is there, or NULL; the one made of its parts. */
const kh_lexeme *kh_lexemes_find_joined(const kh_lexemes *lexemes, kh_str surface);
const kh_lexeme *kh_lexemes_joined(kh_lexemes *lexemes, kh_str surface,
                                   const kh_lexeme *const *parts, size_t n_parts);

/* Append the term of a folded word: no suffix, stem, strip, mark, shorten. */
void kh_lexemes_term(kh_lexemes *lexemes, kh_buf *out, kh_str folded);

uint32_t kh_lexemes_count(const kh_lexemes *lexemes);
void kh_lexemes_clear(kh_lexemes *lexemes);
void kh_lexemes_clear_notes(kh_lexemes *lexemes);
size_t kh_lexemes_bytes(const kh_lexemes *lexemes);

KH_END_DECLS
