/* Damage with checksums that are right: nothing is read outside. */
#include <stdlib.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/alloc.h"
#include "base/hash.h"
#include "frame.h"
#include "hostile.h"
#include "wordlist_writer.h"

TestSuite(record_forged, .init = hostile_open, .fini = hostile_free, .timeout = 250);

/* Write words with their checksum put right. */
static void write_words(char *bytes)
{
    size_t len = site.len[WORDS];
    size_t n_blocks =
        (len - KH_WORDLIST_HEAD + KH_WORDLIST_BLOCK + 3) / (KH_WORDLIST_BLOCK + 4);
    char *end = bytes + len - n_blocks * 4;
    KH_AUTO_BUF sums;
    kh_buf_init(&sums, KH_BUF_MAX);
    kh_wordlist_sums(&sums, kh_str_make(bytes + KH_WORDLIST_HEAD,
                                        (size_t)(end - bytes) - KH_WORDLIST_HEAD));
    cr_assert(eq(sz, sums.len, n_blocks * 4));
    memcpy(end, sums.ptr, sums.len);
    uint64_t sum = kh_checksum(kh_str_make(bytes, KH_WORDLIST_HEAD - 4), 0);
    put_u32(bytes + KH_WORDLIST_HEAD - 4, kh_checksum(kh_buf_str(&sums), sum));
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
    const unsigned char *base = words->file.map.ptr;
    size_t last_bucket =
        (size_t)(words->bucket - base) + ((size_t)4 << words->key_bits);
    cr_assert(gt(sz, words->dictionary.len, 0));
    const size_t places[] = {
        8,
        12,
        16,
        20,
        24,
        28,
        32,
        36, /* counts and bytes of the head */
        (size_t)(words->start - base) + (size_t)words->n_words * 4,
        last_bucket,
        last_bucket - 4,
        (size_t)(words->keyed - base),
        (size_t)(words->keyed - base) + (size_t)(words->n_keys - 1) * 4,
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

Test(record_forged, streams_read_nothing_outside)
{
    char *codes = malloc(site.len[CODES]);
    char *rest = malloc(site.len[REST]);
    for (unsigned i = 0; i < 120; i++) {
        memcpy(codes, site.good[CODES], site.len[CODES]);
        memcpy(rest, site.good[REST], site.len[REST]);
        for (uint32_t document = 1; document <= HOSTILE_ARTICLES; document++) {
            size_t begin = place_of(document, CODES);
            size_t len = place_of(document + 1, CODES) - begin;
            flip(codes + begin, len);
            uint64_t sum = kh_checksum(kh_str_make(codes + begin, len),
                                       kh_record_head_of(site.records, document).key);
            size_t at = place_of(document, REST);
            sum = kh_checksum(
                kh_str_make(rest + at + 4, place_of(document + 1, REST) - at - 4), sum);
            put_u32(rest + at, sum);
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
