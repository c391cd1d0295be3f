/* test_hash - H of the index format and digests. */
#include "base/hash.h"

#include <stdint.h>

#include "scratch.h"

/* H written down once more, from the words of docs/index-format.md. */
static uint64_t as_documented(const char *bytes, size_t len)
{
    uint64_t h = UINT64_C(14695981039346656037);

    for (size_t i = 0; i < len; i++) {
        h ^= (uint8_t)bytes[i];
        h *= UINT64_C(1099511628211);
    }
    h ^= h >> 32;
    h *= UINT64_C(0x9E3779B97F4A7C15);
    h ^= h >> 29;
    return h;
}

Test(hash, is_the_one_of_the_index_format)
{
    static const char *const texts[] = { "", "a", "foobar", "सिंधु जल संधि", "\xFF\x80" };

    for (size_t i = 0; i < KH_COUNT_OF(texts); i++)
        cr_expect(eq(u64, kh_hash(kh_str_from(texts[i])),
                     as_documented(texts[i], strlen(texts[i]))));
}

/* Source: the test vectors of the FNV authors, FNV-1a of 64 bits. */
Test(hash, mixes_fnv_1a)
{
    cr_expect(eq(u64, kh_hash_more(KH_HASH_START, KH_STR("")), 0xcbf29ce484222325));
    cr_expect(eq(u64, kh_hash_more(KH_HASH_START, KH_STR("a")), 0xaf63dc4c8601ec8c));
    cr_expect(
        eq(u64, kh_hash_more(KH_HASH_START, KH_STR("foobar")), 0x85944171f73967e8));
}

Test(hash, has_values_that_must_not_change)
{
    cr_expect(eq(u64, kh_hash(KH_STR("")), 0x8570e250fe4c2473));
    cr_expect(
        eq(u64, kh_hash(KH_STR("/srv/archive/river-talks.txt")), 0x0fb956fe0a5241c5));
}

Test(hash, of_pieces_is_that_of_the_whole)
{
    kh_str text = KH_STR("indus waters treaty");

    for (size_t cut = 0; cut <= text.len; cut++) {
        uint64_t state = kh_hash_more(KH_HASH_START, kh_str_slice(text, 0, cut));
        state = kh_hash_more(state, kh_str_slice(text, cut, text.len));
        cr_expect(eq(u64, kh_hash_finish(state), kh_hash(text)));
    }
}

/* Source: xxHash 0.8, "xxhsum -H2" of these texts. */
Test(hash, digests_with_xxh3_of_128_bits)
{
    cr_expect(
        eq(str, kh_digest_of(KH_STR("")).hex, "99aa06d3014798d86001c324468d497f"));
    cr_expect(
        eq(str, kh_digest_of(KH_STR("hello")).hex, "b5e9c1ad071b3e7fc779cfaa5e523818"));
    cr_expect(
        eq(str, kh_digest_of(kh_str_make(NULL, 0)).hex, kh_digest_of(KH_STR("")).hex));
}

Test(hash, digests_pieces_as_the_whole)
{
    char text[5000];
    for (size_t i = 0; i < sizeof(text); i++)
        text[i] = (char)(i * 7);
    KH_AUTO(kh_digester_free) kh_digester *digester = kh_digester_open();
    cr_expect(eq(str, kh_digester_read(digester).hex, kh_digest_of(KH_STR("")).hex));

    for (size_t at = 0, step = 0; at < sizeof(text); at += step, step += 13) {
        kh_str piece = kh_str_slice(kh_str_make(text, sizeof(text)), at, at + step);
        kh_digester_add(digester, piece);
        kh_digest so_far = kh_digester_read(digester);
        kh_digest whole = kh_digest_of(kh_str_make(text, at + piece.len));
        cr_assert(eq(str, so_far.hex, whole.hex));
    }
}

Test(hash, has_a_digester_that_may_be_null)
{
    kh_digester_free(NULL);
}
