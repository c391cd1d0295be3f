/* test_pulsed - rare terms come back as they were given, and damage is told. */
#include "pulsed/pulsed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "scratch.h"

#define N_TERMS 3000u

typedef struct entry {
    char text[KH_PULSED_TERM_MAX];
    size_t len;
    kh_pulsed_postings postings;
} entry;

static entry entries[N_TERMS];
static size_t n_entries;
static uint64_t state;

TestSuite(pulsed, .init = scratch_open, .fini = scratch_free);

static uint32_t dice(uint32_t sides)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33) % sides;
}

static kh_str text_of(const entry *e)
{
    return kh_str_make(e->text, e->len);
}

static int by_text(const void *a, const void *b)
{
    return kh_str_compare(text_of(a), text_of(b));
}

/* Terms of few letters, so that they share them; zero bytes, and some of all lengths.
 */
static void make_entry(entry *e)
{
    e->len = 1 + (dice(20) == 0 ? dice(KH_PULSED_TERM_MAX) : dice(9));
    for (size_t i = 0; i < e->len; i++)
        e->text[i] = "\0ab\xFF"[dice(4)];
    e->postings = (kh_pulsed_postings){ .n = 1 + dice(KH_PULSED_MAX) };
    uint32_t same = dice(40);
    uint32_t document = dice(4) == 0 ? UINT32_MAX - 100 : dice(1000);
    for (uint32_t i = 0; i < e->postings.n; i++) {
        document += 1 + (document < 100000 ? dice(3000) : dice(9));
        e->postings.documents[i] = document;
        e->postings.wdfs[i] = e->postings.n % 2 == 0 ? same
                              : dice(9) == 0         ? UINT32_MAX
                                                     : dice(40);
    }
}

/* Some entries, sorted, each text once; written to the folder of the test. */
static void make_file(size_t n)
{
    state = n;
    for (size_t i = 0; i < n; i++)
        make_entry(&entries[i]);
    qsort(entries, n, sizeof(entry), by_text);
    n_entries = 0;
    for (size_t i = 0; i < n; i++)
        if (i == 0 || by_text(&entries[n_entries - 1], &entries[i]) < 0)
            entries[n_entries++] = entries[i];
    kh_pulsed_writer *writer = NULL;
    assert_ok(kh_pulsed_writer_open(&writer, scratch_path("."), NULL));
    for (size_t i = 0; i < n_entries; i++) {
        const kh_pulsed_postings *p = &entries[i].postings;
        assert_ok(kh_pulsed_add(writer, text_of(&entries[i]), p->documents, p->wdfs,
                                p->n, NULL));
    }
    assert_ok(kh_pulsed_writer_close(writer, NULL));
}

static bool are_same(const kh_pulsed_postings *a, const kh_pulsed_postings *b)
{
    if (a->n != b->n)
        return false;
    for (uint32_t i = 0; i < a->n; i++)
        if (a->documents[i] != b->documents[i] || a->wdfs[i] != b->wdfs[i])
            return false;
    return true;
}

/* The first entry at or behind a text. */
static size_t place_of(kh_str text)
{
    size_t i = 0;
    while (i < n_entries && kh_str_compare(text_of(&entries[i]), text) < 0)
        i++;
    return i;
}

static void expect_found(const kh_pulsed *pulsed, kh_str text)
{
    size_t at = place_of(text);
    bool is_there = at < n_entries && kh_str_equal(text_of(&entries[at]), text);
    kh_pulsed_postings found;
    assert_ok(kh_pulsed_find(&found, pulsed, text, NULL));
    if (is_there)
        cr_expect(are_same(&found, &entries[at].postings), "entry %zu", at);
    else
        cr_expect(eq(u32, found.n, 0));

    kh_pulsed_cursor cursor;
    kh_str next;
    assert_ok(kh_pulsed_seek(&cursor, pulsed, text, NULL));
    kh_status status = kh_pulsed_next(&cursor, &next, &found, NULL);
    expect_status(status, at < n_entries ? KH_OK : KH_END);
    if (status == KH_OK)
        cr_expect(kh_str_equal(next, text_of(&entries[at])), "seek, entry %zu", at);
}

Test(pulsed, gives_back_what_it_was_given)
{
    static const size_t sizes[] = { 1, 2, 400, N_TERMS };
    for (size_t k = 0; k < KH_COUNT_OF(sizes); k++) {
        make_file(sizes[k]);
        KH_AUTO(kh_pulsed_free) kh_pulsed *pulsed = NULL;
        assert_ok(kh_pulsed_open(&pulsed, scratch_path("."), NULL));
        cr_expect(eq(u64, kh_pulsed_n_terms(pulsed), n_entries));
        kh_pulsed_cursor cursor;
        kh_str term;
        kh_pulsed_postings found;
        assert_ok(kh_pulsed_seek(&cursor, pulsed, KH_STR(""), NULL));
        for (size_t i = 0; i < n_entries; i++) {
            assert_ok(kh_pulsed_next(&cursor, &term, &found, NULL));
            cr_assert(kh_str_equal(term, text_of(&entries[i])), "entry %zu", i);
            cr_assert(are_same(&found, &entries[i].postings), "entry %zu", i);
        }
        expect_status(kh_pulsed_next(&cursor, &term, &found, NULL), KH_END);
        expect_status(kh_pulsed_next(&cursor, &term, &found, NULL), KH_END);
        for (size_t i = 0; i < n_entries; i += 1 + n_entries / 300)
            expect_found(pulsed, text_of(&entries[i]));
        for (size_t i = 0; i < 300; i++) { /* mostly what is not there */
            entry other;
            make_entry(&other);
            expect_found(pulsed, text_of(&other));
        }
        expect_found(pulsed, KH_STR(""));
        expect_found(pulsed,
                     KH_STR("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"));
    }
}

Test(pulsed, may_be_empty_or_missing)
{
    KH_AUTO(kh_pulsed_free) kh_pulsed *pulsed = NULL;
    kh_error err;
    expect_status(kh_pulsed_open(&pulsed, scratch_path("."), &err), KH_ERR_NOT_FOUND);
    make_file(0);
    assert_ok(kh_pulsed_open(&pulsed, scratch_path("."), NULL));
    cr_expect(eq(u64, kh_pulsed_n_terms(pulsed), 0));
    expect_found(pulsed, KH_STR("a"));
}

Test(pulsed, refuses_what_it_cannot_hold)
{
    static const uint32_t documents[] = { 3, 2, 2, 4, 5, 6, 7, 8, 9 };
    static const uint32_t wdfs[] = { 1, 1, 1, 1, 1, 1, 1, 1, 1 };
    static const uint32_t none[] = { 0 };
    char longest[KH_PULSED_TERM_MAX + 1];
    memset(longest, 'x', sizeof(longest));
    kh_error err;
    KH_AUTO(kh_pulsed_writer_free) kh_pulsed_writer *writer = NULL;
    assert_ok(kh_pulsed_writer_open(&writer, scratch_path("."), NULL));
    assert_ok(kh_pulsed_add(writer, KH_STR("b"), documents, wdfs, 1, NULL));
    const struct {
        kh_str term;
        const uint32_t *documents;
        size_t n;
    } bad[] = {
        { KH_STR("b"), documents, 1 },
        { KH_STR("a"), documents, 1 },
        { KH_STR(""), documents, 1 },
        { KH_STR("c"), documents, 0 },
        { KH_STR("c"), documents, 2 },
        { KH_STR("c"), documents + 1, 2 },
        { KH_STR("c"), documents + 2, 9 },
        { KH_STR("c"), none, 1 },
        { kh_str_make(longest, sizeof(longest)), documents, 1 },
    };
    for (size_t i = 0; i < KH_COUNT_OF(bad); i++)
        cr_expect(eq(int,
                     kh_pulsed_add(writer, bad[i].term, bad[i].documents, wdfs,
                                   bad[i].n, &err),
                     KH_ERR_ARGUMENT),
                  "%zu", i);
}

/* Every term: found, or damage told; never missing or another answer, never a crash. */
static void expect_sound_or_told(void)
{
    KH_AUTO(kh_pulsed_free) kh_pulsed *pulsed = NULL;
    kh_error err;
    kh_status status = kh_pulsed_open(&pulsed, scratch_path("."), &err);
    for (size_t i = 0; i < n_entries && status == KH_OK; i++) {
        kh_pulsed_postings found;
        kh_status sought = kh_pulsed_find(&found, pulsed, text_of(&entries[i]), &err);
        cr_assert(sought == KH_ERR_CORRUPT ||
                  (sought == KH_OK && are_same(&found, &entries[i].postings)));
    }
    cr_assert(status == KH_OK || status == KH_ERR_CORRUPT);
}

Test(pulsed, damage_is_told_or_harmless)
{
    make_file(400);
    KH_AUTO_BUF whole;
    kh_buf_init(&whole, KH_BUF_MAX);
    assert_ok(kh_file_read(&whole, scratch_path(KH_PULSED_FILE), KH_BUF_MAX, NULL));
    for (size_t at = 0; at < whole.len; at += at + 600 < whole.len ? 37 : 1) {
        whole.ptr[at] ^= 0x15;
        assert_ok(
            kh_file_replace(scratch_path(KH_PULSED_FILE), kh_buf_str(&whole), NULL));
        expect_sound_or_told();
        whole.ptr[at] ^= 0x15;
    }
    for (size_t len = 0; len < whole.len; len += len < 100 ? 7 : 211) {
        kh_str cut = kh_str_make(whole.ptr, len);
        assert_ok(kh_file_replace(scratch_path(KH_PULSED_FILE), cut, NULL));
        expect_sound_or_told();
        cut = kh_str_make(whole.ptr + len, whole.len - len);
        assert_ok(kh_file_replace(scratch_path(KH_PULSED_FILE), cut, NULL));
        expect_sound_or_told();
    }
}
