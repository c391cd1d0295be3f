/* bounds - look up how much a common term can add to a document's weight. */
#include "bounds.h"

#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/hash.h"

struct kh_bounds {
    kh_map map;
    size_t n;
};

kh_status kh_bounds_open(kh_bounds **out, const char *folder, kh_error *err)
{
    KH_AUTO(kh_bounds_free) kh_bounds *bounds = kh_alloc(sizeof(*bounds));
    KH_AUTO_BUF path;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_path_join(&path, folder, KH_BOUNDS_FILE);
    kh_status status = kh_map_open(&bounds->map, kh_buf_text(&path), err);
    if (status != KH_OK)
        return status;
    if (bounds->map.len % KH_BOUNDS_ENTRY_BYTES != 0)
        return kh_fail(err, KH_ERR_CORRUPT, "damaged file: '%s'", kh_buf_text(&path));
    bounds->n = bounds->map.len / KH_BOUNDS_ENTRY_BYTES;
    *out = KH_TAKE(bounds);
    return KH_OK;
}

void kh_bounds_free(kh_bounds *bounds)
{
    if (bounds == NULL)
        return;
    kh_map_close(&bounds->map);
    kh_free(bounds);
}

static uint64_t read_le(const unsigned char *at, int n_bytes)
{
    uint64_t value = 0;
    for (int i = n_bytes - 1; i >= 0; i--)
        value = value << 8 | at[i];
    return value;
}

static float read_float(const unsigned char *at)
{
    uint32_t bits = (uint32_t)read_le(at, 4);
    float value;
    memcpy(&value, &bits, sizeof(value));
    return value;
}

/* Shares of a weight: a damaged entry, not-a-number too, is none, and the engine's own
 * bounds do instead. */
static bool is_sound(const kh_rank_bounds *b)
{
    return b->most >= 0 && b->most <= 1 && b->at_rank[0] >= 0 &&
           b->at_rank[0] <= b->most && b->at_rank[1] >= 0 && b->at_rank[1] <= b->most;
}

bool kh_bounds_find(kh_rank_bounds *out, const void *context, kh_str term)
{
    const kh_bounds *bounds = context;
    uint64_t wanted = kh_hash(term);
    size_t first = 0;
    size_t end = bounds->n;
    while (first < end) {
        size_t middle = first + (end - first) / 2;
        const unsigned char *at = bounds->map.ptr + middle * KH_BOUNDS_ENTRY_BYTES;
        uint64_t hash = read_le(at, 8);
        if (hash == wanted) {
            out->most = read_float(at + 8);
            out->at_rank[0] = read_float(at + 12);
            out->at_rank[1] = read_float(at + 16);
            return is_sound(out);
        }
        if (hash < wanted)
            first = middle + 1;
        else
            end = middle;
    }
    return false;
}
