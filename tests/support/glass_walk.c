/* glass_walk - see glass_walk.h. */
#include "glass_walk.h"

#include <zlib.h>

#include "base/alloc.h"
#include "base/file.h"

#define TABLES       6u
#define UNPACKED_MAX ((size_t)64 << 10) /* bytes of any tag of the tests */

typedef struct walker {
    walk *into;
    const unsigned char *bytes;
    size_t len;
    size_t capacity;
    kh_buf tag; /* of the entry that is being read */
    bool is_at_null_item;
} walker;

static unsigned u16(const unsigned char *at)
{
    return (unsigned)at[0] << 8 | at[1];
}

static bool read_item(walker *w, const unsigned char *item, size_t most)
{
    unsigned flags = u16(item);
    size_t size = (flags & 0x1FFF) + 3;
    size_t head = 3u + item[2] + (flags & 0x2000 ? 0 : 2);
    if (size > most || head > size)
        return false;
    if (w->is_at_null_item) {
        w->is_at_null_item = false;
        return size == 3 && flags == 0x6000;
    }

    walk *into = w->into;
    kh_str key = kh_str_make((const char *)item + 3, item[2]);
    if ((flags & 0x2000) != 0) {
        into->entries = kh_arena_grow(into->arena, into->entries, into->n_entries,
                                      &w->capacity, sizeof(*into->entries));
        into->entries[into->n_entries++] =
            (walk_entry){ .key = kh_arena_copy(into->arena, key) };
        kh_buf_reset(&w->tag);
    }
    if (into->n_entries == 0)
        return false;
    walk_entry *entry = &into->entries[into->n_entries - 1];
    entry->n_pieces++;
    entry->is_compressed = (flags & 0x8000) != 0;
    if (!kh_str_equal(key, entry->key) ||
        (entry->n_pieces > 1 && u16(item + head - 2) != entry->n_pieces))
        return false;
    kh_buf_add_bytes(&w->tag, item + head, size - head);
    if ((flags & 0x4000) != 0)
        entry->tag = kh_arena_copy(into->arena, kh_buf_str(&w->tag));
    return true;
}

static bool read_block(walker *w, uint64_t number, unsigned level)
{
    size_t size = w->into->block_bytes;
    if (number >= w->len / size)
        return false;
    const unsigned char *block = w->bytes + number * size;
    size_t end = u16(block + 9);
    if (block[4] != level || end < 13 || end > size || end % 2 == 0)
        return false;
    w->into->n_blocks++;
    w->into->n_free += u16(block + 7);

    for (size_t at = 11; at < end; at += 2) {
        size_t offset = u16(block + at);
        if (offset < end || offset + 3 > size)
            return false;
        const unsigned char *item = block + offset;
        if (level == 0) {
            if (!read_item(w, item, size - offset))
                return false;
        } else {
            uint64_t child = (uint64_t)u16(item) << 16 | u16(item + 2);
            if (!read_block(w, child, level - 1))
                return false;
        }
    }
    return true;
}

static void read_roots(walk *into, kh_cursor *at, unsigned table)
{
    for (unsigned i = 0; i < TABLES; i++) {
        uint64_t root = kh_cursor_varint(at);
        uint64_t flags = kh_cursor_varint(at);
        uint64_t n = kh_cursor_varint(at);
        uint64_t unit = kh_cursor_varint(at);
        uint64_t compress_min = kh_cursor_varint(at);
        kh_str free_list = kh_cursor_string(at);
        if (i != table)
            continue;
        into->root = root;
        into->level = flags >> 2;
        into->is_sequential = (flags & 2) != 0;
        into->is_fake = (flags & 1) != 0;
        into->n_said = n;
        into->block_bytes = unit * 2048;
        into->compress_min = compress_min;
        into->free_list = kh_arena_copy(into->arena, free_list);
    }
}

static kh_status read_version(walk *into, const char *folder, unsigned table,
                              kh_error *err)
{
    KH_AUTO_BUF path;
    KH_AUTO_BUF content;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_buf_init(&content, KH_BUF_MAX);
    kh_path_join(&path, folder, "iamglass");
    kh_status status = kh_file_read(&content, kh_buf_text(&path), 256, err);
    if (status != KH_OK)
        return status;

    kh_cursor at = kh_cursor_of(kh_buf_str(&content));
    (void)kh_cursor_bytes(&at, 16);
    kh_str uuid = kh_cursor_bytes(&at, sizeof(into->uuid));
    into->revision = kh_cursor_varint(&at);
    read_roots(into, &at, table);
    for (size_t i = 0; i < KH_COUNT_OF(into->statistics); i++)
        into->statistics[i] = kh_cursor_varint(&at);
    if (at.is_bad || at.ptr != at.end)
        return kh_fail(err, KH_ERR_CORRUPT, "iamglass cannot be read");
    memcpy(into->uuid, uuid.ptr, sizeof(into->uuid));
    return KH_OK;
}

static kh_status read_table(walk *into, const char *folder, unsigned table,
                            kh_error *err)
{
    static const char *const names[TABLES] = { "postlist", "docdata",  "termlist",
                                               "position", "spelling", "synonym" };
    KH_AUTO_BUF path;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_buf_printf(&path, "%s/%s.glass", folder, names[table]);
    kh_map map;
    kh_status status = kh_map_open(&map, kh_buf_text(&path), err);
    if (status != KH_OK)
        return status;

    walker w = {
        .into = into, .bytes = map.ptr, .len = map.len, .is_at_null_item = true
    };
    kh_buf_init(&w.tag, KH_BUF_MAX);
    bool is_good =
        into->block_bytes > 0 && read_block(&w, into->root, (unsigned)into->level);
    kh_buf_release(&w.tag);
    kh_map_close(&map);
    return is_good ? KH_OK
                   : kh_fail(err, KH_ERR_CORRUPT, "'%s' cannot be read",
                             kh_buf_text(&path));
}

kh_status walk_open(walk **out, const char *folder, unsigned table, kh_error *err)
{
    KH_AUTO(walk_free) walk *made = kh_alloc(sizeof(*made));
    made->arena = kh_arena_open();
    kh_status status = read_version(made, folder, table, err);
    if (status == KH_OK && !made->is_fake)
        status = read_table(made, folder, table, err);
    if (status == KH_OK)
        *out = KH_TAKE(made);
    return status;
}

void walk_free(walk *walk)
{
    if (walk == NULL)
        return;
    kh_arena_free(walk->arena);
    kh_free(walk);
}

kh_str walk_unpacked(walk *walk, const walk_entry *entry)
{
    if (!entry->is_compressed)
        return entry->tag;
    z_stream z = { .next_in = (z_const Bytef *)entry->tag.ptr,
                   .avail_in = (uInt)entry->tag.len };
    size_t room = UNPACKED_MAX;
    char *out = kh_arena_alloc(walk->arena, room);
    z.next_out = (Bytef *)out;
    z.avail_out = (uInt)room;
    bool is_good =
        inflateInit2(&z, -15) == Z_OK && inflate(&z, Z_FINISH) == Z_STREAM_END;
    (void)inflateEnd(&z);
    return is_good ? kh_str_make(out, room - z.avail_out)
                   : KH_STR("cannot be unpacked");
}
