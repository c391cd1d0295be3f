/* walk - see walk.h; the format of chunks: postlist.c.
 *
 * From a posting's wdf on, the body of a chunk is pairs of a wdf and the gap to the
 * next posting, nearly all of a byte each. So four pairs are eight bytes, and a
 * multiplication adds their gaps up:
 *
 *   bytes   w g w g w g w g      no top bit is set: all are whole numbers
 *   lanes   g   g   g   g        16 bits each
 *   sums    g   gg  ggg gggg     from each posting to the next, less one a posting */
#include "walk.h"

#include <string.h>

#include "base/alloc.h"

#define LANES     UINT64_C(0x0001000100010001)
#define LOW_BYTES UINT64_C(0x00FF00FF00FF00FF)
#define TOP_BITS  UINT64_C(0x8080808080808080)
#define PAIRS     4u /* in 8 bytes */
#define NEAR      2  /* chunks that are looked at before the tree is asked */

/* ---- chunks ---- */

/* A number as keys have it: big endian, its length in the leading ones. */
static bool read_sorted(uint32_t *out, kh_str bytes)
{
    if (bytes.len < 2 || bytes.len > KH_GLASS_SORT_MAX)
        return false;
    static const unsigned char head_bits[] = { 0x7F, 0x3F, 0x1F, 0x0F };
    const unsigned char *at = (const unsigned char *)bytes.ptr;
    uint64_t value = at[0] & head_bits[bytes.len - 2];
    for (size_t i = 1; i < bytes.len; i++)
        value = value << 8 | at[i];
    *out = (uint32_t)value;
    char again[KH_GLASS_SORT_MAX];
    return (size_t)(kh_glass_put_uint_sort(again, *out) - again) == bytes.len &&
           memcmp(again, bytes.ptr, bytes.len) == 0;
}

static kh_str list_of(const kh_glass_walk *walk)
{
    return kh_str_make(walk->key, walk->list_len);
}

/* The first document of a later chunk of the list, by its key. */
static bool read_chunk_key(uint32_t *out, const kh_glass_walk *walk, kh_str key)
{
    size_t len = walk->list_len;
    return key.len > len && kh_str_starts(key, list_of(walk)) && key.ptr[len] == '\0' &&
           read_sorted(out, kh_str_slice(key, len + 1, key.len));
}

/* A chunk from its head on. */
static bool begin_chunk(kh_glass_walk *walk, kh_cursor *chunk, uint64_t first)
{
    kh_str mark = kh_cursor_bytes(chunk, 1);
    uint64_t span = kh_cursor_varint(chunk);
    walk->document = first;
    walk->last = first + span;
    walk->at = (const unsigned char *)chunk->ptr;
    walk->end = (const unsigned char *)chunk->end;
    if (chunk->is_bad || span > UINT32_MAX || walk->last >= UINT32_MAX)
        return false;
    walk->is_last = mark.ptr[0] == '1';
    return walk->at < walk->end;
}

kh_glass_answer kh_glass_walk_begin(kh_glass_walk *walk, kh_glass_lists *lists,
                                    kh_str term)
{
    if (term.len == 0)
        return KH_GLASS_UNREAD;
    if (term.len > KH_GLASS_TERM_MAX)
        return KH_GLASS_ABSENT;
    walk->batch.n = 0;
    walk->list_len =
        (size_t)(kh_glass_put_escaped(walk->key, term.ptr, term.len) - walk->key);
    kh_str key;
    kh_str tag;
    if (!kh_glass_path_find(&walk->path, &lists->tree, list_of(walk)) ||
        !kh_glass_path_key(&walk->path, &key))
        return KH_GLASS_UNREAD;
    if (!kh_str_equal(key, list_of(walk)))
        return KH_GLASS_ABSENT;
    if (!kh_glass_path_read(&walk->path, &key, &tag))
        return KH_GLASS_UNREAD;
    kh_cursor chunk = kh_cursor_of(tag);
    uint64_t n = kh_cursor_varint(&chunk);
    walk->total = (uint32_t)kh_cursor_varint(&chunk);
    uint64_t before = kh_cursor_varint(&chunk);
    walk->n = (uint32_t)n;
    bool is_read = n > 0 && n < UINT32_MAX && before < UINT32_MAX &&
                   begin_chunk(walk, &chunk, before + 1);
    return is_read ? KH_GLASS_FOUND : KH_GLASS_UNREAD;
}

/* The chunk that the path leads to, if it is behind the one at hand. */
static bool enter_chunk(kh_glass_walk *walk)
{
    kh_str key;
    kh_str tag;
    uint32_t first;
    if (!kh_glass_path_read(&walk->path, &key, &tag) ||
        !read_chunk_key(&first, walk, key) || first <= walk->last)
        return false;
    kh_cursor chunk = kh_cursor_of(tag);
    return begin_chunk(walk, &chunk, first);
}

/* To the chunk that a document is in, or would be, by way of the tree. */
static bool jump(kh_glass_walk *walk, uint32_t document)
{
    char *end = walk->key + walk->list_len;
    *end++ = '\0';
    end = kh_glass_put_uint_sort(end, document);
    kh_str wanted = kh_str_make(walk->key, (size_t)(end - walk->key));
    kh_glass_tree *tree = walk->path.tree;
    kh_str key;
    uint32_t first;
    if (!kh_glass_path_find(&walk->path, tree, wanted) ||
        !kh_glass_path_key(&walk->path, &key))
        return false;
    bool is_behind = read_chunk_key(&first, walk, key) && first > walk->last;
    return (is_behind || kh_glass_path_next(&walk->path)) && enter_chunk(walk);
}

/* From a chunk before a document to the first that is not, or to the last of all. */
static bool go_on(kh_glass_walk *walk, uint32_t document)
{
    for (unsigned n = 0; document > walk->last && !walk->is_last; n++) {
        bool is_there = n == NEAR
                            ? jump(walk, document)
                            : kh_glass_path_next(&walk->path) && enter_chunk(walk);
        if (!is_there)
            return false;
    }
    return true;
}

/* ---- the body of a chunk ---- */

/* Eight bytes, the first the lowest. */
static inline uint64_t load(const unsigned char *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof(word));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* Four pairs, and something behind them. */
static inline bool has_pairs(const kh_glass_walk *walk, uint64_t *pairs)
{
    if (walk->end - walk->at <= (ptrdiff_t)sizeof(*pairs))
        return false;
    *pairs = load(walk->at);
    return (*pairs & TOP_BITS) == 0;
}

static inline uint64_t sums_of(uint64_t pairs)
{
    return (pairs >> 8 & LOW_BYTES) * LANES;
}

/* A number of 32 bits, or more bits that do not count; false if it is cut off. */
static inline bool get(kh_glass_walk *walk, uint32_t *out)
{
    const unsigned char *at = walk->at;
    uint32_t value = 0;
    for (unsigned shift = 0; at < walk->end; shift += 7) {
        value |= shift < 32 ? (uint32_t)(*at & 127u) << shift : 0;
        if (*at++ < 128) {
            walk->at = at;
            *out = value;
            return true;
        }
    }
    return false;
}

/* Read the next posting's wdf and go to the one behind it; false if the chunk does not
 * hold what its head says. */
static inline bool pass(kh_glass_walk *walk, uint32_t *wdf)
{
    uint32_t gap;
    if (!get(walk, wdf))
        return false;
    if (walk->at == walk->end)
        return walk->document == walk->last;
    if (!get(walk, &gap))
        return false;
    walk->document += UINT64_C(1) + gap;
    return walk->at < walk->end && walk->document <= walk->last;
}

/* To the first posting at or behind a document, which is not behind the last. */
static bool skip(kh_glass_walk *walk, uint32_t document)
{
    uint64_t pairs;
    while (walk->document < document) {
        if (has_pairs(walk, &pairs)) {
            uint64_t next = walk->document + (sums_of(pairs) >> 48) + PAIRS;
            if (next <= document) {
                walk->document = next;
                walk->at += sizeof(pairs);
                continue;
            }
        }
        uint32_t wdf;
        if (!pass(walk, &wdf) || walk->at == walk->end)
            return false;
    }
    return true;
}

static inline void put_pairs(kh_glass_walk *walk, uint32_t i, uint64_t pairs)
{
    uint64_t sums = sums_of(pairs);
    uint32_t document = (uint32_t)walk->document;
    uint32_t *documents = walk->batch.documents + i;
    uint32_t *wdfs = walk->batch.wdfs + i;
    documents[0] = document;
    documents[1] = document + (uint32_t)(sums & 0xFFFF) + 1;
    documents[2] = document + (uint32_t)(sums >> 16 & 0xFFFF) + 2;
    documents[3] = document + (uint32_t)(sums >> 32 & 0xFFFF) + 3;
    wdfs[0] = (uint32_t)(pairs & 0xFF);
    wdfs[1] = (uint32_t)(pairs >> 16 & 0xFF);
    wdfs[2] = (uint32_t)(pairs >> 32 & 0xFF);
    wdfs[3] = (uint32_t)(pairs >> 48 & 0xFF);
    walk->document += (sums >> 48) + PAIRS;
    walk->at += sizeof(pairs);
}

/* As many postings as there is room for, or as the chunk has. */
static bool fill(kh_glass_walk *walk)
{
    uint32_t n = 0;
    uint64_t pairs;
    while (n < KH_GLASS_BATCH && walk->at < walk->end) {
        if (n + PAIRS <= KH_GLASS_BATCH && has_pairs(walk, &pairs)) {
            put_pairs(walk, n, pairs);
            n += PAIRS;
            continue;
        }
        walk->batch.documents[n] = (uint32_t)walk->document;
        if (!pass(walk, &walk->batch.wdfs[n]))
            return false;
        n++;
    }
    if (walk->at < walk->end && walk->document > walk->last)
        return false;
    walk->batch.n = n;
    return true;
}

/* ---- bits ---- */

static inline void set_bit(uint64_t *bits, uint64_t document)
{
    bits[document / 64] |= UINT64_C(1) << document % 64;
}

/* All postings of a chunk; n counts them. */
static bool mark_chunk(kh_glass_walk *walk, uint64_t *bits, uint32_t last_document,
                       uint64_t *n)
{
    uint64_t pairs;
    uint32_t wdf;
    while (walk->at < walk->end) {
        uint64_t document = walk->document;
        if (has_pairs(walk, &pairs)) {
            uint64_t sums = sums_of(pairs);
            uint64_t last = document + (sums >> 32 & 0xFFFF) + 3;
            if (last > last_document)
                return false;
            set_bit(bits, document);
            set_bit(bits, document + (sums & 0xFFFF) + 1);
            set_bit(bits, document + (sums >> 16 & 0xFFFF) + 2);
            set_bit(bits, last);
            walk->document += (sums >> 48) + PAIRS;
            walk->at += sizeof(pairs);
            *n += PAIRS;
            continue;
        }
        if (document > last_document || !pass(walk, &wdf))
            return false;
        set_bit(bits, document);
        ++*n;
    }
    return walk->document == walk->last;
}

bool kh_glass_walk_mark(kh_glass_walk *walk, uint64_t *bits, uint32_t last_document)
{
    uint64_t n = 0;
    while (mark_chunk(walk, bits, last_document, &n)) {
        if (walk->is_last)
            return n == walk->n;
        if (!kh_glass_path_next(&walk->path) || !enter_chunk(walk))
            return false;
    }
    return false;
}

/* ---- the interface ---- */

kh_glass_answer kh_glass_walk_open(kh_glass_walk **out, kh_glass_lists *lists,
                                   kh_str term)
{
    kh_glass_walk *walk = kh_alloc(sizeof(*walk));
    kh_glass_answer answer = kh_glass_walk_begin(walk, lists, term);
    if (answer == KH_GLASS_FOUND)
        *out = walk;
    else
        kh_glass_walk_free(walk);
    return answer;
}

void kh_glass_walk_release(kh_glass_walk *walk)
{
    kh_glass_path_release(&walk->path);
}

void kh_glass_walk_free(kh_glass_walk *walk)
{
    if (walk == NULL)
        return;
    kh_glass_walk_release(walk);
    kh_free(walk);
}

const kh_glass_batch *kh_glass_walk_batch(const kh_glass_walk *walk)
{
    return &walk->batch;
}

bool kh_glass_walk_to(kh_glass_walk *walk, uint32_t document)
{
    walk->batch.n = 0;
    if (!go_on(walk, document))
        return false;
    return document > walk->last || (skip(walk, document) && fill(walk));
}
