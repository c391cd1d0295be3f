/* test_inversion - postings through runs and a merge, against a plain table. */
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/table.h"
#include "runs/inversion.h"
#include "runs/merge.h"
#include "scratch.h"

#define N_ARTICLES 400u
#define N_TERMS    300u
#define N_WORKERS  3u
#define RUNS_MAX   64u

TestSuite(inversion, .init = scratch_open, .fini = scratch_free);

static uint64_t state = 7;

static uint32_t dice(uint32_t n)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((state >> 33) % n);
}

static kh_str term_text(uint32_t term)
{
    static char text[64];
    /* some share long beginnings, one has a zero byte, one is empty */
    int n = snprintf(text, sizeof(text), term % 3 ? "t%u" : "a long beginning %05u",
                     term * 7919 % N_TERMS);
    if (term == 5)
        memcpy(text, "z\0b", (size_t)(n = 3));
    return term == 6 ? KH_STR("") : kh_str_make(text, (size_t)n);
}

static uint32_t wdfs[N_TERMS][N_ARTICLES];
static bool is_in[N_TERMS][N_ARTICLES];

typedef struct spilling {
    char *paths[RUNS_MAX];
    size_t n;
} spilling;

static void spill(spilling *s, kh_inversion *inversion)
{
    char name[32];
    snprintf(name, sizeof(name), "run-%zu", s->n);
    s->paths[s->n] = strdup(scratch_path(name));
    assert_ok(kh_inversion_spill(inversion, s->paths[s->n++], NULL));
}

/* Articles in batches of 16 to the workers in turn; each spills when it likes, and
 * knows its terms in the next run, or forgets them. */
static void fill(spilling *s, uint32_t spill_every)
{
    for (uint32_t w = 0; w < N_WORKERS; w++) {
        KH_AUTO(kh_inversion_free) kh_inversion *inversion = kh_inversion_open();
        uint32_t n_since = 0;
        for (uint32_t article = 0; article < N_ARTICLES; article++) {
            if (article / 16 % N_WORKERS != w)
                continue;
            for (uint32_t i = dice(60); i > 0; i--) {
                uint32_t term = dice(dice(N_TERMS) + 1);
                uint32_t wdf = dice(40) == 0 ? 16000 + dice(40000) : dice(4);
                kh_str text = term_text(term);
                uint32_t number =
                    kh_inversion_term(inversion, text, kh_table_hash(text));
                kh_inversion_add(inversion, number, article, wdf);
                wdfs[term][article] += wdf;
                is_in[term][article] = true;
            }
            if (++n_since == spill_every) {
                spill(s, inversion);
                if (dice(2) == 0)
                    kh_inversion_forget(inversion);
                n_since = 0;
            }
        }
        spill(s, inversion);
    }
}

static uint32_t find_term(kh_str text)
{
    for (uint32_t i = 0; i < N_TERMS; i++)
        if (kh_str_equal(term_text(i), text))
            return i;
    return UINT32_MAX;
}

static void expect_term(const kh_term_postings *got, const uint32_t *documents)
{
    uint32_t term = find_term(got->term);
    cr_assert(term < N_TERMS);
    size_t at = 0;
    for (uint32_t article = 0; article < N_ARTICLES; article++) {
        if (!is_in[term][article] || documents[article] == 0)
            continue;
        cr_assert(at < got->n);
        cr_assert(eq(u32, got->documents[at], documents[article]));
        cr_assert(eq(u32, got->wdfs[at], wdfs[term][article]));
        at++;
        is_in[term][article] = false; /* met */
    }
    cr_assert(eq(sz, at, got->n));
}

static void check_merge(uint32_t spill_every)
{
    spilling s = { 0 };
    memset(wdfs, 0, sizeof(wdfs));
    memset(is_in, 0, sizeof(is_in));
    fill(&s, spill_every);

    uint32_t documents[N_ARTICLES];
    uint32_t n_documents = 0;
    for (uint32_t i = 0; i < N_ARTICLES; i++)
        documents[i] = i % 11 == 3 ? 0 : ++n_documents;
    kh_article_map map = { documents, N_ARTICLES };
    KH_AUTO(kh_term_merge_free) kh_term_merge *merge = NULL;
    assert_ok(
        kh_term_merge_open(&merge, (const char *const *)s.paths, s.n, &map, NULL));
    kh_term_postings got;
    cr_assert(kh_term_merge_next(merge, &got, NULL) == KH_OK);
    assert_ok(kh_term_merge_rewind(merge, NULL)); /* and from the beginning */

    char before[64] = "";
    size_t before_len = 0;
    bool is_first = true;
    kh_status status;
    while ((status = kh_term_merge_next(merge, &got, NULL)) == KH_OK) {
        cr_assert(is_first ||
                  kh_str_compare(kh_str_make(before, before_len), got.term) < 0);
        is_first = false;
        if (got.term.len > 0)
            memcpy(before, got.term.ptr, got.term.len);
        before_len = got.term.len;
        expect_term(&got, documents);
    }
    cr_assert(status == KH_END);
    for (uint32_t i = 0; i < N_TERMS; i++)
        for (uint32_t k = 0; k < N_ARTICLES; k++)
            cr_assert(not(is_in[i][k] && documents[k] != 0), "term %u article %u", i,
                      k);
    for (size_t i = 0; i < s.n; i++)
        free(s.paths[i]);
}

Test(inversion, runs_of_several_threads_merge_to_the_same_postings)
{
    check_merge(1000);
    check_merge(30);
    check_merge(7);
}

Test(inversion, a_run_written_in_order_is_read_like_any_other)
{
    const char *path = scratch_path("run");
    KH_AUTO(kh_run_writer_free) kh_run_writer *writer = NULL;
    assert_ok(kh_run_writer_open(&writer, path, NULL));
    kh_run_writer_term(writer, KH_STR("a"));
    for (uint64_t i = 0; i < 1000; i++)
        kh_run_writer_add(writer, i, (uint32_t)i);
    kh_run_writer_term(writer, KH_STR("ab"));
    kh_run_writer_add(writer, 999, UINT32_MAX);
    assert_ok(kh_run_writer_close(KH_TAKE(writer), NULL));

    uint32_t documents[1000];
    for (uint32_t i = 0; i < 1000; i++)
        documents[i] = i + 1;
    kh_article_map map = { documents, 1000 };
    KH_AUTO(kh_term_merge_free) kh_term_merge *merge = NULL;
    assert_ok(kh_term_merge_open(&merge, &path, 1, &map, NULL));
    kh_term_postings got;
    assert_ok(kh_term_merge_next(merge, &got, NULL));
    cr_expect(eq(sz, got.n, 1000));
    cr_expect(eq(u32, got.wdfs[777], 777));
    assert_ok(kh_term_merge_next(merge, &got, NULL));
    cr_expect(eq(u32, got.documents[0], 1000));
    cr_expect(eq(u32, got.wdfs[0], UINT32_MAX));
    cr_expect(kh_term_merge_next(merge, &got, NULL) == KH_END);

    map.n = 999; /* an article that nobody knows */
    assert_ok(kh_term_merge_rewind(merge, NULL));
    cr_expect(kh_term_merge_next(merge, &got, NULL) == KH_ERR_CORRUPT);
}

Test(inversion, a_run_that_is_cut_short_is_told)
{
    KH_AUTO(kh_inversion_free) kh_inversion *inversion = kh_inversion_open();
    for (uint32_t i = 0; i < 500; i++) {
        kh_str text = term_text(i % N_TERMS);
        kh_inversion_add(inversion,
                         kh_inversion_term(inversion, text, kh_table_hash(text)), i, 1);
    }
    char *path = strdup(scratch_path("run"));
    assert_ok(kh_inversion_spill(inversion, path, NULL));
    KH_AUTO_BUF whole;
    kh_buf_init(&whole, KH_BUF_MAX);
    assert_ok(kh_file_read(&whole, path, KH_BUF_MAX, NULL));
    uint32_t documents[500];
    for (uint32_t i = 0; i < 500; i++)
        documents[i] = i + 1;
    kh_article_map map = { documents, 500 };
    size_t n_told = 0;
    for (size_t len = 0; len < whole.len; len += 13) {
        assert_ok(
            kh_file_replace(path, kh_str_slice(kh_buf_str(&whole), 0, len), NULL));
        KH_AUTO(kh_term_merge_free) kh_term_merge *merge = NULL;
        const char *const paths[] = { path };
        kh_status status = kh_term_merge_open(&merge, paths, 1, &map, NULL);
        kh_term_postings got;
        while (status == KH_OK)
            status = kh_term_merge_next(merge, &got, NULL);
        cr_assert(status == KH_ERR_CORRUPT || status == KH_END);
        n_told += status == KH_ERR_CORRUPT;
    }
    cr_expect(n_told > whole.len / 13 * 8 / 10, "cut between two terms is not seen");
    free(path);
}

Test(inversion, says_when_an_article_is_too_far_from_the_first)
{
    const uint64_t first = 1000000007;
    KH_AUTO(kh_inversion_free) kh_inversion *inversion = kh_inversion_open();
    cr_expect(kh_inversion_has_room(inversion, UINT64_C(1) << 40), "nothing is in it");
    uint32_t term =
        kh_inversion_term(inversion, KH_STR("t"), kh_table_hash(KH_STR("t")));
    kh_inversion_add(inversion, term, first, 3);
    uint64_t last = first + (UINT64_C(1) << 22) - 1;
    cr_expect(kh_inversion_has_room(inversion, last));
    cr_expect(not(kh_inversion_has_room(inversion, last + 1)));

    kh_inversion_add(inversion, term, last, 4); /* the farthest is still right */
    const char *path = scratch_path("run");
    assert_ok(kh_inversion_spill(inversion, path, NULL));
    cr_expect(kh_inversion_has_room(inversion, UINT64_C(1) << 40), "a new run");
    KH_AUTO(kh_source_free) kh_source *source = NULL;
    assert_ok(kh_source_open(&source, path, NULL));
    cr_expect(eq(u64, kh_source_varint(source), 0)); /* shared */
    cr_expect(kh_str_equal(kh_source_string(source), KH_STR("t")));
    cr_expect(eq(u64, kh_source_varint(source), 2)); /* postings */
    (void)kh_source_varint(source);
    cr_expect(eq(u64, kh_source_varint(source), first));
    cr_expect(eq(u64, kh_source_varint(source), 3));
    cr_expect(eq(u64, kh_source_varint(source), last - first));
    cr_expect(eq(u64, kh_source_varint(source), 4));
}
