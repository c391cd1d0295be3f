/* numbers - which words, pairs, gaps and languages have numbers, and which.
 *
 * All is decided by sums over the articles, so it does not depend on how they were
 * batched. */
#include "numbers.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "cut.h"
#include "key_class.h"

#define WORD_MIN    4u    /* occurrences from which a word has a number */
#define PAIR_MIN    20u   /* the same of a pair of characters */
#define PAIRS_MAX   8000u /* pairs tried; 20,000 bring nothing more */
#define SAMPLE_STEP 16u   /* one article in so many */
#define SAMPLE_ALL  200u  /* of fewer all are the sample */

kh_numbers *kh_numbers_open(void)
{
    kh_numbers *numbers = kh_alloc(sizeof(*numbers));
    kh_tally_init(&numbers->words);
    kh_tally_init(&numbers->gaps);
    kh_tally_init(&numbers->langs);
    kh_pairs_init(&numbers->pairs);
    kh_pairs_init(&numbers->pair_codes);
    numbers->arena = kh_arena_open();
    return numbers;
}

void kh_numbers_free(kh_numbers *numbers)
{
    if (numbers == NULL)
        return;
    kh_tally_release(&numbers->words);
    kh_tally_release(&numbers->gaps);
    kh_tally_release(&numbers->langs);
    kh_pairs_release(&numbers->pairs);
    kh_pairs_release(&numbers->pair_codes);
    kh_arena_free(numbers->arena);
    kh_free(numbers->entries);
    kh_free(numbers->codes);
    kh_free(numbers->gap_ids);
    kh_free(numbers);
}

/* ---- counting ---- */

static void add_tally(kh_tally *t, kh_cursor *cursor)
{
    uint64_t n = kh_cursor_varint(cursor);
    for (uint64_t i = 0; i < n && !cursor->is_bad; i++) {
        kh_str text = kh_cursor_string(cursor);
        uint64_t count = kh_cursor_varint(cursor);
        if (!cursor->is_bad)
            (void)kh_tally_add(t, text, count, 0);
    }
}

/* Words; map (owned by the caller): their numbers among all, by number in the batch. */
static uint32_t *add_words(kh_numbers *numbers, kh_cursor *cursor, uint64_t *n)
{
    *n = kh_cursor_varint(cursor);
    if (*n > (uint64_t)(cursor->end - cursor->ptr))
        cursor->is_bad = true;
    uint32_t *map = kh_alloc((cursor->is_bad ? 0 : (size_t)*n) * sizeof(uint32_t));
    for (uint64_t i = 0; i < *n && !cursor->is_bad; i++) {
        kh_str text = kh_cursor_string(cursor);
        uint64_t count = kh_cursor_varint(cursor);
        uint64_t languages = kh_cursor_varint(cursor);
        if (!cursor->is_bad)
            map[i] = kh_tally_add(&numbers->words, text, count, languages);
    }
    return map;
}

kh_status kh_numbers_add(kh_numbers *numbers, kh_str tables, kh_error *err)
{
    kh_cursor cursor = kh_cursor_of(tables);
    uint64_t n_words = 0;
    uint32_t *map = add_words(numbers, &cursor, &n_words);
    uint64_t n_pairs = kh_cursor_varint(&cursor);
    for (uint64_t i = 0; i < n_pairs && !cursor.is_bad; i++) {
        uint64_t first = kh_cursor_varint(&cursor);
        uint64_t second = kh_cursor_varint(&cursor);
        uint64_t count = kh_cursor_varint(&cursor);
        if (first >= n_words || second >= n_words || count == 0)
            cursor.is_bad = true;
        else
            kh_pairs_add(&numbers->pairs, map[first], map[second], count);
    }
    kh_free(map);
    add_tally(&numbers->gaps, &cursor);
    add_tally(&numbers->langs, &cursor);
    return cursor.is_bad
               ? kh_fail(err, KH_ERR_CORRUPT, "the spool of this build is damaged")
               : KH_OK;
}

/* ---- order ---- */

static int by_count(const void *a, const void *b)
{
    const kh_entry_count *x = a;
    const kh_entry_count *y = b;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return kh_str_compare(x->text, y->text);
}

static void push(kh_numbers *numbers, kh_entry_count entry)
{
    KH_PUSH(numbers->entries, numbers->n_entries, numbers->entries_capacity) = entry;
}

static bool is_character_text(kh_str text)
{
    return kh_side_of(text).is_character;
}

static void push_words(kh_numbers *numbers)
{
    const kh_tally *words = &numbers->words;
    for (size_t i = 0; i < words->table.n; i++)
        if (words->counts[i] >= WORD_MIN && words->table.texts[i].len > 0)
            push(numbers, (kh_entry_count){ .text = words->table.texts[i],
                                            .count = words->counts[i],
                                            .languages = words->languages[i],
                                            .first = (uint32_t)i,
                                            .second = UINT32_MAX });
}

/* The commonest pairs, behind the words. */
static void push_pairs(kh_numbers *numbers)
{
    size_t first = numbers->n_entries;
    for (size_t i = 0; i < numbers->pairs.n_slots; i++) {
        const kh_pair *pair = &numbers->pairs.slots[i];
        if (pair->count < PAIR_MIN)
            continue;
        kh_str a = numbers->words.table.texts[pair->first];
        kh_str b = numbers->words.table.texts[pair->second];
        push(numbers, (kh_entry_count){
                          .text = kh_arena_printf(numbers->arena, "%" KH_FMT "%" KH_FMT,
                                                  KH_ARG(a), KH_ARG(b)),
                          .count = pair->count,
                          .languages = numbers->words.languages[pair->first],
                          .first = pair->first,
                          .second = pair->second });
    }
    size_t n = numbers->n_entries - first;
    if (n > 1)
        qsort(numbers->entries + first, n, sizeof(kh_entry_count), by_count);
    if (n > PAIRS_MAX)
        numbers->n_entries = first + PAIRS_MAX;
    numbers->has_pairs = n > 0;
}

/* Number the entries in their order. What is over the limit has none. */
static void give_numbers(kh_numbers *numbers)
{
    if (numbers->n_entries > 1)
        qsort(numbers->entries, numbers->n_entries, sizeof(kh_entry_count), by_count);
    if (numbers->n_entries > KH_WORDS_MAX)
        numbers->n_entries = KH_WORDS_MAX;
    memset(numbers->codes, 0, numbers->words.table.n * sizeof(uint32_t));
    kh_pairs_reset(&numbers->pair_codes);
    for (size_t i = 0; i < numbers->n_entries; i++) {
        const kh_entry_count *entry = &numbers->entries[i];
        uint32_t code = (uint32_t)i + KH_CODE_WORDS;
        if (entry->second == UINT32_MAX)
            numbers->codes[entry->first] = code;
        else
            kh_pairs_add(&numbers->pair_codes, entry->first, entry->second, code);
    }
}

/* The first texts of a tally by one order, at most max, then in another; how many. */
static size_t choose(uint32_t *out, const kh_tally *t, size_t max,
                     int (*first)(const void *, const void *),
                     int (*then)(const void *, const void *))
{
    kh_entry_count *all = kh_alloc((t->table.n + 1) * sizeof(*all));
    size_t n = 0;
    for (size_t i = 0; i < t->table.n; i++)
        if (t->counts[i] > 0 && t->table.texts[i].len <= KH_WORD_MAX_BYTES)
            all[n++] = (kh_entry_count){ .text = t->table.texts[i],
                                         .count = t->counts[i],
                                         .first = (uint32_t)i };
    if (n > 1)
        qsort(all, n, sizeof(*all), first);
    n = n < max ? n : max;
    if (n > 1)
        qsort(all, n, sizeof(*all), then);
    for (size_t i = 0; i < n; i++)
        out[i] = all[i].first;
    kh_free(all);
    return n;
}

static int by_text(const void *a, const void *b)
{
    return kh_str_compare(((const kh_entry_count *)a)->text,
                          ((const kh_entry_count *)b)->text);
}

/* Languages with a stemmer come first, so that those without a number, which are read
 * as the neutral one, have terms without a mark, as it has. */
static int by_stemmer(const void *a, const void *b)
{
    const kh_entry_count *x = a;
    const kh_entry_count *y = b;
    bool x_stems = kh_language_find(x->text)->stemmer != NULL;
    bool y_stems = kh_language_find(y->text)->stemmer != NULL;
    return x_stems != y_stems ? (x_stems ? -1 : 1) : by_count(a, b);
}

static void choose_languages(kh_numbers *numbers)
{
    const kh_tally *langs = &numbers->langs;
    numbers->n_langs =
        (uint32_t)choose(numbers->lang_order, langs, KH_LANGS_MAX, by_stemmer, by_text);
    uint64_t others = 0; /* classes of those without a number */
    for (size_t i = 0; i < langs->table.n; i++)
        if (kh_numbers_lang(numbers, langs->table.texts[i]) == KH_LANG_OTHER)
            others |= UINT64_C(1)
                      << kh_key_class(kh_language_find(langs->table.texts[i]));
    uint64_t neutral = UINT64_C(1) << kh_key_class(kh_language_neutral());
    for (size_t i = 0; i < numbers->words.table.n; i++)
        if ((numbers->words.languages[i] & others) != 0)
            numbers->words.languages[i] |= neutral;
}

bool kh_numbers_choose(kh_numbers *numbers)
{
    choose_languages(numbers);
    for (size_t i = 0; i < numbers->langs.table.n; i++)
        numbers->n_articles += numbers->langs.counts[i];
    numbers->codes = kh_alloc((numbers->words.table.n + 1) * sizeof(uint32_t));
    push_words(numbers);
    push_pairs(numbers);
    give_numbers(numbers);
    if (!numbers->has_pairs)
        return false;
    for (size_t i = 0; i < numbers->n_entries; i++) /* those of the run are new */
        if (is_character_text(numbers->entries[i].text))
            numbers->entries[i].count = 0;
    return true;
}

/* ---- the second count of characters and pairs ---- */

static uint64_t sample_step(const kh_numbers *numbers)
{
    return numbers->n_articles < SAMPLE_ALL ? 1 : SAMPLE_STEP;
}

bool kh_numbers_samples(const kh_numbers *numbers, uint64_t key)
{
    return key % sample_step(numbers) == 0;
}

static void count_run(kh_numbers *numbers, kh_run *run, kh_str text)
{
    kh_run_cut(run, numbers, text);
    for (size_t i = 0; i < run->n; i++)
        if (run->pieces[i].code != 0)
            numbers->entries[run->pieces[i].code - KH_CODE_WORDS].count +=
                sample_step(numbers);
}

void kh_numbers_sample(kh_numbers *numbers, kh_str cut)
{
    kh_run run = { 0 };
    kh_cursor blocks = kh_cursor_of(cut);
    kh_cut_block block;
    while (kh_cut_next(&blocks, &block)) {
        kh_cursor items = kh_cursor_of(block.items);
        while (items.ptr < items.end && !items.is_bad) {
            (void)kh_cursor_varint(&items); /* the gap */
            uint64_t item = kh_cursor_varint(&items);
            if (item % 2 == 1)
                count_run(numbers, &run, kh_cursor_bytes(&items, (size_t)(item / 2)));
        }
    }
    kh_run_release(&run);
}

static void keep_used(kh_numbers *numbers)
{
    size_t n = 0;
    for (size_t i = 0; i < numbers->n_entries; i++) {
        kh_entry_count entry = numbers->entries[i];
        bool is_pair = entry.second != UINT32_MAX;
        if (is_pair && entry.count < PAIR_MIN)
            continue;
        if (entry.count < WORD_MIN)
            entry.count = WORD_MIN; /* a character that pairs mostly stand for */
        numbers->entries[n++] = entry;
    }
    numbers->n_entries = n;
}

void kh_numbers_finish(kh_numbers *numbers)
{
    if (numbers->has_pairs) {
        keep_used(numbers);
        give_numbers(numbers);
    }
    numbers->n_gaps = (uint32_t)choose(numbers->gap_order, &numbers->gaps, KH_GAPS_MAX,
                                       by_count, by_count);
    numbers->gap_ids = kh_alloc(numbers->gaps.table.n + 1);
    memset(numbers->gap_ids, (int)KH_GAPS_MAX, numbers->gaps.table.n + 1);
    for (uint32_t i = 0; i < numbers->n_gaps; i++)
        numbers->gap_ids[numbers->gap_order[i]] = (uint8_t)i;
}

uint32_t kh_numbers_find(const kh_numbers *numbers, kh_str text)
{
    return kh_table_find(&numbers->words.table, text, kh_hash(text));
}

uint32_t kh_numbers_lang(const kh_numbers *numbers, kh_str lang)
{
    for (uint32_t i = 0; i < numbers->n_langs; i++)
        if (kh_str_equal(numbers->langs.table.texts[numbers->lang_order[i]], lang))
            return i;
    return KH_LANG_OTHER;
}
