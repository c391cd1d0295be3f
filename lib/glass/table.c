/* table - blocks written as they fill up, each then named in its parent.
 *
 * One block a level is open. A leaf that is full is written, and its number with the
 * first key that it cannot do without goes to the open block above, which is written
 * when it is full in its turn; so leaves stand in the file in the order of keys, and
 * the root is last. No block is changed after it was written.
 *
 *   leaf:    u16 flags and size | key length | key | u16 piece, from 2 | bytes of a tag
 *   branch:  u32 child | key length | key | u16 piece */
#include "table.h"

#include "base/alloc.h"
#include "base/file.h"
#include "press.h"

#define LEVELS_MAX 10u /* a root is of level 9 at most */

#define LEAF_HEAD   3u /* flags and size, key length */
#define BRANCH_HEAD 7u
#define PIECE_BYTES 2u /* its number */
#define PIECES_MAX  0xFFFFu

/* A part of a tag is worth an item of its own from here on. */
#define PIECE_MIN 64u

/* A part of a list is: the chunk costs some 25 bytes and the reader another step. */
#define CHUNK_MIN 128u

/* In an item's first two bytes, above its size less LEAF_HEAD. */
#define FLAG_COMPRESSED 0x8000u
#define FLAG_LAST       0x4000u
#define FLAG_FIRST      0x2000u

#define ITEM_MAX 8194u /* bytes, what 13 bits can say */

struct kh_glass_table {
    kh_sink *sink;
    char *path;            /* owned; for messages */
    kh_glass_press *press; /* owned; NULL until a tag is to be packed */
    uint32_t block_bytes;
    uint32_t item_max; /* bytes; four fit in a block */
    uint32_t n_blocks; /* written */
    uint64_t n_entries;
    size_t n_levels;
    kh_glass_block levels[LEVELS_MAX];
};

static uint32_t item_max_of(uint32_t block_bytes)
{
    uint32_t quarter =
        (block_bytes - KH_GLASS_BLOCK_HEAD - 4 * KH_GLASS_OFFSET_BYTES) / 4;
    return quarter < ITEM_MAX ? quarter : ITEM_MAX;
}

static void add_level(kh_glass_table *table)
{
    kh_glass_block_init(&table->levels[table->n_levels], table->block_bytes,
                        (uint8_t)table->n_levels);
    table->n_levels++;
}

/* Readers look for the empty key and go one on, so it must be there. */
static void put_null_item(kh_glass_block *leaf)
{
    char *to = kh_glass_block_take(leaf, LEAF_HEAD);
    to = kh_glass_put_u16(to, FLAG_FIRST | FLAG_LAST);
    *to = 0;
}

kh_status kh_glass_table_open(kh_glass_table **out, const char *folder,
                              const char *name, uint32_t block_bytes, kh_error *err)
{
    KH_AUTO_BUF path;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_buf_printf(&path, "%s/%s.glass", folder, name);
    kh_sink *sink = NULL;
    kh_status status = kh_sink_open_mapped(&sink, kh_buf_text(&path), err);
    if (status != KH_OK)
        return status;

    kh_glass_table *table = kh_alloc(sizeof(*table));
    table->sink = sink;
    table->path = kh_str_dup(kh_buf_str(&path));
    table->block_bytes = block_bytes;
    table->item_max = item_max_of(block_bytes);
    add_level(table);
    put_null_item(&table->levels[0]);
    *out = table;
    return KH_OK;
}

void kh_glass_table_free(kh_glass_table *table)
{
    if (table == NULL)
        return;
    kh_sink_free(table->sink);
    kh_glass_press_free(table->press);
    for (size_t i = 0; i < table->n_levels; i++)
        kh_glass_block_release(&table->levels[i]);
    kh_free(table->path);
    kh_free(table);
}

static uint32_t write_block(kh_glass_table *table, size_t level)
{
    kh_glass_block *block = &table->levels[level];
    kh_glass_block_finish(block);
    kh_sink_add(table->sink, block->bytes, block->size);
    kh_glass_block_reset(block);
    return table->n_blocks++;
}

static kh_status fail_size(const kh_glass_table *table, kh_error *err)
{
    return kh_fail(err, KH_ERR_LIMIT, "cannot write '%s': too many blocks",
                   table->path);
}

static kh_status flush(kh_glass_table *table, size_t level, kh_error *err);

/* Name a block in the open one above it. The first key of a branch block says nothing,
 * so it is left out. */
static kh_status add_child(kh_glass_table *table, size_t level,
                           const kh_glass_separator *separator, uint32_t child,
                           kh_error *err)
{
    if (level == LEVELS_MAX)
        return fail_size(table, err);
    if (level == table->n_levels)
        add_level(table);

    kh_glass_block *block = &table->levels[level];
    if (BRANCH_HEAD + separator->len > kh_glass_block_room(block)) {
        kh_status status = flush(table, level, err);
        if (status != KH_OK)
            return status;
        block->separator = *separator;
    }

    bool is_first = kh_glass_block_is_empty(block);
    uint8_t len = is_first ? 0 : separator->len;
    char *to = kh_glass_block_take(block, BRANCH_HEAD + len);
    to = kh_glass_put_u32(to, child);
    *to++ = (char)len;
    memcpy(to, separator->key, len);
    kh_glass_put_u16(to + len, is_first ? 0 : separator->piece);
    return KH_OK;
}

static kh_status flush(kh_glass_table *table, size_t level, kh_error *err)
{
    if (table->n_blocks == UINT32_MAX)
        return fail_size(table, err);
    uint32_t n = write_block(table, level);
    return add_child(table, level + 1, &table->levels[level].separator, n, err);
}

/* The last item of the open leaf, which is never empty. */
static kh_str last_key(const kh_glass_table *table)
{
    const kh_glass_block *leaf = &table->levels[0];
    const char *item = leaf->bytes + leaf->lowest;
    return kh_str_make(item + LEAF_HEAD, (unsigned char)item[LEAF_HEAD - 1]);
}

/* The shortest beginning of a key that tells it from the one before; all of it where a
 * tag goes on. */
static kh_glass_separator separate(kh_str before, kh_str key, uint32_t piece)
{
    size_t common = 0;
    while (common < before.len && common < key.len &&
           before.ptr[common] == key.ptr[common])
        common++;

    kh_glass_separator made = { .piece = piece };
    made.len = (uint8_t)(common < key.len ? common + 1 : key.len);
    memcpy(made.key, key.ptr, made.len);
    return made;
}

/* Piece 1 is the first. */
static kh_status add_item(kh_glass_table *table, kh_str key, uint32_t piece,
                          kh_str bytes, uint32_t flags, kh_error *err)
{
    kh_glass_block *leaf = &table->levels[0];
    size_t size = LEAF_HEAD + key.len + (piece > 1 ? PIECE_BYTES : 0) + bytes.len;
    if (size > kh_glass_block_room(leaf)) {
        kh_glass_separator separator = separate(last_key(table), key, piece);
        kh_status status = flush(table, 0, err);
        if (status != KH_OK)
            return status;
        leaf->separator = separator;
    }

    char *to = kh_glass_block_take(leaf, size);
    to = kh_glass_put_u16(to, (uint32_t)(size - LEAF_HEAD) | flags);
    *to++ = (char)key.len;
    memcpy(to, key.ptr, key.len);
    to += key.len;
    if (piece > 1)
        to = kh_glass_put_u16(to, piece);
    if (bytes.len > 0)
        memcpy(to, bytes.ptr, bytes.len);
    return KH_OK;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How much of a tag goes into the next item: what the open leaf takes if that is
 * anything to speak of. */
static size_t piece_bytes(const kh_glass_table *table, size_t head, size_t rest)
{
    size_t room = kh_glass_block_room(&table->levels[0]);
    room = room > head ? room - head : 0;
    if (room < least(rest, PIECE_MIN))
        room = kh_glass_block_most(table->block_bytes) - head;
    return least(least(room, rest), table->item_max - head);
}

static kh_status add_pieces(kh_glass_table *table, kh_str key, kh_str tag,
                            uint32_t flags, kh_error *err)
{
    size_t at = 0;
    for (uint32_t piece = 1; at < tag.len; piece++) {
        if (piece > PIECES_MAX)
            return kh_fail(err, KH_ERR_LIMIT,
                           "cannot write '%s': an entry of %zu bytes", table->path,
                           tag.len);
        size_t head = LEAF_HEAD + key.len + (piece > 1 ? PIECE_BYTES : 0);
        size_t len = piece_bytes(table, head, tag.len - at);
        kh_str bytes = kh_str_make(tag.ptr + at, len);
        at += len;
        kh_status status = add_item(table, key, piece, bytes,
                                    flags | (piece == 1 ? FLAG_FIRST : 0) |
                                        (at == tag.len ? FLAG_LAST : 0),
                                    err);
        if (status != KH_OK)
            return status;
    }
    return KH_OK;
}

static bool is_behind(kh_str key, kh_str before)
{
    int order = memcmp(key.ptr, before.ptr, least(key.len, before.len));
    return order > 0 || (order == 0 && key.len > before.len);
}

kh_status kh_glass_table_add(kh_glass_table *table, kh_str key, kh_str tag,
                             kh_glass_packing packing, kh_error *err)
{
    if (key.len == 0 || key.len > KH_GLASS_TABLE_KEY_MAX ||
        !is_behind(key, last_key(table)))
        return kh_fail(err, KH_ERR_ARGUMENT,
                       "cannot write '%s': an entry out of order or twice",
                       table->path);

    uint32_t flags = 0;
    if (packing == KH_GLASS_IF_SHORTER) {
        if (table->press == NULL) {
            kh_status status = kh_glass_press_open(&table->press, err);
            if (status != KH_OK)
                return status;
        }
        kh_str packed;
        if (kh_glass_pack(&packed, table->press, tag)) {
            tag = packed;
            flags = FLAG_COMPRESSED;
        }
    }
    table->n_entries++;
    if (LEAF_HEAD + key.len + tag.len > table->item_max)
        return add_pieces(table, key, tag, flags, err);
    return add_item(table, key, 1, tag, flags | FLAG_FIRST | FLAG_LAST, err);
}

size_t kh_glass_table_chunk_bytes(const kh_glass_table *table, size_t key_bytes)
{
    size_t head = LEAF_HEAD + key_bytes;
    size_t room = kh_glass_block_room(&table->levels[0]);
    size_t most = least(table->item_max, KH_GLASS_CHUNK_ITEM_MAX);
    if (room < head + CHUNK_MIN || room > most)
        room = most;
    return room - head;
}

/* Write the blocks that are open, from the leaf to the root. */
static kh_status finish(kh_glass_root *out, kh_glass_table *table, kh_error *err)
{
    for (size_t level = 0;; level++) {
        if (table->n_blocks == UINT32_MAX)
            return fail_size(table, err);
        uint32_t n = write_block(table, level);
        if (level + 1 == table->n_levels) {
            *out = (kh_glass_root){ .block = n,
                                    .level = (uint32_t)level,
                                    .n_blocks = table->n_blocks,
                                    .n_entries = table->n_entries };
            return KH_OK;
        }
        kh_status status =
            add_child(table, level + 1, &table->levels[level].separator, n, err);
        if (status != KH_OK)
            return status;
    }
}

kh_status kh_glass_table_close(kh_glass_root *out, kh_glass_table *table, kh_error *err)
{
    KH_AUTO(kh_glass_table_free) kh_glass_table *owned = table;
    kh_glass_root root = { 0 };
    if (owned->n_entries > 0) {
        kh_status status = finish(&root, owned, err);
        if (status != KH_OK)
            return status;
    }

    kh_status status = kh_sink_close(KH_TAKE(owned->sink), err);
    if (status == KH_OK)
        *out = root;
    return status;
}
