/* numbers - which words, pairs, gaps and languages have numbers, and which.
 *
 * All is decided by sums over the articles, so it does not depend on how they were
 * batched. */
#include "numbers.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "cut.h"
#include "key_class.h"
#include "signs.h"
#include "tables.h"

#define PAIR_MIN    20u   /* the same of a pair of characters */
#define PAIRS_MAX   8000u /* pairs tried; 20,000 bring nothing more */
#define SAMPLE_STEP 16u   /* one article in so many */
#define SAMPLE_ALL  200u  /* of fewer all are the sample */

kh_numbers *kh_numbers_open(void)
{
    kh_numbers *numbers = kh_alloc(sizeof(*numbers));
    kh_table_init(&numbers->characters);
    kh_tally_init(&numbers->gaps);
    kh_tally_init(&numbers->langs);
    kh_pairs_init(&numbers->pairs);
    kh_pairs_init(&numbers->pair_codes);
    numbers->texts.arena = kh_arena_open();
    numbers->words_max = KH_WORDS_MAX;
    numbers->signs_from = KH_SIGNS_ARTICLES_MIN;
    return numbers;
}

void kh_numbers_free(kh_numbers *numbers)
{
    if (numbers == NULL)
        return;
    for (size_t i = 0; i < numbers->n_paths; i++)
        kh_free(numbers->paths[i]);
    kh_free(numbers->paths);
    kh_table_release(&numbers->characters);
    kh_free(numbers->char_codes);
    kh_tally_release(&numbers->gaps);
    kh_tally_release(&numbers->langs);
    kh_pairs_release(&numbers->pairs);
    kh_pairs_release(&numbers->pair_codes);
    kh_arena_free(numbers->texts.arena);
    kh_free(numbers->entries);
    kh_free(numbers->order);
    kh_free(numbers);
}

uint32_t kh_numbers_add(kh_numbers *numbers, const char *path)
{
    KH_PUSH(numbers->paths, numbers->n_paths, numbers->paths_capacity) =
        kh_str_dup(kh_str_from(path));
    return (uint32_t)numbers->n_paths - 1;
}

void kh_numbers_watch(kh_numbers *numbers,
                      kh_status (*may_go_on)(void *context, kh_error *err),
                      void *context)
{
    numbers->may_go_on = may_go_on;
    numbers->context = context;
}

/* ---- languages ---- */

typedef struct lang_count {
    kh_str text;
    uint64_t count;
    uint32_t number; /* in langs */
} lang_count;

static int by_lang(const void *a, const void *b)
{
    return kh_str_compare(((const lang_count *)a)->text, ((const lang_count *)b)->text);
}

/* Languages with a stemmer come first, so that those without a number, which are read
 * as the neutral one, have terms without a mark, as it has. */
static int by_stemmer(const void *a, const void *b)
{
    const lang_count *x = a;
    const lang_count *y = b;
    bool x_stems = kh_language_find(x->text)->stemmer != NULL;
    bool y_stems = kh_language_find(y->text)->stemmer != NULL;
    if (x_stems != y_stems)
        return x_stems ? -1 : 1;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return by_lang(a, b);
}

static void number_languages(kh_numbers *numbers)
{
    const kh_tally *langs = &numbers->langs;
    lang_count *all = kh_alloc((langs->table.n + 1) * sizeof(*all));
    size_t n = 0;
    for (size_t i = 0; i < langs->table.n; i++)
        if (langs->counts[i] > 0 && langs->table.texts[i].len <= KH_WORD_MAX_BYTES)
            all[n++] =
                (lang_count){ langs->table.texts[i], langs->counts[i], (uint32_t)i };
    if (n > 1)
        qsort(all, n, sizeof(*all), by_stemmer);
    n = n < KH_LANGS_MAX ? n : KH_LANGS_MAX;
    if (n > 1)
        qsort(all, n, sizeof(*all), by_lang);
    for (size_t i = 0; i < n; i++)
        numbers->lang_order[i] = all[i].number;
    numbers->n_langs = (uint32_t)n;
    kh_free(all);
}

/* Words of languages without a number stand in the neutral one as well. */
static void choose_languages(kh_numbers *numbers)
{
    const kh_tally *langs = &numbers->langs;
    number_languages(numbers);
    uint64_t others = 0; /* classes of those without a number */
    for (size_t i = 0; i < langs->table.n; i++)
        if (kh_numbers_lang(numbers, langs->table.texts[i]) == KH_LANG_OTHER)
            others |= UINT64_C(1)
                      << kh_key_class(kh_language_find(langs->table.texts[i]));
    uint64_t neutral = UINT64_C(1) << kh_key_class(kh_language_neutral());
    for (size_t i = 0; i < numbers->n_entries; i++)
        if ((numbers->entries[i].languages & others) != 0)
            numbers->entries[i].languages |= neutral;
}

/* ---- pairs ---- */

static int by_count(const void *a, const void *b)
{
    const kh_numbered *x = a;
    const kh_numbered *y = b;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return kh_str_compare(kh_numbered_text(x), kh_numbered_text(y));
}

static int by_text(const void *a, const void *b)
{
    return kh_str_compare(kh_numbered_text(a), kh_numbered_text(b));
}

/* Languages of the characters that have an entry, by number. */
static uint64_t *character_languages(const kh_numbers *numbers)
{
    uint64_t *of = kh_alloc((numbers->characters.n + 1) * sizeof(uint64_t));
    for (size_t i = 0; i < numbers->n_entries; i++)
        if (numbers->entries[i].first != UINT32_MAX)
            of[numbers->entries[i].first] = numbers->entries[i].languages;
    return of;
}

/* The commonest pairs, at most PAIRS_MAX (owned by the caller), by text. */
static kh_numbered *choose_pairs(kh_numbers *numbers, size_t *n_chosen)
{
    uint64_t *languages = character_languages(numbers);
    kh_numbered *chosen = NULL;
    size_t n = 0;
    size_t capacity = 0;
    for (size_t i = 0; i < numbers->pairs.n_slots; i++) {
        const kh_pair *pair = &numbers->pairs.slots[i];
        if (pair->count < PAIR_MIN)
            continue;
        kh_str a = numbers->characters.texts[pair->first];
        kh_str b = numbers->characters.texts[pair->second];
        if (a.len + b.len > KH_NUMBERED_BYTES_MAX)
            continue;
        char *text = kh_text_room(&numbers->texts, a.len + b.len);
        memcpy(text, a.ptr, a.len);
        memcpy(text + a.len, b.ptr, b.len);
        KH_PUSH(chosen, n, capacity) =
            (kh_numbered){ .ptr = text,
                           .len = (uint32_t)(a.len + b.len),
                           .count = pair->count,
                           .languages = languages[pair->first],
                           .first = pair->first,
                           .second = pair->second };
    }
    kh_free(languages);
    if (n > 1)
        qsort(chosen, n, sizeof(kh_numbered), by_count);
    n = n < PAIRS_MAX ? n : PAIRS_MAX;
    if (n > 1)
        qsort(chosen, n, sizeof(kh_numbered), by_text);
    *n_chosen = n;
    return chosen;
}

/* Put the commonest pairs among the words and characters; none is as one of these. */
static void add_chosen_pairs(kh_numbers *numbers)
{
    size_t n = 0;
    kh_numbered *pairs = choose_pairs(numbers, &n);
    numbers->has_pairs = n > 0;
    size_t words = numbers->n_entries;
    for (size_t i = 0; i < n; i++)
        kh_numbers_push(numbers, &pairs[i]); /* room */
    kh_numbered *entries = numbers->entries;
    for (size_t to = words + n; n > 0;)
        entries[--to] = words > 0 && by_text(&entries[words - 1], &pairs[n - 1]) > 0
                            ? entries[--words]
                            : pairs[--n];
    kh_free(pairs);
    kh_pairs_release(&numbers->pairs);
}

/* ---- numbers ---- */

/* Number the entries by their counts. What is over the limit has none, and is
 * forgotten. */
static void give_numbers(kh_numbers *numbers)
{
    size_t n = numbers->n_entries;
    kh_keyed *ranks = kh_alloc((n + 1) * sizeof(kh_keyed));
    for (size_t i = 0; i < n; i++)
        ranks[i] = kh_ranked(numbers->entries[i].count, i);
    kh_sort_keyed(ranks, n);
    for (size_t i = 0; i < n; i++)
        numbers->entries[ranks[i].value].code =
            i < numbers->words_max ? (uint32_t)i + KH_CODE_WORDS : 0;
    kh_free(ranks);

    numbers->n_numbered = n < numbers->words_max ? n : numbers->words_max;
    kh_free(numbers->order);
    numbers->order = kh_alloc((numbers->n_numbered + 1) * sizeof(uint32_t));
    memset(numbers->char_codes, 0, numbers->characters.n * sizeof(uint32_t));
    kh_pairs_reset(&numbers->pair_codes);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        kh_numbered entry = numbers->entries[i];
        if (entry.code == 0)
            continue;
        numbers->order[entry.code - KH_CODE_WORDS] = (uint32_t)kept;
        numbers->entries[kept++] = entry;
        if (entry.second != UINT32_MAX)
            kh_pairs_add(&numbers->pair_codes, entry.first, entry.second, entry.code);
        else if (entry.first != UINT32_MAX)
            numbers->char_codes[entry.first] = entry.code;
    }
    numbers->n_entries = kept;
}

kh_status kh_numbers_choose(kh_numbers *numbers, bool *has_pairs, kh_error *err)
{
    kh_status status = kh_numbers_merge(numbers, err);
    if (status != KH_OK)
        return status;

    choose_languages(numbers);
    numbers->char_codes = kh_alloc((numbers->characters.n + 1) * sizeof(uint32_t));
    add_chosen_pairs(numbers);
    give_numbers(numbers);
    if (numbers->has_pairs) /* those of the run are counted anew */
        for (size_t i = 0; i < numbers->n_entries; i++)
            if (numbers->entries[i].first != UINT32_MAX)
                numbers->entries[i].count = 0;
    *has_pairs = numbers->has_pairs;
    return KH_OK;
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
            numbers->entries[numbers->order[run->pieces[i].code - KH_CODE_WORDS]]
                .count += sample_step(numbers);
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
        kh_numbered entry = numbers->entries[i];
        bool is_pair = entry.second != UINT32_MAX;
        if (is_pair && entry.count < PAIR_MIN)
            continue;
        if (entry.count < KH_WORD_MIN)
            entry.count = KH_WORD_MIN; /* a character that pairs mostly stand for */
        numbers->entries[n++] = entry;
    }
    numbers->n_entries = n;
}

void kh_numbers_finish(kh_numbers *numbers)
{
    if (!numbers->has_pairs)
        return;
    keep_used(numbers);
    give_numbers(numbers);
}

uint32_t kh_numbers_character(const kh_numbers *numbers, kh_str text)
{
    return kh_table_find(&numbers->characters, text, kh_table_hash(text));
}

uint32_t kh_numbers_lang(const kh_numbers *numbers, kh_str lang)
{
    for (uint32_t i = 0; i < numbers->n_langs; i++)
        if (kh_str_equal(numbers->langs.table.texts[numbers->lang_order[i]], lang))
            return i;
    return KH_LANG_OTHER;
}

void kh_numbers_classes(uint8_t classes[KH_LANG_OTHER + 1], const kh_numbers *numbers)
{
    for (uint32_t i = 0; i <= KH_LANG_OTHER; i++) {
        const kh_language *language =
            i < numbers->n_langs
                ? kh_language_find(numbers->langs.table.texts[numbers->lang_order[i]])
                : kh_language_neutral();
        classes[i] = (uint8_t)kh_key_class(language);
    }
}

void kh_numbers_sign_from(kh_numbers *numbers, uint64_t n_articles)
{
    numbers->signs_from = n_articles;
}
