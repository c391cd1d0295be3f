/* pulse - a database of the engine's, copied with its rare terms beside the table. */
#include "pulse.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/alloc.h"
#include "glass/writer.h"
#include "pulsed/pulsed.h"

#include "scratch.h"

#define POSTINGS_MAX 4000u

static void must(kh_status status, const kh_error *err)
{
    cr_assert(eq(int, (int)status, (int)KH_OK), "%s", err->message);
}

static size_t read_postings(kh_database *database, kh_str term, uint32_t *documents,
                            uint32_t *wdfs)
{
    KH_AUTO(kh_posting_cursor_free) kh_posting_cursor *cursor = NULL;
    kh_error err = { 0 };
    must(kh_posting_cursor_open(&cursor, database, term, &err), &err);
    size_t n = 0;
    while (n < POSTINGS_MAX &&
           kh_posting_cursor_next(cursor, &documents[n], &wdfs[n], NULL) == KH_OK)
        n++;
    return n;
}

static void copy_lengths(kh_glass_writer *glass, kh_database *database)
{
    kh_database_stats stats;
    kh_error err = { 0 };
    must(kh_database_statistics(&stats, database, &err), &err);
    uint32_t lengths[POSTINGS_MAX];
    cr_assert(le(u32, stats.n_documents, POSTINGS_MAX));
    for (uint32_t d = 1; d <= stats.n_documents; d++)
        must(kh_database_length(&lengths[d - 1], database, d, &err), &err);
    must(kh_glass_lengths(glass, NULL, lengths, stats.n_documents, &err), &err);
}

static void copy_term(kh_glass_writer *glass, kh_pulsed_writer *rare,
                      kh_database *database, kh_str term)
{
    uint32_t documents[POSTINGS_MAX];
    uint32_t wdfs[POSTINGS_MAX];
    kh_error err = { 0 };
    size_t n = read_postings(database, term, documents, wdfs);
    if (n > KH_PULSED_MAX) {
        must(kh_glass_term(glass, term, documents, wdfs, n, &err), &err);
        return;
    }
    must(kh_pulsed_add(rare, term, documents, wdfs, n, &err), &err);
    for (size_t i = 0; i < n; i++)
        kh_glass_elsewhere(glass, wdfs[i]);
}

void pulse_database(const char *to, const char *from)
{
    kh_error err = { 0 };
    KH_AUTO(kh_database_free) kh_database *database = database_of(from);
    kh_glass_writer *glass = NULL;
    kh_pulsed_writer *rare = NULL;
    must(kh_glass_open(&glass, to, KH_GLASS_BLOCK_USUAL, &err), &err);
    must(kh_pulsed_writer_open(&rare, to, &err), &err);
    copy_lengths(glass, database);
    KH_AUTO(kh_term_cursor_free) kh_term_cursor *terms = NULL;
    must(kh_term_cursor_open(&terms, database, KH_STR(""), false, &err), &err);
    kh_str term;
    while (kh_term_cursor_next(terms, &term, NULL, NULL) == KH_OK)
        copy_term(glass, rare, database, term);
    must(kh_pulsed_writer_close(rare, &err), &err);
    must(kh_glass_close(glass, &err), &err);
}
