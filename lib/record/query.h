/* query - the words of a query as atoms, and what is kept between documents.
 *
 * An atom is what one unit of a text may be. A word is the atom of all its variants
 * that are one unit, or one of its sequences: units side by side, of a run of
 * characters or of the parts of a compound. Atoms are bits of 64; which codes have
 * which of them depends on the language of the article (codeset.h). Internal to
 * lib/record. */
#pragma once

#include "near.h"
#include "records.h"
#include "scan.h"
#include "unit.h"

KH_BEGIN_DECLS

#define KH_ATOMS_MAX    64
#define KH_SEQUENCE_MAX 16 /* units */

/* Runs of characters of one word; of a word with more any unit counts with which one
 * of them begins. */
#define KH_WORD_RUNS_MAX 8

#define KH_NO_ATOM UINT8_MAX

typedef struct kh_atom {
    kh_record_word_kind kind;
    const kh_str *variants; /* in the query's arena */
    size_t n_variants;
    const kh_str *terms; /* the same */
    size_t n_terms;
    kh_str folded; /* a part of a compound with its accents, the same; else empty */
} kh_atom;

/* Units side by side that are a word. */
typedef struct kh_sequence {
    uint8_t atoms[KH_SEQUENCE_MAX];
    uint8_t n; /* 2 or more */
    uint8_t word;
} kh_sequence;

/* A unit of a block with atoms. */
typedef struct kh_place {
    uint64_t atoms;
    uint32_t position;
    uint32_t sentence;
} kh_place;

struct kh_codeset;

/* What signs are asked for: sift.c. */
typedef struct kh_sifter kh_sifter;
void kh_sifter_free(kh_sifter *sifter); /* NULL is allowed */

struct kh_record_query {
    kh_records *records; /* borrowed */
    kh_arena *arena;
    kh_atom atoms[KH_ATOMS_MAX];
    size_t n_atoms;
    uint32_t words_of[KH_ATOMS_MAX];      /* words that an atom is by itself */
    uint64_t single[KH_RECORD_WORDS_MAX]; /* by word: atoms that are it by themselves */
    kh_sequence *sequences;               /* in the arena */
    size_t n_sequences;
    uint64_t starts;          /* atoms with which a sequence begins */
    uint32_t is_sequence;     /* words that have one */
    struct kh_codeset **sets; /* owned; by kh_language_number(), made when met */
    size_t n_sets;
    kh_finder blocks; /* marks 1 to 5 */
    bool is_plain;    /* without the vector unit */

    uint64_t *pairs; /* owned: bit by code, entries of two units; NULL: not made yet */

    uint32_t document;            /* that rare_at is in */
    const unsigned char *rare_at; /* how far rare codes were counted */
    size_t n_rare;

    kh_place *places; /* owned: of the block looked at last */
    size_t n_places;
    size_t places_capacity;
    kh_hit *hits; /* owned */
    size_t n_hits;
    size_t hits_capacity;
    kh_record_sentence *sentences; /* owned */
    size_t n_sentences;
    size_t sentences_capacity;
    kh_near near;
    unsigned char *reached; /* owned: two rows of a flag a hit */
    size_t reached_capacity;
    kh_sifter *sifter; /* owned; NULL: not made yet */
};

/* Fill atoms and sequences from words. */
void kh_atoms_make(kh_record_query *query, const kh_record_word *words, size_t n);

/* Whether a unit, as a word that stands alone, is of an atom. */
bool kh_atom_is(const kh_atom *atom, const kh_lexeme *lexeme);

/* A code of an article. */
typedef struct kh_code_place {
    const kh_stream *stream;
    uint32_t document;
    const unsigned char *at; /* its first byte */
} kh_code_place;

/* Of some atoms those that the rare word spelled at a place is. */
kh_status kh_spelled_atoms(uint64_t *out, kh_record_query *query,
                           const kh_code_place *place, uint64_t atoms, kh_error *err);

/* For tests: never by the vector unit. */
void kh_record_query_set_plain(kh_record_query *query, bool is_plain);

KH_END_DECLS
