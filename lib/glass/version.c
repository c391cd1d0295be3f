/* version - iamglass: magic, date of the format, UUID, revision, six roots, statistics.
 *
 *   root:  block | level * 4 + is_sequential * 2 + is_fake | entries | block size /
 * 2048 | least bytes to compress | string: revision, number of blocks, 0 0 0 0 then:
 * documents | last document - documents | shortest | wdf bound | longest - wdf bound |
 * 0 | total length | 0 */
#include "version.h"

#include <errno.h>
#include <stdio.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/file.h"

#define MAGIC      "\x0f\x0dXapian Glass"
#define DATE       "\x04\x6e" /* 2016-03-14: (year - 2014) * 512 + month * 32 + day */
#define UUID_BYTES 16u

#define SEQUENTIAL 2u
#define FAKE       1u

#define BLOCK_UNIT 2048u

static void encode_root(kh_buf *out, const kh_glass_version *version, size_t table)
{
    const kh_glass_root *root = &version->roots[table];
    bool is_plain = table == KH_GLASS_POSTLIST || table == KH_GLASS_POSITION;
    bool is_fake = root->n_entries == 0;
    KH_AUTO_BUF free_list;
    kh_buf_init(&free_list, KH_BUF_MAX);
    if (!is_fake) {
        kh_buf_add_varint(&free_list, KH_GLASS_REVISION);
        kh_buf_add_varint(&free_list, root->n_blocks);
        kh_buf_add_bytes(&free_list, "\0\0\0\0", 4);
    }

    kh_buf_add_varint(out, root->block);
    kh_buf_add_varint(out, root->level * 4 + SEQUENTIAL + (is_fake ? FAKE : 0));
    kh_buf_add_varint(out, root->n_entries);
    kh_buf_add_varint(out, version->block_bytes / BLOCK_UNIT);
    kh_buf_add_varint(out, is_plain ? 0 : KH_GLASS_COMPRESS_MIN);
    kh_buf_add_string(out, kh_buf_str(&free_list));
}

void kh_glass_version_encode(kh_buf *out, const kh_glass_version *version,
                             const char uuid[16])
{
    kh_buf_add_bytes(out, MAGIC, sizeof(MAGIC) - 1);
    kh_buf_add_bytes(out, DATE, sizeof(DATE) - 1);
    kh_buf_add_bytes(out, uuid, UUID_BYTES);
    kh_buf_add_varint(out, KH_GLASS_REVISION);
    for (size_t i = 0; i < KH_GLASS_N_TABLES; i++)
        encode_root(out, version, i);

    kh_buf_add_varint(out, version->n_documents);
    kh_buf_add_varint(out, version->last_document - version->n_documents);
    kh_buf_add_varint(out, version->shortest);
    kh_buf_add_varint(out, version->max_wdf);
    kh_buf_add_varint(out, version->longest - version->max_wdf);
    kh_buf_add_varint(out, 0); /* oldest changeset */
    kh_buf_add_varint(out, version->total_length);
    kh_buf_add_varint(out, 0); /* bound of spellings */
}

/* A random one: RFC 4122, version 4. */
static kh_status make_uuid(char uuid[16], const char *folder, kh_error *err)
{
    ssize_t n;
    do
        n = getrandom(uuid, UUID_BYTES, 0);
    while (n < 0 && errno == EINTR);
    if (n != (ssize_t)UUID_BYTES)
        return kh_fail_errno(err, KH_ERR_IO, "cannot make an id for '%s'", folder);

    uuid[6] = (char)((uuid[6] & 0x0F) | 0x40);
    uuid[8] = (char)((uuid[8] & 0x3F) | 0x80);
    return KH_OK;
}

static kh_status write_file(const char *path, kh_str content, kh_error *err)
{
    kh_sink *sink = NULL;
    kh_status status = kh_sink_open(&sink, path, err);
    if (status != KH_OK)
        return status;

    kh_sink_add(sink, content.ptr, content.len);
    return kh_sink_close(sink, err);
}

kh_status kh_glass_version_write(const kh_glass_version *version, const char *folder,
                                 kh_error *err)
{
    KH_AUTO_BUF aside;
    KH_AUTO_BUF path;
    KH_AUTO_BUF content;
    kh_buf_init(&aside, KH_BUF_MAX);
    kh_buf_init(&path, KH_BUF_MAX);
    kh_buf_init(&content, KH_BUF_MAX);
    kh_path_join(&aside, folder, "v.tmp");
    kh_path_join(&path, folder, "iamglass");
    char uuid[UUID_BYTES];
    kh_status status = make_uuid(uuid, folder, err);
    if (status != KH_OK)
        return status;

    kh_glass_version_encode(&content, version, uuid);
    status = write_file(kh_buf_text(&aside), kh_buf_str(&content), err);
    if (status != KH_OK)
        return status;
    if (rename(kh_buf_text(&aside), kh_buf_text(&path)) != 0)
        return kh_fail_errno(err, KH_ERR_IO, "cannot rename '%s'", kh_buf_text(&aside));

    status = kh_folder_sync(folder, err);
    if (status != KH_OK)
        (void)unlink(kh_buf_text(&path));
    return status;
}
