/* numbers_merge - the tables of all batches as one: words that may get a number, the
 * commonest gaps, pairs, languages. Memory is bounded while they are merged: what
 * cannot come among the numbered any more is dropped. */
#include "numbers.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "cut.h"
#include "tables.h"

#define PIECE_BYTES ((size_t)64 << 10) /* of texts */

/* ---- texts and order ---- */

char *kh_text_room(kh_texts *texts, size_t len)
{
    if (len > texts->left) {
        texts->left = len > PIECE_BYTES ? len : PIECE_BYTES;
        texts->at = kh_arena_alloc(texts->arena, texts->left);
    }
    char *at = texts->at;
    texts->at += len;
    texts->left -= len;
    return at;
}

static const char *keep_text(kh_texts *texts, kh_str text)
{
    return memcpy(kh_text_room(texts, text.len), text.ptr, text.len);
}

/* ---- words ---- */

void kh_numbers_push(kh_numbers *numbers, const kh_numbered *entry)
{
    KH_PUSH(numbers->entries, numbers->n_entries, numbers->entries_capacity) = *entry;
}

/* Of the words so far, keep as many of the commonest as may have numbers. */
static void drop_words(kh_numbers *numbers)
{
    kh_keyed *ranks = kh_alloc((numbers->n_words + 1) * sizeof(kh_keyed));
    size_t n = 0;
    for (size_t i = 0; i < numbers->n_entries; i++)
        if (numbers->entries[i].first == UINT32_MAX)
            ranks[n++] = kh_ranked(numbers->entries[i].count, i);
    kh_sort_keyed(ranks, n);
    size_t last = ranks[numbers->words_max - 1].value;
    uint64_t too_rare = numbers->too_rare = numbers->entries[last].count;
    kh_free(ranks);

    kh_texts old = numbers->texts;
    numbers->texts = (kh_texts){ .arena = kh_arena_open() };
    size_t kept = 0;
    for (size_t i = 0; i < numbers->n_entries; i++) {
        kh_numbered entry = numbers->entries[i];
        bool is_rarer = entry.count < too_rare || (entry.count == too_rare && i > last);
        if (entry.first == UINT32_MAX && is_rarer)
            continue;
        entry.ptr = keep_text(&numbers->texts, kh_numbered_text(&entry));
        numbers->entries[kept++] = entry;
    }
    numbers->n_words -= numbers->n_entries - kept;
    numbers->n_entries = kept;
    kh_arena_free(old.arena);
}

/* A word or a character with all its counts; later ones are behind it. */
static void add_word(kh_numbers *numbers, kh_numbered entry)
{
    bool is_word = entry.first == UINT32_MAX;
    if (entry.count < KH_WORD_MIN || entry.len > KH_NUMBERED_BYTES_MAX ||
        (is_word && entry.count <= numbers->too_rare))
        return;
    entry.ptr = keep_text(&numbers->texts, kh_numbered_text(&entry));
    kh_numbers_push(numbers, &entry);
    numbers->n_words += is_word;
    if (numbers->n_words > numbers->words_max + numbers->words_max / 2)
        drop_words(numbers);
}

/* Numbers of the characters of each batch, by their place in its table. */
typedef struct batch_characters {
    uint32_t *numbers; /* owned */
    size_t n;
    size_t capacity;
} batch_characters;

static bool is_character_text(kh_str text)
{
    return text.len > 0 && kh_side_of(text).is_character;
}

static void merge_words(kh_numbers *numbers, kh_merge *merge, batch_characters *of)
{
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    kh_numbered entry = { 0 };
    const kh_row *row;
    size_t file;
    kh_merge_begin(merge, true);
    while (kh_merge_next(merge, &row, &file)) {
        if (!kh_str_equal(row->text, kh_buf_str(&text))) {
            if (text.len > 0)
                add_word(numbers, entry);
            kh_buf_reset(&text);
            kh_buf_add(&text, row->text);
            entry = (kh_numbered){ .ptr = text.ptr,
                                   .len = (uint32_t)text.len,
                                   .first = UINT32_MAX,
                                   .second = UINT32_MAX };
            if (is_character_text(row->text))
                entry.first = kh_table_add(&numbers->characters, row->text,
                                           kh_table_hash(row->text));
        }
        entry.count += row->count;
        entry.languages |= row->languages;
        if (entry.first != UINT32_MAX)
            KH_PUSH(of[file].numbers, of[file].n, of[file].capacity) = entry.first;
    }
    if (text.len > 0)
        add_word(numbers, entry);
}

/* ---- gaps, pairs, languages ---- */

typedef struct gap_count {
    kh_str text;
    uint64_t count;
} gap_count;

static int by_gap_count(const void *a, const void *b)
{
    const gap_count *x = a;
    const gap_count *y = b;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return kh_str_compare(x->text, y->text);
}

/* The commonest gaps so far, few more than have numbers. */
typedef struct gap_choice {
    gap_count gaps[4 * KH_GAPS_MAX];
    size_t n;
    uint64_t too_rare; /* those that are no commoner have no number */
    kh_arena *arena;
} gap_choice;

static void drop_gaps(gap_choice *choice)
{
    if (choice->n > 1)
        qsort(choice->gaps, choice->n, sizeof(gap_count), by_gap_count);
    if (choice->n < KH_GAPS_MAX)
        return;
    choice->n = KH_GAPS_MAX;
    choice->too_rare = choice->gaps[KH_GAPS_MAX - 1].count;
}

static void add_gap(gap_choice *choice, kh_str text, uint64_t count)
{
    if (count <= choice->too_rare || text.len > KH_WORD_MAX_BYTES)
        return;
    if (choice->n == KH_COUNT_OF(choice->gaps))
        drop_gaps(choice);
    choice->gaps[choice->n++] =
        (gap_count){ kh_arena_copy(choice->arena, text), count };
}

static void merge_gaps(kh_numbers *numbers, kh_merge *merge)
{
    gap_choice choice = { .arena = kh_arena_open() };
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    uint64_t count = 0;
    const kh_row *row;
    size_t file;
    kh_merge_begin(merge, false);
    while (kh_merge_next(merge, &row, &file)) {
        if (!kh_str_equal(row->text, kh_buf_str(&text))) {
            add_gap(&choice, kh_buf_str(&text), count);
            kh_buf_reset(&text);
            kh_buf_add(&text, row->text);
            count = 0;
        }
        count += row->count;
    }
    add_gap(&choice, kh_buf_str(&text), count);
    drop_gaps(&choice);
    for (size_t i = 0; i < choice.n; i++)
        (void)kh_tally_add(&numbers->gaps, choice.gaps[i].text, choice.gaps[i].count);
    kh_arena_free(choice.arena);
}

static kh_status add_pairs(kh_numbers *numbers, kh_merge *merge,
                           const batch_characters *of, kh_error *err)
{
    for (size_t i = 0; i < numbers->n_paths; i++) {
        kh_source *source = kh_merge_source(merge, i);
        uint64_t n_pairs = kh_source_varint(source);
        for (uint64_t k = 0; k < n_pairs; k++) {
            uint64_t first = kh_source_varint(source);
            uint64_t second = kh_source_varint(source);
            uint64_t count = kh_source_varint(source);
            if (kh_source_status(source, NULL) != KH_OK)
                return kh_source_status(source, err);
            if (first >= of[i].n || second >= of[i].n || count == 0)
                return kh_spool_damaged(err);
            kh_pairs_add(&numbers->pairs, of[i].numbers[first], of[i].numbers[second],
                         count);
        }
    }
    return KH_OK;
}

static void merge_languages(kh_numbers *numbers, kh_merge *merge)
{
    const kh_row *row;
    size_t file;
    kh_merge_begin(merge, false);
    while (kh_merge_next(merge, &row, &file)) {
        (void)kh_tally_add(&numbers->langs, row->text, row->count);
        numbers->n_articles += row->count;
    }
}

static kh_status merge_all(kh_numbers *numbers, batch_characters *of, kh_error *err)
{
    KH_AUTO(kh_merge_free) kh_merge *merge = NULL;
    kh_status status = kh_merge_open(&merge, numbers->paths, numbers->n_paths, err);
    if (status != KH_OK)
        return status;
    kh_merge_watch(merge, numbers->may_go_on, numbers->context);
    merge_words(numbers, merge, of);
    status = kh_merge_status(merge, err);
    if (status != KH_OK)
        return status;
    merge_gaps(numbers, merge);
    status = kh_merge_status(merge, err);
    if (status == KH_OK)
        status = add_pairs(numbers, merge, of, err);
    if (status != KH_OK)
        return status;
    merge_languages(numbers, merge);
    return kh_merge_status(merge, err);
}

kh_status kh_numbers_merge(kh_numbers *numbers, kh_error *err)
{
    batch_characters *of = kh_alloc((numbers->n_paths + 1) * sizeof(*of));
    kh_status status = merge_all(numbers, of, err);
    for (size_t i = 0; i < numbers->n_paths; i++)
        kh_free(of[i].numbers);
    kh_free(of);
    return status;
}
