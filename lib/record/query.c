/* query - open and free the compiled words of a query. */
#include "query.h"

#include "base/alloc.h"
#include "codeset.h"

kh_status kh_record_query_open(kh_record_query **out, kh_records *records,
                               const kh_record_word *words, size_t n, kh_error *err)
{
    if (n > KH_RECORD_WORDS_MAX)
        return kh_fail(err, KH_ERR_LIMIT, "a query of %zu words: at most %d are taken",
                       n, KH_RECORD_WORDS_MAX);

    kh_record_query *query = kh_alloc(sizeof(*query));
    query->records = records;
    query->arena = kh_arena_open();
    query->is_plain = !kh_scan_is_fast();
    kh_atoms_make(query, words, n);

    (void)kh_language_table(&query->n_sets);
    query->n_sets++; /* the neutral row */
    query->sets = kh_alloc(query->n_sets * sizeof(kh_codeset *));

    static const uint32_t marks[] = { KH_MARK_PARAGRAPH, KH_MARK_HEADING, KH_MARK_TITLE,
                                      KH_MARK_DECK, KH_MARK_BLOCK };
    kh_finder_init(&query->blocks);
    kh_finder_add(&query->blocks, marks, sizeof(marks) / sizeof(marks[0]));
    *out = query;
    return KH_OK;
}

void kh_record_query_free(kh_record_query *query)
{
    if (!query)
        return;
    for (size_t i = 0; i < query->n_sets; i++)
        kh_codeset_free(query->sets[i]);
    kh_free(query->sets);
    kh_arena_free(query->arena);
    kh_free(query->pairs);
    kh_free(query->places);
    kh_free(query->hits);
    kh_free(query->sentences);
    kh_near_release(&query->near);
    kh_free(query->reached);
    kh_sifter_free(query->sifter);
    kh_free(query);
}

void kh_record_query_set_plain(kh_record_query *query, bool is_plain)
{
    query->is_plain = is_plain || !kh_scan_is_fast();
}
