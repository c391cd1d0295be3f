/* lists - see glass/lists.h; one list: walk.c, the tree: leaves.c. */
#include "glass/lists.h"

#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "walk.h"

#define VERSION_BYTES_MAX 4096u /* of iamglass */
#define VERSION_MAGIC     16u   /* bytes, then the UUID's */
#define UUID_BYTES        16u

/* The part of iamglass about the first table, of postings. */
static bool read_version(kh_glass_tree *tree, kh_str content)
{
    kh_cursor at = kh_cursor_of(content);
    (void)kh_cursor_bytes(&at, VERSION_MAGIC + UUID_BYTES);
    (void)kh_cursor_varint(&at); /* revision */
    tree->root = kh_cursor_varint(&at);
    uint64_t flags = kh_cursor_varint(&at); /* 1: there is no root */
    (void)kh_cursor_varint(&at);            /* entries */
    uint64_t unit = kh_cursor_varint(&at);
    tree->level = (unsigned)(flags >> 2);
    tree->block_bytes = (size_t)unit * KH_GLASS_BLOCK_MIN;
    return !at.is_bad && (flags & 1) == 0 && flags >> 2 < KH_GLASS_LEVELS_MAX &&
           unit > 0 && unit <= KH_GLASS_BLOCK_MAX / KH_GLASS_BLOCK_MIN;
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
    if (!read_version(&lists->tree, kh_buf_str(&content)))
        return kh_fail(err, KH_ERR_VERSION, "cannot read '%s'", kh_buf_text(&path));
    kh_buf_reset(&path);
    kh_path_join(&path, folder, "postlist.glass");
    status = kh_glass_tree_open(&lists->tree, kh_buf_text(&path), err);
    if (status == KH_OK)
        *out = KH_TAKE(lists);
    return status;
}

void kh_glass_lists_free(kh_glass_lists *lists)
{
    if (lists == NULL)
        return;
    kh_glass_tree_close(&lists->tree);
    kh_free(lists);
}

void kh_glass_lists_let_go(const kh_glass_lists *lists)
{
    kh_map_let_go(&lists->tree.map);
}

kh_glass_answer kh_glass_lists_count(uint32_t *n, uint32_t *total,
                                     kh_glass_lists *lists, kh_str term)
{
    KH_CLEANUP(kh_glass_walk_release) kh_glass_walk walk = { 0 };
    kh_glass_answer answer = kh_glass_walk_begin(&walk, lists, term);
    *n = answer == KH_GLASS_FOUND ? walk.n : 0;
    *total = answer == KH_GLASS_FOUND ? walk.total : 0;
    return answer;
}

kh_glass_answer kh_glass_lists_metadata(kh_buf *key, kh_buf *value,
                                        kh_glass_lists *lists, kh_str from)
{
    char bytes[KH_GLASS_METADATA_BYTES + KH_GLASS_KEY_MAX];
    size_t head = KH_GLASS_METADATA_BYTES;
    if (from.len > KH_GLASS_KEY_MAX)
        return KH_GLASS_UNREAD;
    memcpy(bytes, KH_GLASS_METADATA, head);
    if (from.len > 0)
        memcpy(bytes + head, from.ptr, from.len);
    kh_str wanted = kh_str_make(bytes, head + from.len);
    KH_CLEANUP(kh_glass_path_release) kh_glass_path path = { 0 };
    kh_str found;
    kh_str tag;
    if (!kh_glass_path_find(&path, &lists->tree, wanted) ||
        !kh_glass_path_key(&path, &found))
        return KH_GLASS_UNREAD;
    if (kh_str_compare(found, wanted) < 0 && !kh_glass_path_next(&path))
        return KH_GLASS_UNREAD;
    if (!kh_glass_path_key(&path, &found))
        return KH_GLASS_UNREAD;
    if (!kh_str_starts(found, kh_str_make(bytes, head)))
        return KH_GLASS_ABSENT;
    if (!kh_glass_path_read(&path, &found, &tag))
        return KH_GLASS_UNREAD;
    kh_buf_add(key, kh_str_slice(found, head, found.len));
    kh_buf_add(value, tag);
    return KH_GLASS_FOUND;
}

bool kh_glass_lists_mark(kh_glass_lists *lists, kh_str term, uint64_t *bits,
                         uint32_t last_document)
{
    KH_CLEANUP(kh_glass_walk_release) kh_glass_walk walk = { 0 };
    return kh_glass_walk_begin(&walk, lists, term) == KH_GLASS_FOUND &&
           kh_glass_walk_mark(&walk, bits, last_document);
}
