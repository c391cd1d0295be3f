/* fault_rare - operations on a database whose rare terms stand beside its table. */
#include <stdio.h>

#include "base/file.h"
#include "pulsed/pulsed.h"

#include "fault_operations.h"
#include "pulse.h"
#include "scratch.h"

/* The database with its rare terms beside the table. */
static kh_database *rare_database(void)
{
    char path[160];
    snprintf(path, sizeof(path), "%s", scratch_path("rare"));
    if (!kh_path_exists(path))
        pulse_database(path, database_path());
    KH_AUTO(kh_pulsed_free) kh_pulsed *pulsed = NULL;
    cr_assert(eq(int, kh_pulsed_open(&pulsed, path, NULL), KH_OK));
    cr_assert(ge(u64, kh_pulsed_n_terms(pulsed), 2));
    return database_of(path);
}

kh_status match_rare(kh_error *err)
{
    KH_AUTO(kh_database_free) kh_database *database = rare_database();
    const kh_match_options options = { .limit = 10, .k1 = 1.2, .b = 0.75 };
    kh_str words[ARCHIVE_WORDS];
    for (unsigned i = 0; i < ARCHIVE_WORDS; i++)
        words[i] = word(i);
    kh_matches matches = { .matches = UNTOUCHED };
    arm();
    KH_AUTO(kh_query_free)
    kh_query *query = kh_query_word(database, words, ARCHIVE_WORDS, true, &options);
    kh_status status = kh_match_run(&matches, database, query, &options, err);
    disarm();
    if (status == KH_OK)
        kh_matches_release(&matches);
    else
        cr_expect(eq(ptr, matches.matches, UNTOUCHED));
    return status;
}

kh_status list_rare(kh_error *err)
{
    KH_AUTO(kh_database_free) kh_database *database = rare_database();
    KH_AUTO(kh_term_cursor_free) kh_term_cursor *cursor = NULL;
    kh_str term;
    uint32_t n;
    arm();
    kh_status status = kh_term_cursor_open(&cursor, database, KH_STR("w"), false, err);
    if (status == KH_OK)
        status = kh_term_cursor_seek(cursor, KH_STR("w1"), err);
    if (status == KH_OK)
        status = kh_term_cursor_next(cursor, &term, &n, err);
    disarm();
    return status;
}
