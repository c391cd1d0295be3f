/* Suite record_numbers: what is chosen from the tables of batches, and damaged ones. */
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/file.h"
#include "numbers.h"
#include "support/cut_articles.h"
#include "support/dice.h"
#include "tables.h"

#define BATCHES 3u

static char folder[40];

static void must(kh_status status, const kh_error *err)
{
    cr_assert(eq(int, (int)status, (int)KH_OK), "%s",
              status == KH_OK ? "" : err->message);
}

static void make_folder(void)
{
    strcpy(folder, "/tmp/khabar-numbers-XXXXXX");
    cr_assert(ne(ptr, mkdtemp(folder), NULL));
}

static void remove_folder(void)
{
    cr_expect(eq(int, kh_folder_remove(folder, NULL), KH_OK));
}

TestSuite(record_numbers, .init = make_folder, .fini = remove_folder);

static const char *path_of(unsigned batch)
{
    static char path[80];
    snprintf(path, sizeof(path), "%s/%u", folder, batch);
    return path;
}

/* Cut texts as tags in English, the i-th in batch i % BATCHES, and write the tables. */
static void cut_texts(const kh_str *texts, size_t n)
{
    kh_error err;
    KH_AUTO(kh_cutter_free) kh_cutter *cutter = NULL;
    must(kh_cutter_open(&cutter, &err), &err);
    for (unsigned batch = 0; batch < BATCHES; batch++) {
        KH_AUTO(kh_analyser_free) kh_analyser *analyser = NULL;
        must(kh_analyser_open(&analyser, kh_language_find(KH_STR("en")), &err), &err);
        KH_AUTO_BUF blocks;
        kh_buf_init(&blocks, KH_BUF_MAX);
        kh_cutter_begin(cutter, &blocks, KH_STR("en"));
        for (size_t i = batch; i < n; i += BATCHES) {
            kh_block block = { .kind = KH_BLOCK_TAG, .text = texts[i] };
            cut_text(cutter, &block, analyser);
        }
        size_t bytes = kh_cutter_bytes(cutter);
        must(kh_cutter_batch_end(cutter, path_of(batch), &err), &err);
        cr_expect(ge(sz, bytes, kh_cutter_bytes(cutter)));
    }
}

static kh_numbers *numbers_of_batches(size_t words_max)
{
    kh_numbers *numbers = kh_numbers_open();
    numbers->words_max = words_max;
    for (unsigned batch = 0; batch < BATCHES; batch++)
        cr_assert(eq(u32, kh_numbers_add(numbers, path_of(batch)), batch));
    return numbers;
}

/* ---- what is chosen ---- */

typedef struct counted {
    kh_str text;
    unsigned count;
} counted;

static int by_count(const void *a, const void *b)
{
    const counted *x = a;
    const counted *y = b;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return kh_str_compare(x->text, y->text);
}

/* Draw counts for n texts, and write each so often, between two words or alone. */
static kh_str *repeat(counted *texts, size_t n, unsigned max, bool is_gap,
                      size_t *n_lines, dice *d, kh_arena *arena)
{
    kh_str *lines = kh_arena_alloc(arena, n * max * sizeof(kh_str));
    *n_lines = 0;
    for (size_t i = 0; i < n; i++) {
        texts[i].count = 1 + roll(d, max);
        for (unsigned k = 0; k < texts[i].count; k++)
            lines[(*n_lines)++] =
                is_gap ? kh_arena_printf(arena, "a%" KH_FMT "b", KH_ARG(texts[i].text))
                       : texts[i].text;
    }
    for (size_t i = *n_lines; i-- > 1;) { /* in no order */
        size_t k = roll(d, (unsigned)i + 1);
        kh_str swapped = lines[i];
        lines[i] = lines[k];
        lines[k] = swapped;
    }
    return lines;
}

Test(record_numbers, are_of_the_commonest_words_however_few_are_kept)
{
    enum { n = 600 };
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    static counted words[n];
    dice d = { 11 };
    for (unsigned i = 0; i < n; i++)
        words[i].text = kh_arena_printf(arena, "word%u", i * 7919 % 100003);
    size_t n_lines;
    kh_str *lines = repeat(words, n, 12, false, &n_lines, &d, arena);
    cut_texts(lines, n_lines);
    qsort(words, n, sizeof(counted), by_count);

    static const size_t limits[] = { 1, 2, 50, 300, 10000 };
    for (size_t i = 0; i < KH_COUNT_OF(limits); i++) {
        KH_AUTO(kh_numbers_free) kh_numbers *numbers = numbers_of_batches(limits[i]);
        kh_error err;
        bool has_pairs = true;
        must(kh_numbers_choose(numbers, &has_pairs, &err), &err);
        kh_numbers_finish(numbers);
        cr_expect(not(has_pairs));

        size_t expected = 0;
        while (expected < n && expected < limits[i] && words[expected].count >= 4)
            expected++;
        cr_assert(eq(sz, numbers->n_numbered, expected));
        for (size_t k = 0; k < expected; k++)
            cr_assert(kh_str_equal(kh_numbered_text(kh_numbers_entry(numbers, k)),
                                   words[k].text),
                      "%zu of %zu", k, expected);
    }
}

Test(record_numbers, of_gaps_are_of_the_commonest)
{
    enum { n = 2500 };
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    static counted gaps[n];
    dice d = { 12 };
    for (unsigned i = 0; i < n; i++) {
        char text[10] = " ";
        unsigned rest = i;
        for (size_t k = 1; k < 1 + i % 3 + 6; k++, rest /= 4)
            text[k] = ",;/("[rest % 4];
        gaps[i].text = kh_arena_copy(arena, kh_str_from(text));
    }
    size_t n_lines;
    kh_str *lines = repeat(gaps, n, 9, true, &n_lines, &d, arena);
    cut_texts(lines, n_lines);
    qsort(gaps, n, sizeof(counted), by_count);

    KH_AUTO(kh_numbers_free) kh_numbers *numbers = numbers_of_batches(KH_WORDS_MAX);
    kh_error err;
    bool has_pairs;
    must(kh_numbers_choose(numbers, &has_pairs, &err), &err);

    cr_assert(eq(sz, numbers->gaps.table.n, KH_GAPS_MAX));
    for (size_t i = 0; i < KH_GAPS_MAX; i++)
        cr_assert(kh_str_equal(numbers->gaps.table.texts[i], gaps[i].text), "%zu", i);
}

/* ---- an end before the end ---- */

static void cut_some(void);

static kh_status stop_at_once(void *context, kh_error *err)
{
    ++*(unsigned *)context;
    return kh_fail(err, KH_ERR_INTERRUPTED, "enough");
}

Test(record_numbers, end_when_they_may_not_go_on)
{
    cut_some();
    kh_error err;
    bool has_pairs;
    unsigned n_asked = 0;
    KH_AUTO(kh_numbers_free) kh_numbers *numbers = numbers_of_batches(KH_WORDS_MAX);
    kh_numbers_watch(numbers, stop_at_once, &n_asked);

    kh_status status = kh_numbers_choose(numbers, &has_pairs, &err);

    cr_expect(eq(int, (int)status, (int)KH_ERR_INTERRUPTED));
    cr_expect(eq(str, err.message, "enough"));
    cr_expect(eq(uint, n_asked, 1));
}

/* ---- damage ---- */

/* Some of everything: words, characters with pairs, gaps. */
static void cut_some(void)
{
    const kh_str texts[] = {
        KH_STR("Treaty, ceasefire; talks / treaty"),
        KH_STR("\xE4\xB8\xAD\xE5\x9B\xBD\xE6\xB0\xB4\xE4\xB8\xAD\xE5\x9B\xBD"),
        KH_STR("treaties (ceasefires) walks"),
        KH_STR("\xE6\xB0\xB4\xE4\xB8\xAD, \xE4\xB8\xAD\xE5\x9B\xBD"),
    };
    cut_texts(texts, KH_COUNT_OF(texts));
}

/* Read the batches; the worse of both readers' answers. */
static kh_status read_batches(void)
{
    kh_error err;
    bool has_pairs;
    KH_AUTO(kh_numbers_free) kh_numbers *numbers = numbers_of_batches(KH_WORDS_MAX);
    kh_status status = kh_numbers_choose(numbers, &has_pairs, &err);
    if (status != KH_OK) {
        cr_expect(ne(int, err.message[0], '\0'));
        return status;
    }
    kh_numbers_finish(numbers);
    for (unsigned i = 0; i < BATCHES && status == KH_OK; i++) {
        KH_AUTO(kh_batch_free) kh_batch *batch = NULL;
        status = kh_batch_open(&batch, numbers, i, &err);
    }
    return status;
}

static void write_bytes(const char *path, const char *bytes, size_t len)
{
    FILE *file = fopen(path, "wb");
    cr_assert(ne(ptr, file, NULL));
    cr_assert(eq(sz, fwrite(bytes, 1, len, file), len));
    cr_assert(eq(int, fclose(file), 0));
}

Test(record_numbers, of_tables_cut_short_are_refused)
{
    cut_some();
    kh_error err;
    KH_AUTO_BUF whole;
    kh_buf_init(&whole, 1 << 20);
    must(kh_file_read(&whole, path_of(1), whole.max, &err), &err);
    cr_assert(eq(int, (int)read_batches(), (int)KH_OK));

    for (size_t len = 0; len < whole.len; len++) {
        write_bytes(path_of(1), whole.ptr, len);
        cr_assert(eq(int, (int)read_batches(), (int)KH_ERR_CORRUPT), "%zu", len);
    }
}

Test(record_numbers, of_damaged_tables_are_refused_or_others)
{
    cut_some();
    kh_error err;
    KH_AUTO_BUF whole;
    kh_buf_init(&whole, 1 << 20);
    must(kh_file_read(&whole, path_of(1), whole.max, &err), &err);

    size_t n_refused = 0;
    for (size_t i = 0; i < whole.len; i++)
        for (unsigned k = 0; k < 4; k++) {
            static const char flips[] = { 1, 0x10, (char)0x80, (char)0xFF };
            whole.ptr[i] ^= flips[k];
            write_bytes(path_of(1), whole.ptr, whole.len);
            whole.ptr[i] ^= flips[k];
            kh_status status = read_batches();
            n_refused += status == KH_ERR_CORRUPT;
            cr_assert(status == KH_OK || status == KH_ERR_CORRUPT, "%zu", i);
        }
    cr_expect(gt(sz, n_refused, whole.len));
}

Test(record_numbers, of_tables_that_are_not_sorted_are_refused)
{
    cut_some();
    /* Two words: b, a. */
    static const char words[] = "\2"
                                "\0\1b\1\0\1\0"
                                "\0\1a\1\1\1\0";
    write_bytes(path_of(1), words, sizeof(words) - 1);

    cr_expect(eq(int, (int)read_batches(), (int)KH_ERR_CORRUPT));
}

Test(record_numbers, of_tables_that_are_gone_are_refused)
{
    cut_some();
    cr_assert(eq(int, remove(path_of(2)), 0));

    cr_expect(eq(int, (int)read_batches(), (int)KH_ERR_NOT_FOUND));
}

Test(record_numbers, do_without_batches)
{
    KH_AUTO(kh_numbers_free) kh_numbers *numbers = kh_numbers_open();
    kh_error err;
    bool has_pairs = true;

    must(kh_numbers_choose(numbers, &has_pairs, &err), &err);
    kh_numbers_finish(numbers);

    cr_expect(not(has_pairs));
    cr_expect(eq(sz, numbers->n_numbered, 0));
}

/* One analyser for articles of two languages, settled in between and not. */
Test(record_numbers, counts_a_lexeme_for_each_class_of_languages)
{
    kh_error err;
    KH_AUTO(kh_cutter_free) kh_cutter *cutter = NULL;
    must(kh_cutter_open(&cutter, &err), &err);
    KH_AUTO(kh_analyser_free) kh_analyser *analyser = NULL;
    must(kh_analyser_open(&analyser, kh_language_find(KH_STR("en")), &err), &err);
    KH_AUTO_BUF blocks;
    kh_buf_init(&blocks, KH_BUF_MAX);
    const char *langs[] = { "en", "es", "es", "en", "ur" };
    kh_block block = { .kind = KH_BLOCK_TAG, .text = KH_STR("vote vote") };
    for (size_t i = 0; i < KH_COUNT_OF(langs); i++) {
        kh_cutter_begin(cutter, &blocks, kh_str_from(langs[i]));
        cut_text(cutter, &block, analyser);
        if (i == 2)
            kh_cutter_settle(cutter);
    }
    must(kh_cutter_batch_end(cutter, path_of(0), &err), &err);

    KH_AUTO(kh_source_free) kh_source *source = NULL;
    must(kh_source_open(&source, path_of(0), &err), &err);
    kh_row_reader reader;
    kh_row_reader_init(&reader, source);
    kh_row_reader_begin(&reader, true);
    kh_row row;
    cr_assert(eq(int, kh_row_read(&reader, &row), 1));
    cr_expect(eq(u64, row.count, 10));
    cr_expect(eq(int, __builtin_popcountll(row.languages), 3));
    cr_expect(eq(int, kh_row_read(&reader, &row), 0));
    kh_row_reader_release(&reader);
}
