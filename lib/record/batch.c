/* batch - the words and gaps of a batch, as numbers of all. */
#include "batch.h"

#include "base/alloc.h"

/* n strings with their counts passed over; views of a copy of the tables. languages
 * (may be NULL): of each, in the arena. */
static kh_str *read_texts(kh_batch *batch, kh_cursor *cursor, uint64_t **languages,
                          size_t *n)
{
    uint64_t wanted = kh_cursor_varint(cursor);
    if (wanted > (uint64_t)(cursor->end - cursor->ptr))
        cursor->is_bad = true;
    *n = cursor->is_bad ? 0 : (size_t)wanted;
    kh_str *texts = kh_arena_alloc(batch->arena, (*n + 1) * sizeof(kh_str));
    if (languages != NULL)
        *languages = kh_arena_alloc(batch->arena, (*n + 1) * sizeof(uint64_t));
    for (size_t i = 0; i < *n; i++) {
        texts[i] = kh_cursor_string(cursor);
        (void)kh_cursor_varint(cursor);
        if (languages != NULL)
            (*languages)[i] = kh_cursor_varint(cursor);
    }
    return texts;
}

/* A word of tags that were cut late may stand in a language in which nobody counted it:
 * it has no keys there, so it is spelled. */
static void look_up(kh_batch *batch, const uint64_t *languages)
{
    const kh_numbers *numbers = batch->numbers;
    batch->codes =
        kh_arena_alloc(batch->arena, (batch->n_words + 1) * sizeof(uint32_t));
    for (size_t i = 0; i < batch->n_words; i++) {
        uint32_t number = kh_numbers_find(numbers, batch->words[i]);
        bool has_keys = number != UINT32_MAX &&
                        (languages[i] & ~numbers->words.languages[number]) == 0;
        batch->codes[i] = has_keys ? numbers->codes[number] : 0;
    }
    batch->gap_ids = kh_arena_alloc(batch->arena, batch->n_gaps + 1);
    for (size_t i = 0; i < batch->n_gaps; i++) {
        uint32_t number = kh_table_find(&numbers->gaps.table, batch->gaps[i],
                                        kh_hash(batch->gaps[i]));
        batch->gap_ids[i] =
            number == UINT32_MAX ? (uint8_t)KH_GAPS_MAX : numbers->gap_ids[number];
    }
}

kh_status kh_batch_open(kh_batch **out, const kh_numbers *numbers, kh_str tables,
                        kh_error *err)
{
    KH_AUTO(kh_batch_free) kh_batch *batch = kh_alloc(sizeof(*batch));
    batch->numbers = numbers;
    batch->arena = kh_arena_open();
    kh_cursor cursor = kh_cursor_of(kh_arena_copy(batch->arena, tables));
    uint64_t *languages = NULL;
    batch->words = read_texts(batch, &cursor, &languages, &batch->n_words);
    uint64_t n_pairs = kh_cursor_varint(&cursor);
    for (uint64_t i = 0; i < n_pairs && !cursor.is_bad; i++)
        for (int k = 0; k < 3; k++)
            (void)kh_cursor_varint(&cursor);
    batch->gaps = read_texts(batch, &cursor, NULL, &batch->n_gaps);
    if (cursor.is_bad)
        return kh_fail(err, KH_ERR_CORRUPT, "the spool of this build is damaged");
    look_up(batch, languages);
    *out = KH_TAKE(batch);
    return KH_OK;
}

void kh_batch_free(kh_batch *batch)
{
    if (batch == NULL)
        return;
    kh_arena_free(batch->arena);
    kh_free(batch);
}
