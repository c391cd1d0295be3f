/* Suite cursors: terms, metadata keys and documents, in order, from any place on. */
#include <stdio.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "scratch.h"

TestSuite(cursors, .init = scratch_make, .fini = scratch_remove);

/* The terms that are still to come, with a blank behind each. */
static const char *rest_of(kh_term_cursor *cursor)
{
    static char text[1000];
    size_t n = 0;
    kh_str term;
    kh_status status;
    while ((status = kh_term_cursor_next(cursor, &term, NULL, NULL)) == KH_OK)
        n += (size_t)snprintf(text + n, sizeof(text) - n, "%" KH_FMT " ", KH_ARG(term));
    cr_assert(eq(int, status, KH_END));
    text[n] = '\0';
    return text;
}

static kh_term_cursor *terms_of(kh_database *database, const char *prefix,
                                bool metadata)
{
    kh_term_cursor *cursor = NULL;
    kh_str view = kh_str_from(prefix);
    cr_assert(
        eq(int, kh_term_cursor_open(&cursor, database, view, metadata, NULL), KH_OK));
    return cursor;
}

Test(cursors, list_terms_in_the_order_of_bytes)
{
    archive_write(scratch_path("a"), 1, 100);
    KH_AUTO(kh_database_free) kh_database *database = database_of(scratch_path("a"));
    static const struct {
        const char *prefix;
        const char *terms;
    } cases[] = {
        { "", "Xeven Xodd w0 w1 w10 w11 w2 w3 w4 w5 w6 w7 w8 w9 " },
        { "w1", "w1 w10 w11 " },
        { "X", "Xeven Xodd " },
        { "Xodd", "Xodd " },
        { "Xodder", "" },
        { "Y", "" },
        { "z", "" },
    };

    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        KH_AUTO(kh_term_cursor_free)
        kh_term_cursor *cursor = terms_of(database, cases[i].prefix, false);
        cr_expect(eq(str, (char *)rest_of(cursor), (char *)cases[i].terms));
    }
}

Test(cursors, stay_at_the_end)
{
    archive_write(scratch_path("a"), 1, 10);
    KH_AUTO(kh_database_free) kh_database *database = database_of(scratch_path("a"));
    KH_AUTO(kh_term_cursor_free)
    kh_term_cursor *cursor = terms_of(database, "X", false);
    KH_AUTO(kh_posting_cursor_free) kh_posting_cursor *postings = NULL;
    cr_assert(
        eq(int, kh_posting_cursor_open(&postings, database, word(0), NULL), KH_OK));
    kh_str term;
    uint32_t document;

    rest_of(cursor);
    while (kh_posting_cursor_next(postings, &document, NULL, NULL) == KH_OK)
        continue;

    for (int i = 0; i < 3; i++) {
        cr_expect(eq(int, kh_term_cursor_next(cursor, &term, NULL, NULL), KH_END));
        cr_expect(
            eq(int, kh_posting_cursor_next(postings, &document, NULL, NULL), KH_END));
    }
}

Test(cursors, count_the_documents_of_each_term)
{
    archive_write(scratch_path("a"), 1, 100);
    KH_AUTO(kh_database_free) kh_database *database = database_of(scratch_path("a"));
    KH_AUTO(kh_term_cursor_free) kh_term_cursor *cursor = terms_of(database, "", false);
    kh_str term;
    uint32_t n;

    while (kh_term_cursor_next(cursor, &term, &n, NULL) == KH_OK) {
        kh_term_stats stats;
        cr_assert(eq(int, kh_database_term(&stats, database, term, NULL), KH_OK));
        cr_expect(eq(u32, n, stats.n_documents));
        cr_expect(gt(u32, n, 0));
    }
}

Test(cursors, seek_terms_forward_and_back)
{
    archive_write(scratch_path("a"), 1, 100);
    KH_AUTO(kh_database_free) kh_database *database = database_of(scratch_path("a"));
    static const struct {
        const char *prefix;
        const char *at;
        const char *terms;
    } cases[] = {
        { "w1", "w10", "w10 w11 " },
        { "w1", "w10x", "w11 " },
        { "w1", "", "w1 w10 w11 " },
        { "w1", "w0", "w1 w10 w11 " },
        { "w1", "w2", "" },
        { "w1", "z", "" },
        { "", "w7", "w7 w8 w9 " },
        { "", "w70", "w8 w9 " },
        { "", "zzz", "" },
        { "w", "A", "w0 w1 w10 w11 w2 w3 w4 w5 w6 w7 w8 w9 " },
        { "X", "Xodd", "Xodd " },
    };

    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        KH_AUTO(kh_term_cursor_free)
        kh_term_cursor *cursor = terms_of(database, cases[i].prefix, false);
        kh_str at = kh_str_from(cases[i].at);
        for (int steps = 0; steps < 5; steps++) {
            kh_str term;
            for (int k = 0; k < steps; k++)
                if (kh_term_cursor_next(cursor, &term, NULL, NULL) != KH_OK)
                    break;
            cr_assert(eq(int, kh_term_cursor_seek(cursor, at, NULL), KH_OK));
            cr_expect(eq(str, (char *)rest_of(cursor), (char *)cases[i].terms),
                      "prefix '%s', seek '%s' after %d steps", cases[i].prefix,
                      cases[i].at, steps);
        }
    }
}

Test(cursors, list_and_seek_metadata_keys)
{
    archive_write(scratch_path("a"), 1, 10);
    KH_AUTO(kh_database_free) kh_database *database = database_of(scratch_path("a"));
    KH_AUTO(kh_term_cursor_free) kh_term_cursor *all = terms_of(database, "", true);
    KH_AUTO(kh_term_cursor_free) kh_term_cursor *some = terms_of(database, "m2", true);
    KH_AUTO(kh_term_cursor_free) kh_term_cursor *none = terms_of(database, "n", true);
    kh_str key;
    uint32_t n = 5;

    cr_expect(eq(str, (char *)rest_of(all), "m1 m2 m3 "));
    cr_expect(eq(str, (char *)rest_of(some), "m2 "));
    cr_expect(eq(str, (char *)rest_of(none), ""));

    cr_expect(eq(int, kh_term_cursor_seek(all, KH_STR("m2"), NULL), KH_OK));
    cr_expect(eq(str, (char *)rest_of(all), "m2 m3 "));
    cr_expect(eq(int, kh_term_cursor_seek(all, KH_STR("m22"), NULL), KH_OK));
    cr_expect(eq(str, (char *)rest_of(all), "m3 "));
    cr_expect(eq(int, kh_term_cursor_seek(all, KH_STR("m4"), NULL), KH_OK));
    cr_expect(eq(str, (char *)rest_of(all), ""));
    cr_expect(eq(int, kh_term_cursor_seek(some, KH_STR(""), NULL), KH_OK));
    cr_expect(eq(int, kh_term_cursor_next(some, &key, &n, NULL), KH_OK));
    cr_expect(eq(u32, n, 0));
}

Test(cursors, list_documents_with_their_wdf)
{
    archive_write(scratch_path("a"), 1, 300);
    KH_AUTO(kh_database_free) kh_database *database = database_of(scratch_path("a"));

    for (unsigned i = 0; i < ARCHIVE_WORDS; i++) {
        KH_AUTO(kh_posting_cursor_free) kh_posting_cursor *cursor = NULL;
        cr_assert(
            eq(int, kh_posting_cursor_open(&cursor, database, word(i), NULL), KH_OK));
        uint32_t document = 0;
        uint32_t wdf = 0;
        for (unsigned d = 1; d <= 300; d++) {
            if (archive_wdf(d, i) == 0)
                continue;
            cr_assert(
                eq(int, kh_posting_cursor_next(cursor, &document, &wdf, NULL), KH_OK));
            cr_expect(eq(u32, document, d));
            cr_expect(eq(u32, wdf, archive_wdf(d, i)));
        }
        cr_expect(
            eq(int, kh_posting_cursor_next(cursor, &document, &wdf, NULL), KH_END));
    }
}

Test(cursors, list_all_documents_for_the_empty_term_and_none_for_an_unknown_one)
{
    archive_write(scratch_path("a"), 1, 20);
    KH_AUTO(kh_database_free) kh_database *database = database_of(scratch_path("a"));
    KH_AUTO(kh_posting_cursor_free) kh_posting_cursor *all = NULL;
    KH_AUTO(kh_posting_cursor_free) kh_posting_cursor *none = NULL;
    uint32_t document = 0;

    cr_assert(eq(int, kh_posting_cursor_open(&all, database, KH_STR(""), NULL), KH_OK));
    cr_assert(
        eq(int, kh_posting_cursor_open(&none, database, KH_STR("nope"), NULL), KH_OK));

    for (unsigned d = 1; d <= 20; d++) {
        cr_assert(eq(int, kh_posting_cursor_next(all, &document, NULL, NULL), KH_OK));
        cr_expect(eq(u32, document, d));
    }
    cr_expect(eq(int, kh_posting_cursor_next(all, &document, NULL, NULL), KH_END));
    cr_expect(eq(int, kh_posting_cursor_seek(none, 3, NULL), KH_OK));
    cr_expect(eq(int, kh_posting_cursor_next(none, &document, NULL, NULL), KH_END));
}

Test(cursors, seek_documents_forward_and_back)
{
    archive_write(scratch_path("a"), 1, 3000);
    KH_AUTO(kh_database_free) kh_database *database = database_of(scratch_path("a"));
    KH_AUTO(kh_posting_cursor_free) kh_posting_cursor *cursor = NULL;
    cr_assert(eq(int, kh_posting_cursor_open(&cursor, database, word(3), NULL), KH_OK));
    static const uint32_t targets[] = { 1500, 1500, 1501, 2,     0, 2999,
                                        3001, 4,    1,    77777, 8 };

    for (size_t i = 0; i < KH_COUNT_OF(targets); i++) {
        unsigned expected = targets[i] > 0 ? targets[i] : 1;
        while (expected <= 3000 && archive_wdf(expected, 3) == 0)
            expected++;
        uint32_t document = 0;

        cr_assert(eq(int, kh_posting_cursor_seek(cursor, targets[i], NULL), KH_OK));
        kh_status status = kh_posting_cursor_next(cursor, &document, NULL, NULL);

        cr_expect(eq(int, status, expected <= 3000 ? KH_OK : KH_END));
        if (expected <= 3000)
            cr_expect(eq(u32, document, expected), "seek %u", targets[i]);
    }
}

Test(cursors, merge_several_databases)
{
    const char *const paths[] = { scratch_path("a"), scratch_path("b") };
    archive_write(paths[0], 1, 40);
    archive_write(paths[1], 41, 60);
    KH_AUTO(kh_database_free) kh_database *database = NULL;
    cr_assert(eq(int, kh_database_open(&database, paths, 2, NULL), KH_OK));
    KH_AUTO(kh_term_cursor_free)
    kh_term_cursor *terms = terms_of(database, "w1", false);
    KH_AUTO(kh_posting_cursor_free) kh_posting_cursor *cursor = NULL;
    cr_assert(eq(int, kh_posting_cursor_open(&cursor, database, word(1), NULL), KH_OK));
    unsigned n = 0;
    for (unsigned d = 1; d <= 60; d++)
        n += archive_wdf(d, 1) > 0;

    kh_str term;
    uint32_t n_documents = 0;
    cr_assert(eq(int, kh_term_cursor_next(terms, &term, &n_documents, NULL), KH_OK));
    cr_expect(eq(u32, n_documents, n));
    cr_expect(eq(str, (char *)rest_of(terms), "w10 w11 "));

    uint32_t last = 0;
    uint32_t document = 0;
    uint32_t wdf = 0;
    while (kh_posting_cursor_next(cursor, &document, &wdf, NULL) == KH_OK) {
        unsigned own = (document - 1) / 2 + 1 + (document % 2 == 0 ? 40 : 0);
        cr_expect(gt(u32, document, last));
        cr_expect(eq(u32, wdf, archive_wdf(own, 1)));
        last = document;
        n--;
    }
    cr_expect(eq(u32, n, 0));
}

Test(cursors, outlive_the_handle_of_their_database)
{
    archive_write(scratch_path("a"), 1, 100);
    kh_database *database = database_of(scratch_path("a"));
    KH_AUTO(kh_term_cursor_free)
    kh_term_cursor *cursor = terms_of(database, "w", false);

    kh_database_free(database);

    cr_expect(
        eq(str, (char *)rest_of(cursor), "w0 w1 w10 w11 w2 w3 w4 w5 w6 w7 w8 w9 "));
}
