/* The vocabulary: spellings found by form and by prefix, merged, whatever the order. */
#include <stdlib.h>

#include "base/table.h"
#include "scratch.h"
#include "support/dice.h"
#include "vocabulary_block.h"
#include "vocabulary_writer.h"
#include "xapian-c/writer.h"

TestSuite(vocabulary, .init = scratch_open, .fini = scratch_free);

static const kh_spelling examples[] = {
    { { "educacion", 9 },
      { "educación", 10 },
      { "es", 2 },
      { "es:educ", 7 },
      7,
      false },
    { { "educacion", 9 },
      { "educacion", 9 },
      { "es", 2 },
      { "es:educacion", 12 },
      1,
      false },
    { { "education", 9 },
      { "education", 9 },
      { "en", 2 },
      { "en:educ", 7 },
      90,
      false },
    { { "education", 9 },
      { "éducation", 10 },
      { "fr", 2 },
      { "fr:educ", 7 },
      12,
      false },
    { { "shangrila", 9 },
      { "shangri-la", 10 },
      { "en", 2 },
      { "en:shangrila", 12 },
      5,
      true },
    { { "shangrila", 9 },
      { "shangrila", 9 },
      { "en", 2 },
      { "en:shangrila", 12 },
      2,
      false },
    { { "us", 2 }, { "us", 2 }, { "en", 2 }, { "u.s.", 4 }, 33, false },
    { { "us", 2 }, { "us", 2 }, { "en", 2 }, { "en:us", 5 }, 44, false },
    { { "1000", 4 }, { "1000", 4 }, { "", 0 }, { "1000", 4 }, 3, false },
    { { "ไทย", 9 }, { "ไทย", 9 }, { "", 0 }, { "ไทย", 9 }, 1, false },
};

static void expect_spelling(const kh_spelling *got, const kh_spelling *wanted)
{
    cr_assert(eq(int, kh_spelling_compare(got, wanted), 0),
              "'%.*s' '%.*s' '%.*s' is not '%.*s' '%.*s' '%.*s'", KH_ARG(got->form),
              KH_ARG(got->folded), KH_ARG(got->term), KH_ARG(wanted->form),
              KH_ARG(wanted->folded), KH_ARG(wanted->term));
    cr_assert(eq(u32, got->n_documents, wanted->n_documents));
}

static kh_status put(void *writer, kh_str key, kh_str value, kh_error *err)
{
    return kh_writer_set_metadata(writer, key, value, err);
}

/* Counted in two runs: every second spelling, and the rest; the first in both. */
static void count_spellings(const char *paths[2], const kh_spelling *spellings,
                            size_t n, bool is_backwards)
{
    kh_error err;
    KH_AUTO_BUF key;
    kh_buf_init(&key, KH_BUF_MAX);
    for (unsigned run = 0; run < 2; run++) {
        KH_AUTO(kh_counts_free) kh_counts *counts = kh_counts_open();
        for (size_t i = 0; i < n; i++) {
            size_t at = is_backwards ? n - 1 - i : i;
            const kh_spelling *s = &spellings[at];
            uint32_t first_half = s->n_documents / 2;
            uint32_t half = run == 0 ? first_half : s->n_documents - first_half;
            uint32_t n_here = at % 3 == 0 ? half : at % 2 == run ? s->n_documents : 0;
            kh_buf_reset(&key);
            if (n_here == 0 || !kh_spelling_key(&key, s))
                continue;
            kh_str text = kh_buf_str(&key);
            uint32_t number = kh_counts_text(counts, text, kh_table_hash(text));
            static uint32_t article;
            for (uint32_t k = 0; k < n_here; k++)
                kh_counts_add(counts, number, ++article);
        }
        must(kh_counts_spill(counts, paths[run], &err), &err);
    }
}

static kh_database *database_of(const char *name, const kh_spelling *spellings,
                                size_t n, bool is_backwards)
{
    kh_error err;
    kh_writer *writer;
    const char *path = scratch_path(name);
    const char *paths[2] = { scratch_path("run-0"), scratch_path("run-1") };
    count_spellings(paths, spellings, n, is_backwards);
    must(kh_writer_open(&writer, path, &err), &err);
    KH_AUTO(kh_counts_merge_free) kh_counts_merge *merge = NULL;
    must(kh_counts_merge_open(&merge, paths, 2, &err), &err);
    const kh_metadata metadata = { writer, put };
    must(kh_vocabulary_write(merge, &metadata, &err), &err);
    must(kh_writer_close(writer, &err), &err);
    kh_database *database;
    must(kh_database_open(&database, &path, 1, &err), &err);
    return database;
}

static size_t find(kh_spelling **out, kh_database *database, const char *form)
{
    size_t n;
    kh_error err;
    must(
        kh_vocabulary_find(out, &n, database, kh_str_from(form), scratch_arena(), &err),
        &err);
    return n;
}

Test(vocabulary, finds_the_spellings_of_a_form)
{
    KH_AUTO(kh_database_free)
    kh_database *database = database_of("d", examples, KH_COUNT_OF(examples), false);
    kh_spelling *found;
    cr_assert(eq(sz, find(&found, database, "educacion"), 2));
    expect_spelling(&found[0], &examples[1]);
    expect_spelling(&found[1], &examples[0]);
    cr_assert(eq(sz, find(&found, database, "education"), 2));
    expect_spelling(&found[0], &examples[2]);
    expect_spelling(&found[1], &examples[3]);
    cr_assert(eq(sz, find(&found, database, "shangrila"), 2));
    expect_spelling(&found[0], &examples[4]);
    cr_expect(found[0].is_compound);
    cr_assert(eq(sz, find(&found, database, "us"), 2));
    cr_assert(eq(sz, find(&found, database, "1000"), 1));
    expect_spelling(&found[0], &examples[8]);
    cr_assert(eq(sz, find(&found, database, "ไทย"), 1));
}

Test(vocabulary, has_nothing_for_what_is_not_there)
{
    KH_AUTO(kh_database_free)
    kh_database *database = database_of("d", examples, KH_COUNT_OF(examples), false);
    kh_spelling *found;
    const char *const absent[] = { "",           "a",   "educ",
                                   "educationx", "zzz", "\xF4\x8F\xBF\xBF" };
    for (size_t i = 0; i < KH_COUNT_OF(absent); i++)
        cr_expect(eq(sz, find(&found, database, absent[i]), 0), "%s", absent[i]);

    KH_AUTO(kh_database_free) kh_database *empty = database_of("e", NULL, 0, false);
    cr_expect(eq(sz, find(&found, empty, "us"), 0));
}

Test(vocabulary, sums_documents_and_leaves_long_forms_out)
{
    static const char long_form[] =
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    kh_spelling twice[3] = { examples[2], examples[2], examples[2] };
    twice[2].form = twice[2].folded = KH_STR(long_form);
    KH_AUTO(kh_database_free) kh_database *database = database_of("d", twice, 3, false);
    kh_spelling *found;
    cr_assert(eq(sz, find(&found, database, "education"), 1));
    cr_expect(eq(u32, found[0].n_documents, 180));
    cr_expect(eq(sz, find(&found, database, long_form), 0));
}

#define MANY 20000

/* Made-up spellings, sorted and without repeats. */
static size_t many_spellings(kh_spelling *out, dice *d)
{
    static const char *const langs[] = { "en", "es", "de", "", "hi" };
    for (size_t i = 0; i < MANY; i++) {
        kh_spelling *s = &out[i];
        KH_AUTO_BUF text;
        kh_buf_init(&text, KH_BUF_MAX);
        unsigned len = 1 + roll(d, 4) + roll(d, 8) * roll(d, 2);
        for (unsigned k = 0; k < len; k++)
            kh_buf_add_code_point(&text, roll(d, 20) == 0 ? 0x939 : 'a' + roll(d, 6));
        s->form = kh_arena_copy(scratch_arena(), kh_buf_str(&text));
        s->folded = roll(d, 4) == 0 ? printed("%.*s%s", KH_ARG(s->form), "é") : s->form;
        s->lang = kh_str_from(langs[roll(d, 5)]);
        kh_str stem = kh_str_slice(s->form, 0, s->form.len - roll(d, 3));
        s->term = s->lang.len == 0 || roll(d, 10) == 0
                      ? s->form
                      : printed("%.*s:%.*s%s", KH_ARG(s->lang), KH_ARG(stem),
                                roll(d, 5) == 0 ? "averyveryverylongend" : "");
        s->n_documents = 1 + roll(d, 1000) * roll(d, 3);
        s->is_compound = roll(d, 20) == 0;
    }
    qsort(out, MANY, sizeof(out[0]),
          (int (*)(const void *, const void *))kh_spelling_compare);
    size_t n = 1;
    for (size_t i = 1; i < MANY; i++)
        if (kh_spelling_compare(&out[n - 1], &out[i]) != 0)
            out[n++] = out[i];
    return n;
}

Test(vocabulary, is_whole_over_many_blocks)
{
    dice d = { 7 };
    kh_spelling *all = kh_arena_alloc(scratch_arena(), MANY * sizeof(all[0]));
    size_t n = many_spellings(all, &d);
    KH_AUTO(kh_database_free) kh_database *database = database_of("d", all, n, true);

    kh_spelling *found;
    size_t n_found;
    size_t n_forms;
    kh_error err;
    must(kh_vocabulary_prefix(&found, &n_found, &n_forms, database, KH_STR(""),
                              SIZE_MAX, scratch_arena(), &err),
         &err);
    cr_assert(eq(sz, n_found, n));
    for (size_t i = 0; i < n; i++)
        expect_spelling(&found[i], &all[i]);

    for (size_t i = 0; i < n; i += 1 + roll(&d, 60)) {
        size_t first = i;
        while (first > 0 && kh_str_equal(all[first - 1].form, all[i].form))
            first--;
        size_t end = i + 1;
        while (end < n && kh_str_equal(all[end].form, all[i].form))
            end++;
        cr_assert(eq(sz, find(&found, database, all[i].form.ptr), end - first));
        for (size_t k = first; k < end; k++)
            expect_spelling(&found[k - first], &all[k]);
    }
}

Test(vocabulary, prefixes_give_the_commonest_forms_in_order)
{
    dice d = { 8 };
    kh_spelling *all = kh_arena_alloc(scratch_arena(), MANY * sizeof(all[0]));
    size_t n = many_spellings(all, &d);
    KH_AUTO(kh_database_free) kh_database *database = database_of("d", all, n, false);

    const char *const prefixes[] = { "a", "ab", "fee", "zz", "abcdef", "\xE0\xA4\xB9" };
    for (size_t p = 0; p < KH_COUNT_OF(prefixes); p++) {
        kh_str prefix = kh_str_from(prefixes[p]);
        size_t wanted = 0;
        size_t wanted_forms = 0;
        for (size_t i = 0; i < n; i++) {
            if (!kh_str_starts(all[i].form, prefix))
                continue;
            wanted++;
            wanted_forms +=
                i == 0 || !kh_str_equal(all[i - 1].form, all[i].form) ? 1 : 0;
        }
        kh_spelling *found;
        size_t n_found;
        size_t n_forms;
        kh_error err;
        must(kh_vocabulary_prefix(&found, &n_found, &n_forms, database, prefix,
                                  SIZE_MAX, scratch_arena(), &err),
             &err);
        cr_expect(eq(sz, n_found, wanted));
        cr_expect(eq(sz, n_forms, wanted_forms));

        must(kh_vocabulary_prefix(&found, &n_found, &n_forms, database, prefix, 3,
                                  scratch_arena(), &err),
             &err);
        cr_expect(eq(sz, n_forms, wanted_forms));
        size_t kept = 0;
        for (size_t i = 0; i < n_found; i++) {
            kept += i == 0 || !kh_str_equal(found[i - 1].form, found[i].form) ? 1 : 0;
            cr_expect(i == 0 || kh_spelling_compare(&found[i - 1], &found[i]) < 0);
        }
        cr_expect(eq(sz, kept, wanted_forms < 3 ? wanted_forms : 3));
    }
}

Test(vocabulary, of_damaged_blocks_never_reads_outside)
{
    kh_block_writer writer;
    kh_block_writer_init(&writer);
    for (size_t i = 0; i < KH_COUNT_OF(examples); i++)
        kh_block_writer_add(&writer, &examples[i], 1);
    KH_AUTO_BUF block;
    kh_buf_init(&block, KH_BUF_MAX);
    kh_block_writer_finish(&writer, &block);
    kh_block_writer_release(&writer);

    kh_block_reader reader = { 0 };
    unsigned char values[] = { 0, 1, 0x7F, 0x80, 0xFF, 0xF0, 0x0F };
    for (size_t at = 0; at < block.len; at++) {
        for (size_t v = 0; v < KH_COUNT_OF(values); v++) {
            char *copy = malloc(block.len); /* so that a sanitizer sees its end */
            memcpy(copy, block.ptr, block.len);
            copy[at] = (char)values[v];
            kh_block_reader_reset(&reader, kh_str_make(copy, block.len));
            while (kh_block_reader_next(&reader))
                cr_assert(le(sz, reader.spelling.form.len, KH_FORM_MAX_BYTES));
            free(copy);
        }
        char *cut = malloc(at + 1);
        memcpy(cut, block.ptr, at);
        kh_block_reader_reset(&reader, kh_str_make(cut, at));
        while (kh_block_reader_next(&reader)) {
        }
        free(cut);
    }
    kh_block_reader_release(&reader);
}
