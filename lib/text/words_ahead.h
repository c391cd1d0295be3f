/* words_ahead - the next words of a text, cut before they are asked for.
 *
 *   text --cut--> words --hash--> slots --tag--> entries
 *                             fetch         fetch
 *
 * A rare word's slot and entry are in no cache, and waiting for them, one word after
 * the other, took most of the time of analysis. So words are cut in blocks: while one
 * is cut, the slots of its first words are on their way, and the entries of the block
 * before it, which is asked for next. */
#pragma once

#include "lexeme_cache.h"
#include "words_internal.h"

KH_BEGIN_DECLS

#define KH_WORDS_BLOCK 16u

typedef struct kh_coming_word {
    kh_word word;
    kh_surface_key key;
    uint64_t hash; /* of the surface */
    /* of the pair with the character before it, if it joins one */
    uint32_t pair_shape;
    uint64_t pair_hash;
    kh_entry *entry; /* the one of its hash; NULL: there was none */
} kh_coming_word;

typedef struct kh_words_block {
    kh_coming_word coming[KH_WORDS_BLOCK];
    size_t n;
} kh_words_block;

typedef struct kh_words_ahead {
    kh_words_block blocks[2];
    size_t now;        /* the block that is asked for */
    size_t next;       /* its first word that waits */
    bool has_begun;    /* the block behind it is cut */
    size_t last_start; /* of the last word cut */
} kh_words_ahead;

static inline kh_str kh_word_text(kh_str text, const kh_word *word)
{
    return kh_str_make(text.ptr + word->start, word->end - word->start);
}

static inline void kh_words_ahead_reset(kh_words_ahead *ahead)
{
    ahead->next = 0;
    ahead->has_begun = false;
    ahead->blocks[ahead->now].n = 0;
}

/* Go on to the next block; false at the end of the text. */
bool kh_words_ahead_turn(kh_words_ahead *ahead, kh_words *words, kh_str text,
                         const kh_lexemes *lexemes);

/* The next word, which stays; NULL at the end of the text. */
static inline const kh_coming_word *kh_words_ahead_look(kh_words_ahead *ahead,
                                                        kh_words *words, kh_str text,
                                                        const kh_lexemes *lexemes)
{
    if (ahead->next == ahead->blocks[ahead->now].n &&
        !kh_words_ahead_turn(ahead, words, text, lexemes))
        return NULL;
    return &ahead->blocks[ahead->now].coming[ahead->next];
}

KH_END_DECLS
