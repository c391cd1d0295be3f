/* words_ahead - cut a block of words, fetch what the block before it needs. */
#include "words_ahead.h"

#include "words_simple.h"

static inline void fetch_slot(const kh_lexemes *lexemes, uint64_t hash)
{
    __builtin_prefetch(&lexemes->slots[hash & (lexemes->n_slots - 1)]);
}

/* The entry of the first slot whose tag fits. */
static inline kh_entry *fetch_entry(const kh_lexemes *lexemes, uint32_t shape,
                                    uint64_t hash)
{
    kh_entry *entry = kh_lexemes_likely(lexemes, shape, hash);
    if (entry != NULL)
        __builtin_prefetch(entry, 1);
    return entry;
}

static inline void hash_pair(kh_coming_word *coming, kh_str text, size_t start,
                             const kh_lexemes *lexemes)
{
    kh_str pair = kh_str_slice(text, start, coming->word.end);
    kh_surface_key key = kh_surface_key_of(pair, text.len - start, KH_READ_JOINED);
    coming->pair_shape = key.shape;
    coming->pair_hash = kh_surface_hash(key, pair);
    fetch_slot(lexemes, coming->pair_hash);
}

static void cut(kh_words_ahead *ahead, kh_words_block *block, kh_words *words,
                kh_str text, const kh_lexemes *lexemes)
{
    size_t n = 0;
    for (; n < KH_WORDS_BLOCK; n++) {
        kh_coming_word *coming = &block->coming[n];
        kh_word *word = &coming->word;
        if (!kh_words_next_simple(words, word) && !kh_words_next_by_rules(words, word))
            break;
        kh_str surface = kh_word_text(text, word);
        coming->key = kh_surface_key_of(surface, text.len - word->start, KH_READ_WORD);
        coming->hash = kh_surface_hash(coming->key, surface);
        fetch_slot(lexemes, coming->hash);
        if (word->join == KH_JOIN_CHARACTER)
            hash_pair(coming, text, ahead->last_start, lexemes);
        ahead->last_start = word->start;
    }
    block->n = n;
}

static void fetch_entries(kh_words_block *block, const kh_lexemes *lexemes)
{
    for (size_t i = 0; i < block->n; i++) {
        kh_coming_word *coming = &block->coming[i];
        coming->entry = fetch_entry(lexemes, coming->key.shape, coming->hash);
        if (coming->word.join == KH_JOIN_CHARACTER)
            (void)fetch_entry(lexemes, coming->pair_shape, coming->pair_hash);
    }
}

bool kh_words_ahead_turn(kh_words_ahead *ahead, kh_words *words, kh_str text,
                         const kh_lexemes *lexemes)
{
    kh_words_block *used = &ahead->blocks[ahead->now];
    ahead->now = 1 - ahead->now;
    ahead->next = 0;
    kh_words_block *now = &ahead->blocks[ahead->now];
    if (!ahead->has_begun)
        cut(ahead, now, words, text, lexemes);
    ahead->has_begun = true;
    fetch_entries(now, lexemes);
    used->n = 0;
    if (now->n == KH_WORDS_BLOCK)
        cut(ahead, used, words, text, lexemes);
    return now->n > 0;
}
