/* codeset - the codes of a query's atoms in the streams of one language. Internal to
 * lib/record. */
#pragma once

#include "query.h"

KH_BEGIN_DECLS

/* A code that has atoms. */
typedef struct kh_code_atoms {
    uint32_t code;   /* 0: the slot is free */
    bool is_pair;    /* two units */
    uint64_t first;  /* atoms of its first unit */
    uint64_t second; /* of a pair: of its second unit */
} kh_code_atoms;

/* What tells where an atom is, made when it is looked for. */
typedef struct kh_atom_finder {
    kh_finder finder;
    kh_follower first; /* the bytes its codes begin with */
} kh_atom_finder;

/* What the words of an atom are in signs (signs.h). */
#define KH_ATOM_SIGNS_MAX 3u
typedef struct kh_atom_signs {
    kh_sign_word words[KH_ATOM_SIGNS_MAX];
    uint32_t n;
    bool is_told; /* each of its codes is one of these, and each of these in signs */
} kh_atom_signs;

typedef struct kh_codeset {
    kh_code_atoms *slots; /* owned; open addressing */
    size_t n_slots;       /* a power of two */
    unsigned shift;       /* 32 - log2(n_slots) */
    size_t n;
    double weights[KH_ATOMS_MAX]; /* how common an atom may be */
    kh_atom_signs signs[KH_ATOMS_MAX];
    kh_atom_finder *finders[KH_ATOMS_MAX]; /* owned; NULL: not made yet */
    kh_finder all;                         /* of all atoms, and of all marks */
} kh_codeset;

/* The codes in streams of a language; made once. */
KH_MUST_USE kh_status kh_codeset_of(kh_codeset **out, kh_record_query *query,
                                    const kh_language *language, kh_error *err);
void kh_codeset_free(kh_codeset *set); /* NULL is allowed */

const kh_atom_finder *kh_codeset_finder(kh_codeset *set, unsigned atom);

/* The atoms of a code; a free slot if it has none. */
static inline const kh_code_atoms *kh_codeset_find(const kh_codeset *set, uint32_t code)
{
    size_t at = (code * 0x9E3779B1u) >> set->shift;
    while (set->slots[at].code != code && set->slots[at].code != 0)
        at = (at + 1) & (set->n_slots - 1);
    return &set->slots[at];
}

KH_END_DECLS
