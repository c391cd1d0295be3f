/* lists - see glass/lists.h; the format of lists: postlist.c, of blocks: table.c. */
#include "glass/lists.h"

#include <string.h>
#include <zlib.h>

#include "base/alloc.h"
#include "base/file.h"
#include "block.h"
#include "glass/writer.h"

#define VERSION_BYTES_MAX 4096u /* of iamglass */
#define VERSION_MAGIC     16u   /* bytes, then the UUID's */
#define UUID_BYTES        16u
#define LEVELS_MAX        10u
#define LEAF_HEAD         3u      /* bytes of an item before its key */
#define ITEM_IS_WHOLE     0x6000u /* its first and its last piece */
#define ITEM_IS_PACKED    0x8000u
#define UNPACKED_MAX      8192u /* bytes of a tag */
#define WINDOW_BITS       15
#define ITEM_BYTES        0x1FFFu /* less those of the head */

struct kh_glass_lists {
    kh_map map;
    size_t block_bytes;
    uint64_t root;
    unsigned level; /* of the root */
};

static unsigned u16(const unsigned char *at)
{
    return (unsigned)at[0] << 8 | at[1];
}

/* The part of iamglass about the first table, of postings. */
static bool read_version(kh_glass_lists *lists, kh_str content)
{
    kh_cursor at = kh_cursor_of(content);
    (void)kh_cursor_bytes(&at, VERSION_MAGIC + UUID_BYTES);
    (void)kh_cursor_varint(&at); /* revision */
    lists->root = kh_cursor_varint(&at);
    uint64_t flags = kh_cursor_varint(&at); /* 1: there is no root */
    (void)kh_cursor_varint(&at);            /* entries */
    uint64_t unit = kh_cursor_varint(&at);
    lists->level = (unsigned)(flags >> 2);
    lists->block_bytes = (size_t)unit * KH_GLASS_BLOCK_MIN;
    return !at.is_bad && (flags & 1) == 0 && flags >> 2 < LEVELS_MAX && unit > 0 &&
           unit <= KH_GLASS_BLOCK_MAX / KH_GLASS_BLOCK_MIN;
}

kh_status kh_glass_lists_open(kh_glass_lists **out, const char *folder, kh_error *err)
{
    KH_AUTO_BUF path;
    KH_AUTO_BUF content;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_buf_init(&content, KH_BUF_MAX);
    kh_path_join(&path, folder, "iamglass");
    kh_status status =
        kh_file_read(&content, kh_buf_text(&path), VERSION_BYTES_MAX, err);
    if (status != KH_OK)
        return status;
    KH_AUTO(kh_glass_lists_free) kh_glass_lists *lists = kh_alloc(sizeof(*lists));
    if (!read_version(lists, kh_buf_str(&content)))
        return kh_fail(err, KH_ERR_VERSION, "cannot read '%s'", kh_buf_text(&path));
    kh_buf_reset(&path);
    kh_path_join(&path, folder, "postlist.glass");
    status = kh_map_open(&lists->map, kh_buf_text(&path), err);
    if (status == KH_OK)
        *out = KH_TAKE(lists);
    return status;
}

void kh_glass_lists_free(kh_glass_lists *lists)
{
    if (lists == NULL)
        return;
    kh_map_close(&lists->map);
    kh_free(lists);
}

/* ---- the tree ---- */

/* A block on the way to an entry, and which of its items is meant. */
typedef struct step {
    const unsigned char *block;
    unsigned at; /* in the directory */
    unsigned end;
} step;

typedef struct path {
    const kh_glass_lists *lists;
    step steps[LEVELS_MAX]; /* by level */
    char unpacked[UNPACKED_MAX];
} path;

static bool enter(path *p, unsigned level, uint64_t number)
{
    size_t size = p->lists->block_bytes;
    if (number >= p->lists->map.len / size)
        return false;
    const unsigned char *block = p->lists->map.ptr + number * size;
    unsigned end = u16(block + KH_GLASS_BLOCK_HEAD - 2);
    p->steps[level] = (step){ block, KH_GLASS_BLOCK_HEAD, end };
    return block[4] == level && end > KH_GLASS_BLOCK_HEAD && end <= size &&
           (end - KH_GLASS_BLOCK_HEAD) % KH_GLASS_OFFSET_BYTES == 0;
}

/* The item at a place of the directory, whose key has so many bytes in front of it;
 * false if it is not all in the block. */
static bool item_at(const path *p, unsigned level, unsigned at, unsigned head,
                    const unsigned char **item, kh_str *key)
{
    const unsigned char *block = p->steps[level].block;
    size_t size = p->lists->block_bytes;
    size_t offset = u16(block + at);
    if (offset + head > size || offset + head + block[offset + head - 1] > size)
        return false;
    *item = block + offset;
    *key = kh_str_make((const char *)block + offset + head, block[offset + head - 1]);
    return true;
}

/* Move a step to the last item whose key is not above the one wanted; of a branch the
 * first item's key says nothing. */
static bool search(path *p, unsigned level, kh_str wanted)
{
    step *s = &p->steps[level];
    unsigned head = level > 0 ? 5 : LEAF_HEAD;
    unsigned low = KH_GLASS_BLOCK_HEAD;
    unsigned high = s->end;
    while (high - low > KH_GLASS_OFFSET_BYTES) {
        unsigned n = (high - low) / KH_GLASS_OFFSET_BYTES;
        unsigned middle = low + n / 2 * KH_GLASS_OFFSET_BYTES;
        const unsigned char *item;
        kh_str key;
        if (!item_at(p, level, middle, head, &item, &key))
            return false;
        if (kh_str_compare(key, wanted) <= 0)
            low = middle;
        else
            high = middle;
    }
    s->at = low;
    return true;
}

/* Go on from a branch's item to its block. */
static bool go_down(path *p, unsigned level)
{
    const unsigned char *item;
    kh_str key;
    return item_at(p, level, p->steps[level].at, 5, &item, &key) &&
           enter(p, level - 1, (uint64_t)u16(item) << 16 | u16(item + 2));
}

static bool find(path *p, kh_str key)
{
    unsigned level = p->lists->level;
    if (!enter(p, level, p->lists->root) || !search(p, level, key))
        return false;
    for (; level > 0; level--)
        if (!go_down(p, level) || !search(p, level - 1, key))
            return false;
    return true;
}

static bool go_on(path *p)
{
    unsigned level = 0;
    while ((p->steps[level].at += KH_GLASS_OFFSET_BYTES) >= p->steps[level].end)
        if (++level > p->lists->level)
            return false;
    for (; level > 0; level--)
        if (!go_down(p, level))
            return false;
    return true;
}

/* A tag that is packed: press.h. */
static bool unpack(path *p, kh_str *tag)
{
    z_stream z = { .next_in = (z_const Bytef *)tag->ptr,
                   .avail_in = (uInt)tag->len,
                   .next_out = (Bytef *)p->unpacked,
                   .avail_out = UNPACKED_MAX };
    if (inflateInit2(&z, -WINDOW_BITS) != Z_OK)
        return false;
    bool is_whole = inflate(&z, Z_FINISH) == Z_STREAM_END;
    (void)inflateEnd(&z);
    *tag = kh_str_make(p->unpacked, UNPACKED_MAX - z.avail_out);
    return is_whole;
}

/* The entry that the path leads to, if it is of one piece; until the next one. */
static bool read_entry(path *p, kh_str *key, kh_str *tag)
{
    const unsigned char *item;
    if (!item_at(p, 0, p->steps[0].at, LEAF_HEAD, &item, key))
        return false;
    unsigned flags = u16(item);
    size_t size = (flags & ITEM_BYTES) + LEAF_HEAD;
    size_t front = LEAF_HEAD + key->len;
    size_t offset = (size_t)(item - p->steps[0].block);
    if ((flags & ITEM_IS_WHOLE) != ITEM_IS_WHOLE || front > size ||
        offset + size > p->lists->block_bytes)
        return false;
    *tag = kh_str_make((const char *)item + front, size - front);
    return (flags & ITEM_IS_PACKED) == 0 || unpack(p, tag);
}

/* ---- a list ---- */

/* Where the bits go. */
typedef struct marking {
    uint64_t *bits;
    uint64_t last_document;
    uint64_t document; /* the last one so far */
    uint64_t n;        /* marked */
} marking;

static bool mark(marking *m)
{
    if (m->document == 0 || m->document > m->last_document)
        return false;
    m->bits[m->document / 64] |= UINT64_C(1) << m->document % 64;
    m->n++;
    return true;
}

/* Postings behind the first: nearly all gaps and numbers are of one byte. */
static bool mark_body(marking *m, kh_cursor *body)
{
    while (body->ptr < body->end) {
        const unsigned char *at = (const unsigned char *)body->ptr;
        if (body->end - body->ptr >= 2 && (at[0] | at[1]) < 128) {
            m->document += at[0] + 1u;
            body->ptr += 2;
        } else {
            m->document += (kh_cursor_varint(body) & UINT32_MAX) + 1;
            (void)kh_cursor_varint(body);
        }
        if (body->is_bad || !mark(m))
            return false;
    }
    return true;
}

/* A chunk from its head on, whose first document is known. */
static bool mark_chunk(marking *m, kh_cursor *chunk, bool *is_last)
{
    kh_str last = kh_cursor_bytes(chunk, 1);
    uint64_t span = kh_cursor_varint(chunk);
    (void)kh_cursor_varint(chunk); /* of the first */
    uint64_t end = m->document + span;
    if (chunk->is_bad || !mark(m) || !mark_body(m, chunk) || m->document != end)
        return false;
    *is_last = last.ptr[0] == '1';
    return true;
}

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

/* The first document of a later chunk of the list, by its key. */
static bool read_chunk_key(uint32_t *out, kh_str key, kh_str list)
{
    return key.len > list.len && kh_str_starts(key, list) &&
           key.ptr[list.len] == '\0' &&
           read_sorted(out, kh_str_slice(key, list.len + 1, key.len));
}

bool kh_glass_lists_mark(const kh_glass_lists *lists, kh_str term, uint64_t *bits,
                         uint32_t last_document)
{
    char escaped[2 * KH_GLASS_TERM_MAX];
    if (term.len == 0 || term.len > KH_GLASS_TERM_MAX)
        return false;
    kh_str list = kh_str_make(
        escaped, (size_t)(kh_glass_put_escaped(escaped, term.ptr, term.len) - escaped));
    path p;
    p.lists = lists;
    kh_str key;
    kh_str tag;
    if (!find(&p, list) || !read_entry(&p, &key, &tag) || !kh_str_equal(key, list))
        return false;

    marking m = { .bits = bits, .last_document = last_document };
    kh_cursor chunk = kh_cursor_of(tag);
    uint64_t n = kh_cursor_varint(&chunk);
    (void)kh_cursor_varint(&chunk); /* the sum of their numbers */
    m.document = kh_cursor_varint(&chunk) + 1;
    bool is_last = false;
    while (mark_chunk(&m, &chunk, &is_last) && !is_last) {
        uint32_t first;
        if (!go_on(&p) || !read_entry(&p, &key, &tag) ||
            !read_chunk_key(&first, key, list) || first <= m.document)
            return false;
        m.document = first;
        chunk = kh_cursor_of(tag);
    }
    return is_last && m.n == n;
}
