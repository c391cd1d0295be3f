/* hash - H of the index format, and digests of files with xxHash. */
#include "base/hash.h"

#include <xxhash.h>

#include "base/alloc.h"
#include "private.h"

#define FNV_PRIME  1099511628211ull
#define MIX_FACTOR 0x9E3779B97F4A7C15ull /* 2^64 over the golden ratio, odd */

uint64_t kh_hash_more(uint64_t state, kh_str bytes)
{
    for (size_t i = 0; i < bytes.len; i++)
        state = (state ^ (unsigned char)bytes.ptr[i]) * FNV_PRIME;
    return state;
}

uint64_t kh_hash_finish(uint64_t state)
{
    state ^= state >> 32;
    state *= MIX_FACTOR;
    return state ^ state >> 29;
}

uint64_t kh_hash(kh_str bytes)
{
    return kh_hash_finish(kh_hash_more(KH_HASH_START, bytes));
}

uint64_t kh_checksum(kh_str bytes, uint64_t seed)
{
    return XXH3_64bits_withSeed(bytes.len > 0 ? bytes.ptr : "", bytes.len, seed);
}

static XXH3_state_t *make_state(void)
{
    XXH3_state_t *state = XXH3_createState();
    if (state == NULL)
        kh_out_of_memory(0);
    return state;
}

struct kh_digester {
    XXH3_state_t *state; /* owned */
};

kh_digester *kh_digester_open(void)
{
    kh_digester *digester = kh_alloc(sizeof(*digester));
    digester->state = make_state();
    XXH3_128bits_reset(digester->state);
    return digester;
}

void kh_digester_free(kh_digester *digester)
{
    if (digester == NULL)
        return;
    XXH3_freeState(digester->state);
    kh_free(digester);
}

void kh_digester_add(kh_digester *digester, kh_str bytes)
{
    if (bytes.len > 0)
        XXH3_128bits_update(digester->state, bytes.ptr, bytes.len);
}

static kh_digest to_hex(XXH128_hash_t hash)
{
    static const char digits[] = "0123456789abcdef";
    XXH128_canonical_t bytes;
    kh_digest out;

    XXH128_canonicalFromHash(&bytes, hash);
    for (size_t i = 0; i < sizeof(bytes.digest); i++) {
        out.hex[2 * i] = digits[bytes.digest[i] >> 4];
        out.hex[2 * i + 1] = digits[bytes.digest[i] & 15];
    }
    out.hex[KH_DIGEST_CHARS] = '\0';
    return out;
}

kh_digest kh_digester_read(const kh_digester *digester)
{
    return to_hex(XXH3_128bits_digest(digester->state));
}

kh_digest kh_digest_of(kh_str bytes)
{
    return to_hex(XXH3_128bits(bytes.len > 0 ? bytes.ptr : "", bytes.len));
}
