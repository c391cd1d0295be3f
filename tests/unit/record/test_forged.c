/* Damage with checksums that are right: nothing is read outside. */
#include <stdlib.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/alloc.h"
#include "base/hash.h"
#include "frame.h"
#include "hostile.h"

TestSuite(record_forged, .init = hostile_open, .fini = hostile_free, .timeout = 250);

/* Write words with their checksum put right. */
static void write_words(char *bytes)
{
    size_t len = site.len[WORDS];
    size_t n_blocks =
        (len - KH_WORDLIST_HEAD + KH_CHECKED_BLOCK + 3) / (KH_CHECKED_BLOCK + 4);
    char *end = bytes + len - n_blocks * 4;
    KH_CLEANUP(kh_summing_release) kh_summing summing;
    kh_summing_init(&summing);
    kh_summing_add(&summing, kh_str_make(bytes + KH_WORDLIST_HEAD,
                                         (size_t)(end - bytes) - KH_WORDLIST_HEAD));
    kh_summing_end(&summing);
    kh_str sums = kh_buf_str(&summing.sums);
    cr_assert(eq(sz, sums.len, n_blocks * 4));
    memcpy(end, sums.ptr, sums.len);
    uint64_t sum = kh_checksum(kh_str_make(bytes, KH_WORDLIST_HEAD - 4), 0);
    put_u32(bytes + KH_WORDLIST_HEAD - 4, kh_checksum(sums, sum));
    write_file(WORDS, bytes, len);
}

Test(record_forged, words_read_nothing_outside)
{
    size_t len = site.len[WORDS];
    char *bad = malloc(len);
    for (unsigned i = 0; i < 200; i++) {
        memcpy(bad, site.good[WORDS], len);
        size_t reach = i % 3 == 0 ? 64 : i % 3 == 1 ? 4096 : len;
        flip(bad + 8, (reach < len ? reach : len) - 8);
        write_words(bad);
        expect_fair(read_all(true));
    }
    heal(WORDS);
    free(bad);
}

Test(record_forged, words_of_other_bounds_are_refused)
{
    const kh_wordlist *words = &site.records->words;
    const unsigned char *base = words->checked->map.ptr;
    size_t last_bucket =
        (size_t)(words->bucket - base) + ((size_t)4 << words->key_bits);
    cr_assert(gt(sz, words->dictionaries[0].len, 0));
    size_t shares = (kh_le32(base + 40) + 7u) / 8 * 8;
    const size_t places[] = {
        8,
        12,
        16,
        20,
        24,
        28,
        32,
        36,
        40,
        44, /* counts and bytes of the head */
        (size_t)(words->start - base) +
            (size_t)((words->n_words - 1) / KH_WORD_GROUP) * KH_WORD_GROUP_BYTES,
        (size_t)(words->dictionaries[0].ptr - (const char *)base) - shares,
        last_bucket,
        last_bucket - 4,
        (size_t)(words->keyed - base),
        (size_t)(words->keyed - base) + (size_t)(words->n_keys - 1) * KH_CODE_BYTES,
    };
    char *bad = malloc(site.len[WORDS]);
    for (size_t i = 0; i < KH_COUNT_OF(places); i++) {
        uint32_t good = kh_le32(base + places[i]);
        const uint32_t values[] = { good + KH_WORDS_MAX, good * 2 + 100000, 0x7FFFFFFFu,
                                    UINT32_MAX };
        for (size_t k = 0; k < KH_COUNT_OF(values); k++) {
            memcpy(bad, site.good[WORDS], site.len[WORDS]);
            put_u32(bad + places[i], values[k]);
            write_words(bad);
            kh_status status = read_all(true);
            cr_expect(eq(int, (int)status, (int)KH_ERR_CORRUPT), "at %zu: %u",
                      places[i], values[k]);
        }
    }
    heal(WORDS);
    free(bad);
}

/* Signs with their checksums put right; what the check of the records says. */
static kh_status check_signs(char *bytes, kh_buf *log)
{
    size_t len = site.len[SIGNS];
    const kh_checked *checked = site.records->signs.checked;
    size_t n_bytes = (size_t)(checked->end - checked->begin);
    KH_CLEANUP(kh_summing_release) kh_summing summing;
    kh_summing_init(&summing);
    kh_summing_add(&summing, kh_str_make(bytes, n_bytes));
    kh_summing_end(&summing);
    memcpy(bytes + n_bytes, summing.sums.ptr, summing.sums.len);
    uint64_t sum = kh_checksum(kh_str_make(bytes + n_bytes, len - n_bytes - 4), 0);
    put_u32(bytes + len - 4, sum);
    write_file(SIGNS, bytes, len);
    KH_AUTO(kh_records_free) kh_records *records = NULL;
    kh_error err;
    kh_status status = kh_records_open(&records, site.records->folder, &err);
    if (status == KH_OK)
        status = kh_records_check(records, 1, log, &err);
    if (status != KH_OK)
        kh_buf_printf(log, "%s", err.message);
    return status;
}

static void expect_sign_fault(size_t at, char byte, const char *fault)
{
    char *bad = malloc(site.len[SIGNS]);
    memcpy(bad, site.good[SIGNS], site.len[SIGNS]);
    bad[at] = byte;
    KH_AUTO_BUF log;
    kh_buf_init(&log, KH_BUF_MAX);
    cr_expect(eq(int, (int)check_signs(bad, &log), (int)KH_ERR_CORRUPT), "%s", fault);
    cr_expect(ne(ptr, strstr(kh_buf_text(&log), fault), NULL), "%s: %s", fault,
              kh_buf_text(&log));
    heal(SIGNS);
    free(bad);
}

Test(record_forged, signs_that_lack_what_is_there_are_seen_by_the_check)
{
    const kh_signs *signs = &site.records->signs;
    const unsigned char *begin = signs->checked->begin;
    cr_assert(gt(u32, signs->n_words, 2));
    cr_assert(gt(u64, signs->n_bytes, 0));
    char *same = malloc(site.len[SIGNS]);
    memcpy(same, site.good[SIGNS], site.len[SIGNS]);
    KH_AUTO_BUF log;
    kh_buf_init(&log, KH_BUF_MAX);
    cr_expect(eq(int, (int)check_signs(same, &log), (int)KH_OK), "%s",
              kh_buf_text(&log));
    free(same);

    kh_sign sign = { 0 };
    uint32_t document = 0;
    while (sign.n_bytes == 0 && document < kh_records_n(site.records))
        (void)!kh_signs_of(&sign, signs, ++document);
    size_t at = 0;
    while (at + 1 < sign.n_bytes && sign.bytes[at] == 0)
        at++;
    expect_sign_fault((size_t)(sign.bytes - begin) + at, 0,
                      "its sign lacks two of its words");
    size_t groups = (size_t)(signs->groups - begin);
    size_t langs = groups + KH_SIGN_START_BYTES + KH_SIGN_GROUP;
    char other = (char)(sign.lang == 0 ? 1 : 0);
    expect_sign_fault(langs + (document - 1) % KH_SIGN_GROUP, other,
                      "its sign is of another language");
    expect_sign_fault(langs, 100, "signs"); /* no language */
    expect_sign_fault(groups, 1, "signs");  /* not where it begins */
    expect_sign_fault((size_t)(signs->words - begin), 9, "signs");       /* a weight */
    expect_sign_fault((size_t)(signs->words - begin) + 3, 127, "signs"); /* the order */
}

Test(record_forged, streams_read_nothing_outside)
{
    char *codes = malloc(site.len[CODES]);
    char *rest = malloc(site.len[REST]);
    for (unsigned i = 0; i < 120; i++) {
        memcpy(codes, site.good[CODES], site.len[CODES]);
        memcpy(rest, site.good[REST], site.len[REST]);
        for (uint32_t document = 1; document <= HOSTILE_ARTICLES; document++) {
            kh_extent of = extent_of(document, CODES);
            size_t len = (size_t)(of.end - of.begin);
            flip(codes + of.begin, len);
            uint64_t sum = kh_checksum(kh_str_make(codes + of.begin, len),
                                       kh_record_head_of(site.records, document).key);
            of = extent_of(document, REST);
            len = (size_t)(of.end - of.begin);
            sum = kh_checksum(kh_str_make(rest + of.begin + 4, len - 4), sum);
            put_u32(rest + of.begin, sum);
        }
        write_file(CODES, codes, site.len[CODES]);
        write_file(REST, rest, site.len[REST]);
        expect_fair(read_all(true));
    }
    heal(CODES);
    heal(REST);
    free(codes);
    free(rest);
}

/* Put an article together from a damaged rest in memory of exactly its size. */
static void read_bad_rest(const kh_rest *good, const kh_stream *stream)
{
    size_t len = (size_t)(good->values.ptr + good->values.len - good->plain);
    kh_rest rest = { .plain = malloc(len) };
    memcpy(rest.plain, good->plain, len);
    size_t reach = roll(&site.d, 2) == 0 && len > 60 ? 60 : len;
    flip(rest.plain, reach);
    size_t kept = roll(&site.d, 5) == 0 ? roll(&site.d, (unsigned)len) : len;
    rest.plain = kh_realloc(rest.plain, kept > 0 ? kept : 1);
    if (kh_rest_read(&rest, kept)) {
        kh_frame frame = { 0 };
        if (roll(&site.d, 4) == 0) /* far more text than is said */
            rest.text_bytes = rest.stored_bytes = roll(&site.d, 100);
        kh_str values[KH_RECORD_N_TAGS];
        bool has[KH_RECORD_N_TAGS];
        kh_str word;
        bool is_sound =
            kh_frame_read(&frame, &site.records->words, stream, &rest) == NULL;
        if (is_sound && kh_frame_places(&frame, &rest))
            cr_assert(eq(u64, frame.len, rest.text_bytes));
        (void)kh_rest_values(&rest, values, has);
        for (size_t k = 0; k < 5; k++)
            if (kh_rest_spelled(&rest, k, &word))
                cr_assert(le(sz, (size_t)(word.ptr + word.len - rest.plain), kept));
        kh_frame_release(&frame);
    }
    kh_rest_release(&rest);
}

Test(record_forged, rests_read_nothing_outside)
{
    for (unsigned i = 0; i < 4000; i++) {
        uint32_t document = 1 + roll(&site.d, HOSTILE_ARTICLES);
        kh_rest *rest;
        kh_stream stream;
        kh_error err;
        expect_fair(kh_records_rest(&rest, site.records, document, &err));
        expect_fair(kh_records_stream(&stream, site.records, document, &err));
        read_bad_rest(rest, &stream);
    }
}
