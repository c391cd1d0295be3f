/* test_counts - texts counted by several threads, as one. */
#include <stdio.h>
#include <stdlib.h>

#include "base/table.h"
#include "runs/counts.h"
#include "scratch.h"

#define N_TEXTS 500u
#define N_RUNS  5u

TestSuite(counts, .init = scratch_open, .fini = scratch_free);

static kh_str text_of(uint32_t i)
{
    static char text[32];
    int n =
        snprintf(text, sizeof(text), "%s%u", i % 2 ? "word" : "w", i * 31 % N_TEXTS);
    return kh_str_make(text, (size_t)n);
}

Test(counts, a_text_counts_once_an_article)
{
    uint64_t wanted[N_TEXTS] = { 0 };
    char *paths[N_RUNS];
    KH_AUTO(kh_counts_free) kh_counts *counts = kh_counts_open();
    uint32_t article = 0;
    for (uint32_t run = 0; run < N_RUNS; run++) {
        for (uint32_t i = 0; i < 300; i++) {
            article++;
            uint32_t text = (article * 2654435761u >> 8) % N_TEXTS;
            kh_str t = text_of(text);
            uint32_t number = kh_counts_text(counts, t, kh_table_hash(t));
            kh_counts_add(counts, number, article);
            kh_counts_add(counts, number, article); /* again: the same article */
            wanted[text]++;
        }
        char name[16];
        snprintf(name, sizeof(name), "counts-%u", run);
        paths[run] = strdup(scratch_path(name));
        assert_ok(kh_counts_spill(counts, paths[run], NULL));
        if (run % 2 == 1)
            kh_counts_forget(counts);
    }

    KH_AUTO(kh_counts_merge_free) kh_counts_merge *merge = NULL;
    assert_ok(kh_counts_merge_open(&merge, (const char *const *)paths, N_RUNS, NULL));
    KH_AUTO_BUF before;
    kh_buf_init(&before, 64);
    kh_str text;
    uint64_t count;
    kh_status status;
    while ((status = kh_counts_merge_next(merge, &text, &count, NULL)) == KH_OK) {
        cr_assert(kh_str_compare(kh_buf_str(&before), text) < 0);
        kh_buf_reset(&before);
        kh_buf_add(&before, text);
        uint32_t i = 0;
        while (!kh_str_equal(text_of(i), text))
            i++;
        cr_assert(eq(u64, count, wanted[i]));
        wanted[i] = 0;
    }
    cr_expect(status == KH_END);
    for (uint32_t i = 0; i < N_TEXTS; i++)
        cr_expect(eq(u64, wanted[i], 0));
    for (uint32_t i = 0; i < N_RUNS; i++)
        free(paths[i]);
}

Test(counts, nothing_gives_nothing)
{
    KH_AUTO(kh_counts_merge_free) kh_counts_merge *merge = NULL;
    assert_ok(kh_counts_merge_open(&merge, NULL, 0, NULL));
    kh_str text;
    uint64_t count;
    cr_expect(kh_counts_merge_next(merge, &text, &count, NULL) == KH_END);
}
