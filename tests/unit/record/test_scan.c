/* Finding codes in streams: by decoding, in plain C, by the vector unit. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "base/alloc.h"
#include "scan.h"
#include "support/dice.h"
#include "walk.h"

#define STREAM_MAX 3000

TestSuite(scan);

typedef struct sample {
    unsigned char bytes[STREAM_MAX + 64]; /* a last byte before, padding behind */
    size_t n;
    uint32_t codes[80];
    size_t n_codes;
} sample;

static uint32_t roll_code(dice *d)
{
    switch (roll(d, 4)) {
    case 0:
        return roll(d, KH_CODE_TWO);
    case 1:
        return KH_CODE_TWO + roll(d, KH_CODE_THREE - KH_CODE_TWO);
    case 2:
        return KH_CODE_TWO + roll(d, 300);
    default:
        return KH_CODE_THREE + roll(d, KH_CODE_END - KH_CODE_THREE);
    }
}

/* A stream of codes, many of them of the set; with is_damaged some bytes are any. */
static void make(sample *s, dice *d, bool is_damaged)
{
    s->n_codes = 1 + roll(d, roll(d, 2) ? 8 : 80);
    for (size_t i = 0; i < s->n_codes; i++)
        s->codes[i] = roll_code(d);
    size_t wanted = roll(d, roll(d, 2) ? 70 : STREAM_MAX - 3);
    unsigned rarity = 1 + roll(d, 20);
    s->bytes[0] = 0x80;
    s->n = 0;
    while (s->n < wanted) {
        uint32_t code = roll(d, rarity) == 0 ? s->codes[roll(d, (unsigned)s->n_codes)]
                                             : roll_code(d);
        s->n += kh_code_put(s->bytes + 1 + s->n, code);
    }
    for (size_t i = 0; is_damaged && i < s->n / 8; i++)
        s->bytes[1 + roll(d, (unsigned)s->n)] = (unsigned char)roll(d, 256);
    memset(s->bytes + 1 + s->n, 0x80, 63);
}

static bool has(const sample *s, uint32_t code)
{
    for (size_t i = 0; i < s->n_codes; i++)
        if (s->codes[i] == code)
            return true;
    return false;
}

/* A copy that ends where reading may end, so that a sanitizer sees what goes beyond. */
static unsigned char *tight(const sample *s)
{
    unsigned char *copy = kh_alloc(1 + s->n + KH_STREAM_PADDING);
    memcpy(copy, s->bytes, 1 + s->n + KH_STREAM_PADDING);
    return copy;
}

/* How a scan goes. */
typedef struct way {
    bool is_plain;
    bool is_narrow;
    bool knows_begin;
} way;

/* What a scan gives is decoded and looked up; where that is a code of the set. */
static size_t places(size_t *out, const sample *s, const kh_finder *finder,
                     const kh_follower *follower, way by, const unsigned char *bytes)
{
    size_t n = 0;
    kh_scan scan = { .finder = finder,
                     .follower = follower,
                     .begin = by.knows_begin ? bytes + 1 : NULL,
                     .at = bytes + 1,
                     .end = bytes + 1 + s->n,
                     .is_plain = by.is_plain,
                     .is_narrow = by.is_narrow };
    const unsigned char *last;
    while (kh_scan_next(&scan, &last)) {
        const unsigned char *at = last + 1;
        uint32_t code = kh_code_before(&at, bytes + 1);
        if (has(s, code))
            out[n++] = (size_t)(last - bytes);
    }
    return n;
}

Test(scan, finds_what_decoding_finds)
{
    dice d = { 20250605 };
    sample *s = kh_alloc(sizeof(*s));
    size_t *found = kh_alloc(STREAM_MAX * sizeof(*found));
    for (unsigned round = 0; round < 3000; round++) {
        make(s, &d, false);
        unsigned char *bytes = tight(s);
        kh_finder finder;
        kh_finder_init(&finder);
        kh_finder_add(&finder, s->codes, s->n_codes);
        for (int k = 0; k < 5; k++) {
            way by = { k == 0 || !kh_scan_is_fast(), k % 2 == 0, k > 2 };
            size_t n = places(found, s, &finder, NULL, by, bytes);
            size_t i = 0;
            const unsigned char *at = bytes + 1;
            while (at < bytes + 1 + s->n) {
                uint32_t code = kh_code_next(&at, bytes + 1 + s->n);
                if (!has(s, code))
                    continue;
                cr_assert(lt(sz, i, n));
                cr_assert(eq(sz, found[i++], (size_t)(at - 1 - bytes)));
            }
            cr_assert(eq(sz, i, n));
        }
        kh_free(bytes);
    }
    kh_free(found);
    kh_free(s);
}

Test(scan, is_the_same_by_the_vector_unit)
{
    dice d = { 4711 };
    sample *s = kh_alloc(sizeof(*s));
    size_t *fast = kh_alloc(STREAM_MAX * sizeof(*fast));
    size_t *plain = kh_alloc(STREAM_MAX * sizeof(*plain));
    for (unsigned round = 0; round < 3000 && kh_scan_is_fast(); round++) {
        make(s, &d, roll(&d, 2) != 0);
        unsigned char *bytes = tight(s);
        kh_finder finder;
        kh_finder_init(&finder);
        kh_finder_add(&finder, s->codes, s->n_codes);
        kh_follower follower;
        kh_follower_init(&follower);
        for (unsigned i = roll(&d, 20); i-- > 0;)
            kh_follower_add(&follower, roll_code(&d));
        const kh_follower *followed = roll(&d, 2) ? &follower : NULL;

        way by = { false, roll(&d, 2) == 0, roll(&d, 2) == 0 };
        size_t n_fast = places(fast, s, &finder, followed, by, bytes);
        size_t n_plain =
            places(plain, s, &finder, followed, (way){ true, true, false }, bytes);

        cr_assert(eq(sz, n_fast, n_plain));
        cr_assert(eq(int, memcmp(fast, plain, n_fast * sizeof(*fast)), 0));
        kh_free(bytes);
    }
    kh_free(fast);
    kh_free(plain);
    kh_free(s);
}

Test(scan, wants_what_may_follow)
{
    static const uint32_t codes[] = { 300 };
    unsigned char bytes[64];
    memset(bytes, 0x80, sizeof(bytes));
    size_t n = 1;
    static const uint32_t stream[] = { 300, 20, 300, 0, 300, 5000, 300 };
    for (size_t i = 0; i < sizeof(stream) / sizeof(stream[0]); i++)
        n += kh_code_put(bytes + n, stream[i]);
    kh_finder finder;
    kh_finder_init(&finder);
    kh_finder_add(&finder, codes, 1);
    kh_follower follower;
    kh_follower_init(&follower);
    kh_follower_add(&follower, 5000);

    kh_scan scan = { .finder = &finder,
                     .follower = &follower,
                     .at = bytes + 1,
                     .end = bytes + n,
                     .is_plain = true };
    const unsigned char *last;
    cr_assert(kh_scan_next(&scan, &last));
    cr_expect(eq(sz, (size_t)(last - bytes), 5), "before a sentence end");
    cr_assert(kh_scan_next(&scan, &last));
    cr_expect(eq(sz, (size_t)(last - bytes), 8), "the word that is due");
    cr_assert(kh_scan_next(&scan, &last), "the padding may be a sentence end");
    cr_expect(not(kh_scan_next(&scan, &last)));
}

Test(scan, counts_codes_of_a_chunk)
{
    dice d = { 7 };
    sample *s = kh_alloc(sizeof(*s));
    for (unsigned round = 0; round < 2000; round++) {
        make(s, &d, true);
        kh_finder finder;
        kh_finder_init(&finder);
        kh_finder_add(&finder, s->codes, s->n_codes);
        for (size_t at = 0; at < s->n; at += KH_SCAN_BYTES) {
            size_t n = s->n - at < KH_SCAN_BYTES ? s->n - at : KH_SCAN_BYTES;
            const unsigned char *from = s->bytes + 1 + at;
            uint32_t ends[2];
            uint32_t bits[2];
            bits[0] = kh_scan_chunk(&ends[0], &finder, from, n, !kh_scan_is_fast());
            bits[1] = kh_scan_chunk(&ends[1], &finder, from, n, true);
            cr_assert(eq(u32, ends[0], ends[1]));
            cr_assert(eq(u32, bits[1] & ~bits[0], 0), "the vector unit misses some");
        }
    }
    kh_free(s);
}
