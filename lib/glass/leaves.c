/* leaves - see leaves.h; the format of blocks: table.c. */
#include "leaves.h"

#include "base/alloc.h"
#include "block.h"
#include "glass/writer.h"

#define LEAF_HEAD      3u /* bytes of an item before its key */
#define BRANCH_HEAD    5u
#define ITEM_IS_WHOLE  0x6000u /* its first and its last piece */
#define ITEM_IS_PACKED 0x8000u
#define ITEM_BYTES     0x1FFFu /* less those of the head */
#define WINDOW_BITS    15

static unsigned u16(const unsigned char *at)
{
    return (unsigned)at[0] << 8 | at[1];
}

kh_status kh_glass_tree_open(kh_glass_tree *tree, const char *path, kh_error *err)
{
    return kh_map_open(&tree->map, path, err);
}

void kh_glass_tree_close(kh_glass_tree *tree)
{
    kh_map_close(&tree->map);
    if (tree->is_unpacking)
        (void)inflateEnd(&tree->unpacking);
}

static bool enter(kh_glass_path *p, unsigned level, uint64_t number)
{
    size_t size = p->tree->block_bytes;
    if (number >= p->tree->map.len / size)
        return false;
    const unsigned char *block = p->tree->map.ptr + number * size;
    unsigned end = u16(block + KH_GLASS_BLOCK_HEAD - 2);
    p->steps[level] = (kh_glass_step){ block, KH_GLASS_BLOCK_HEAD, end };
    return block[4] == level && end > KH_GLASS_BLOCK_HEAD && end <= size &&
           (end - KH_GLASS_BLOCK_HEAD) % KH_GLASS_OFFSET_BYTES == 0;
}

/* The item at a place of the directory, whose key has so many bytes in front of it;
 * false if it is not all in the block. */
static bool item_at(const kh_glass_path *p, unsigned level, unsigned at, unsigned head,
                    const unsigned char **item, kh_str *key)
{
    const unsigned char *block = p->steps[level].block;
    size_t size = p->tree->block_bytes;
    size_t offset = u16(block + at);
    if (offset + head > size || offset + head + block[offset + head - 1] > size)
        return false;
    *item = block + offset;
    *key = kh_str_make((const char *)block + offset + head, block[offset + head - 1]);
    return true;
}

/* Move a step to the last item whose key is not above the one wanted; of a branch the
 * first item's key says nothing. */
static bool search(kh_glass_path *p, unsigned level, kh_str wanted)
{
    kh_glass_step *s = &p->steps[level];
    unsigned head = level > 0 ? BRANCH_HEAD : LEAF_HEAD;
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
static bool go_down(kh_glass_path *p, unsigned level)
{
    const unsigned char *item;
    kh_str key;
    return item_at(p, level, p->steps[level].at, BRANCH_HEAD, &item, &key) &&
           enter(p, level - 1, (uint64_t)u16(item) << 16 | u16(item + 2));
}

/* To the entry before. */
static bool go_back(kh_glass_path *p)
{
    unsigned level = 0;
    while (p->steps[level].at == KH_GLASS_BLOCK_HEAD)
        if (++level > p->tree->level)
            return false;
    p->steps[level].at -= KH_GLASS_OFFSET_BYTES;
    for (; level > 0; level--) {
        if (!go_down(p, level))
            return false;
        p->steps[level - 1].at = p->steps[level - 1].end - KH_GLASS_OFFSET_BYTES;
    }
    return true;
}

bool kh_glass_path_find(kh_glass_path *p, kh_glass_tree *tree, kh_str key)
{
    unsigned level = tree->level;
    p->tree = tree;
    if (!enter(p, level, tree->root) || !search(p, level, key))
        return false;
    for (; level > 0; level--)
        if (!go_down(p, level) || !search(p, level - 1, key))
            return false;
    /* A branch names a block by as much of its first key as tells it from the key
     * before: a key between these two leads to the block, but stands before it. */
    kh_str found;
    return kh_glass_path_key(p, &found) &&
           (kh_str_compare(found, key) <= 0 || go_back(p));
}

void kh_glass_path_release(kh_glass_path *path)
{
    kh_free(path->unpacked);
}

bool kh_glass_path_next(kh_glass_path *p)
{
    unsigned level = 0;
    while ((p->steps[level].at += KH_GLASS_OFFSET_BYTES) >= p->steps[level].end)
        if (++level > p->tree->level)
            return false;
    for (; level > 0; level--)
        if (!go_down(p, level))
            return false;
    return true;
}

/* A tag that is packed: press.h. What unpacks is kept: to make it takes longer. */
static bool unpack(kh_glass_path *p, kh_str *tag)
{
    kh_glass_tree *tree = p->tree;
    z_stream *z = &tree->unpacking;
    int status = tree->is_unpacking ? inflateReset(z) : inflateInit2(z, -WINDOW_BITS);
    tree->is_unpacking = tree->is_unpacking || status == Z_OK;
    if (status != Z_OK)
        return false;
    if (p->unpacked == NULL)
        p->unpacked = kh_alloc(KH_GLASS_UNPACKED_MAX);
    z->next_in = (z_const Bytef *)tag->ptr;
    z->avail_in = (uInt)tag->len;
    z->next_out = (Bytef *)p->unpacked;
    z->avail_out = KH_GLASS_UNPACKED_MAX;
    bool is_whole = inflate(z, Z_FINISH) == Z_STREAM_END;
    *tag = kh_str_make(p->unpacked, KH_GLASS_UNPACKED_MAX - z->avail_out);
    return is_whole;
}

bool kh_glass_path_key(const kh_glass_path *p, kh_str *key)
{
    const unsigned char *item;
    return item_at(p, 0, p->steps[0].at, LEAF_HEAD, &item, key);
}

bool kh_glass_path_read(kh_glass_path *p, kh_str *key, kh_str *tag)
{
    const unsigned char *item;
    if (!item_at(p, 0, p->steps[0].at, LEAF_HEAD, &item, key))
        return false;
    unsigned flags = u16(item);
    size_t size = (flags & ITEM_BYTES) + LEAF_HEAD;
    size_t front = LEAF_HEAD + key->len;
    size_t offset = (size_t)(item - p->steps[0].block);
    if ((flags & ITEM_IS_WHOLE) != ITEM_IS_WHOLE || front > size ||
        offset + size > p->tree->block_bytes)
        return false;
    *tag = kh_str_make((const char *)item + front, size - front);
    return (flags & ITEM_IS_PACKED) == 0 || unpack(p, tag);
}
