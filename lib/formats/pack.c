/* pack - the unpacked bytes of a file, member by member, through libarchive.
 *
 * Two archives may be at work: `outer` is the file, `inner` unpacks a member that is a
 * packed file itself. After damage that libarchive does not survive, a zip is opened
 * again behind the damaged member: its members do not depend on each other. Names of
 * members are in the locale's encoding for libarchive, and lost if that has not their
 * letters, so headers are read under a locale of our own.
 */
#include "pack.h"

#include <errno.h>
#include <locale.h>
#include <sys/stat.h>
#include <unistd.h>

#include <archive.h>
#include <archive_entry.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "text/charset.h"

#define BLOCK_BYTES ((size_t)128 << 10)
#define BOMB_BYTES  ((uint64_t)64 << 20) /* unpacked bytes that no ratio forbids */

/* The bytes of one member, block by block: archive_read_data() would lose what it read
 * before damage. */
typedef struct flow {
    struct archive *a; /* owned */
    const char *block; /* of libarchive, until its next block */
    size_t n_block;
    int64_t block_at; /* where the block stands in the member */
    int64_t at;       /* bytes given so far; holes before a block are zeros */
} flow;

struct kh_pack {
    const char *path; /* NULL: memory; "-": standard input */
    kh_str memory;
    flow outer;
    flow inner;    /* a is NULL unless the member is packed itself */
    locale_t utf8; /* owned; 0 if the system has none */
    kh_buf member;
    char head[8]; /* the member's first bytes, read to see whether it is packed */
    size_t n_head, head_at;
    char *block; /* owned: what inner reads */
    uint32_t n_members;
    uint64_t member_bytes; /* unpacked of this member */
    uint64_t text_bytes;   /* unpacked in all */
    uint64_t file_bytes;   /* 0 if unknown */
    bool is_archive;
    bool is_reopening; /* the rest of this member is given up */
    bool is_over;
};

static void begin_flow(flow *f)
{
    f->block = NULL;
    f->n_block = 0;
    f->block_at = f->at = 0;
}

/* Read some bytes: how many, 0 at the end, or a negative code of libarchive. */
static ssize_t read_flow(flow *f, char *out, size_t size)
{
    while (f->n_block == 0) {
        const void *block = NULL;
        int code = archive_read_data_block(f->a, &block, &f->n_block, &f->block_at);
        if (code == ARCHIVE_EOF)
            return 0;
        if (code < ARCHIVE_WARN)
            return code;
        f->block = block;
    }

    size_t n = f->n_block;
    bool is_hole = f->at < f->block_at;
    if (is_hole && (uint64_t)(f->block_at - f->at) < SIZE_MAX)
        n = (size_t)(f->block_at - f->at);
    n = n < size ? n : size;
    if (is_hole) {
        memset(out, 0, n);
    } else {
        memcpy(out, f->block, n);
        f->block += n;
        f->block_at += (int64_t)n;
        f->n_block -= n;
    }
    f->at += (int64_t)n;
    return (ssize_t)n;
}

static struct archive *new_archive(bool has_members)
{
    struct archive *a = archive_read_new();
    archive_read_support_filter_gzip(a);
    archive_read_support_filter_zstd(a);
    archive_read_support_filter_xz(a);
    archive_read_support_filter_bzip2(a);
    archive_read_support_format_raw(a);
    if (has_members) {
        archive_read_support_format_zip(a);
        archive_read_support_format_tar(a);
        archive_read_support_format_empty(a);
    }
    return a;
}

static const char *reason(struct archive *a)
{
    const char *text = archive_error_string(a);
    return text ? text : "unknown reason";
}

/* Whether the system failed, not what is in the file: that is EILSEQ, or below 0. */
static bool is_of_system(struct archive *a)
{
    int code = archive_errno(a);
    return code > 0 && code != EILSEQ;
}

static kh_status open_outer(kh_pack *pack, kh_error *err)
{
    archive_read_free(pack->outer.a);
    pack->outer.a = new_archive(true);

    int code;
    if (!pack->path)
        code = archive_read_open_memory(
            pack->outer.a, pack->memory.len ? pack->memory.ptr : "", pack->memory.len);
    else
        code = archive_read_open_filename(
            pack->outer.a, strcmp(pack->path, "-") == 0 ? NULL : pack->path,
            BLOCK_BYTES);
    if (code >= ARCHIVE_WARN)
        return KH_OK;

    if (is_of_system(pack->outer.a))
        return kh_fail(err, KH_ERR_IO, "cannot open '%s': %s",
                       pack->path ? pack->path : "memory", reason(pack->outer.a));
    return kh_fail(err, KH_ERR_CORRUPT, "packed file is damaged: %s",
                   reason(pack->outer.a));
}

/* Size of the file, and whether it can be read at all. */
static kh_status look_at_path(kh_pack *pack, kh_error *err)
{
    struct stat info;
    if (strcmp(pack->path, "-") == 0)
        return KH_OK;
    if (stat(pack->path, &info) != 0)
        return kh_fail_errno(err, errno == ENOENT ? KH_ERR_NOT_FOUND : KH_ERR_IO,
                             "cannot open '%s'", pack->path);
    if (S_ISDIR(info.st_mode))
        return kh_fail(err, KH_ERR_IO, "cannot read '%s': it is a folder", pack->path);

    if (S_ISREG(info.st_mode)) {
        pack->file_bytes = (uint64_t)info.st_size;
        if (access(pack->path, R_OK) != 0)
            return kh_fail_errno(err, KH_ERR_IO, "cannot open '%s'", pack->path);
    }
    return KH_OK;
}

kh_status kh_pack_open(kh_pack **out, const char *path, kh_str memory, kh_error *err)
{
    KH_AUTO(kh_pack_free) kh_pack *pack = kh_alloc(sizeof(*pack));
    pack->path = path;
    pack->memory = memory;
    pack->file_bytes = path ? 0 : memory.len;
    kh_buf_init(&pack->member, KH_BUF_MAX);
    pack->utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);

    kh_status status = path ? look_at_path(pack, err) : KH_OK;
    if (status == KH_OK)
        status = open_outer(pack, err);
    if (status != KH_OK)
        return status;

    *out = KH_TAKE(pack);
    return KH_OK;
}

void kh_pack_free(kh_pack *pack)
{
    if (!pack)
        return;

    archive_read_free(pack->inner.a);
    archive_read_free(pack->outer.a);
    if (pack->utf8)
        freelocale(pack->utf8);
    kh_buf_release(&pack->member);
    kh_free(pack->block);
    kh_free(pack);
}

static uint64_t packed_bytes(const kh_pack *pack)
{
    int64_t now = archive_filter_bytes(pack->outer.a, -1);
    return now > 0 ? (uint64_t)now : 0;
}

/* Go on behind a member that libarchive could not survive. */
static kh_status reopen(kh_pack *pack, kh_error *err)
{
    pack->is_reopening = false;
    kh_status status = open_outer(pack, err);
    if (status != KH_OK)
        return status;

    struct archive_entry *entry;
    for (uint32_t i = 0; i < pack->n_members; i++)
        if (archive_read_next_header(pack->outer.a, &entry) < ARCHIVE_WARN)
            return KH_END;
    return KH_OK;
}

/* What a failure of outer means: of this member alone, or of all that follows. */
static kh_status fail_outer(kh_pack *pack, int code, kh_error *err)
{
    const char *why = reason(pack->outer.a);
    bool is_zip = (archive_format(pack->outer.a) & ARCHIVE_FORMAT_BASE_MASK) ==
                  ARCHIVE_FORMAT_ZIP;
    bool can_reopen = !pack->path || pack->file_bytes > 0;
    if (pack->is_archive && code > ARCHIVE_FATAL)
        return kh_fail(err, KH_ERR_FORMAT, "member cannot be unpacked: %s", why);
    if (pack->is_archive && is_zip && can_reopen && pack->n_members > 0) {
        pack->is_reopening = true;
        return kh_fail(err, KH_ERR_FORMAT, "member cannot be unpacked: %s", why);
    }

    pack->is_over = true;
    if (is_of_system(pack->outer.a))
        return kh_fail(err, KH_ERR_IO, "cannot read: %s", why);
    return kh_fail(err, KH_ERR_CORRUPT, "packed file is damaged: %s", why);
}

/* Read from the file's member, the bytes that were looked at first. */
static ssize_t read_outer(kh_pack *pack, char *out, size_t size)
{
    size_t n = pack->n_head - pack->head_at;
    if (n == 0)
        return read_flow(&pack->outer, out, size);

    n = n < size ? n : size;
    memcpy(out, pack->head + pack->head_at, n);
    pack->head_at += n;
    return (ssize_t)n;
}

static ssize_t inner_wants(struct archive *a, void *data, const void **bytes)
{
    kh_pack *pack = data;
    ssize_t n = read_outer(pack, pack->block, BLOCK_BYTES);
    if (n < 0) {
        (void)fail_outer(pack, (int)n, NULL);
        archive_set_error(a, archive_errno(pack->outer.a), "%s", reason(pack->outer.a));
    }
    *bytes = pack->block;
    return n < 0 ? -1 : n;
}

static bool looks_packed(kh_str head)
{
    return kh_str_starts(head, KH_STR("\x1f\x8b\x08")) ||
           kh_str_starts(head, KH_STR("\x28\xb5\x2f\xfd")) ||
           kh_str_starts(head, KH_STR("\xfd"
                                      "7zXZ\0")) ||
           kh_str_starts(head, KH_STR("BZh"));
}

/* Look at the member's first bytes, and unpack it if it is packed. */
static kh_status open_inner(kh_pack *pack, kh_error *err)
{
    pack->n_head = pack->head_at = 0;
    while (pack->n_head < sizeof(pack->head)) {
        ssize_t n = read_flow(&pack->outer, pack->head + pack->n_head,
                              sizeof(pack->head) - pack->n_head);
        if (n < 0)
            return fail_outer(pack, (int)n, err);
        if (n == 0)
            break;
        pack->n_head += (size_t)n;
    }
    if (!looks_packed(kh_str_make(pack->head, pack->n_head)))
        return KH_OK;

    if (!pack->block)
        pack->block = kh_alloc(BLOCK_BYTES);
    pack->inner.a = new_archive(false);
    struct archive_entry *entry;
    if (archive_read_open(pack->inner.a, pack, NULL, inner_wants, NULL) <
            ARCHIVE_WARN ||
        archive_read_next_header(pack->inner.a, &entry) < ARCHIVE_WARN)
        return kh_fail(err, KH_ERR_FORMAT, "member cannot be unpacked: %s",
                       reason(pack->inner.a));
    return KH_OK;
}

/* Take the member's name; bytes that are not UTF-8 are converted. */
static void take_name(kh_pack *pack, struct archive_entry *entry)
{
    const char *name = archive_entry_pathname_utf8(entry);
    if (!name)
        name = archive_entry_pathname(entry);

    kh_buf_reset(&pack->member);
    kh_str bytes = kh_str_from(name);
    if (bytes.len > 0 && kh_utf8_check(bytes) == bytes.len)
        kh_buf_add(&pack->member, bytes);
    else if (bytes.len == 0 ||
             kh_charset_to_utf8(&pack->member, bytes, NULL, NULL, NULL) != KH_OK)
        kh_buf_printf(&pack->member, "member-%u", pack->n_members);
}

/* One header; is_file says whether it is one that can be read. */
static kh_status next_header(kh_pack *pack, bool *is_file, kh_error *err)
{
    struct archive_entry *entry;
    int code = archive_read_next_header(pack->outer.a, &entry);
    if (code == ARCHIVE_EOF)
        return KH_END;
    int format = archive_format(pack->outer.a) & ARCHIVE_FORMAT_BASE_MASK;
    pack->is_archive = format == ARCHIVE_FORMAT_ZIP || format == ARCHIVE_FORMAT_TAR;
    if (code < ARCHIVE_WARN) {
        /* A header that failed was not counted: behind it nothing can be found. The
         * member before it is good. */
        pack->is_over = true;
        kh_buf_reset(&pack->member);
        if (pack->n_members == 0)
            return kh_fail(err, KH_ERR_CORRUPT, "packed file is damaged: %s",
                           reason(pack->outer.a));
        return kh_fail(err, KH_ERR_CORRUPT,
                       "packed file is damaged behind its member %u: %s",
                       pack->n_members, reason(pack->outer.a));
    }

    if (++pack->n_members > KH_MEMBERS_MAX) {
        pack->is_over = true;
        return kh_fail(err, KH_ERR_LIMIT, "more than %u members", KH_MEMBERS_MAX);
    }
    *is_file = true;
    if (!pack->is_archive)
        return KH_OK;

    take_name(pack, entry);
    *is_file = archive_entry_filetype(entry) == AE_IFREG;
    if (*is_file && archive_entry_is_data_encrypted(entry))
        return kh_fail(err, KH_ERR_FORMAT, "member is encrypted");
    return KH_OK;
}

kh_status kh_pack_next(kh_pack *pack, kh_error *err)
{
    archive_read_free(pack->inner.a);
    pack->inner.a = NULL;
    pack->member_bytes = 0;
    begin_flow(&pack->outer);
    begin_flow(&pack->inner);
    pack->n_head = pack->head_at = 0;
    if (pack->is_over)
        return KH_END;

    locale_t before = pack->utf8 ? uselocale(pack->utf8) : (locale_t)0;
    kh_status status = pack->is_reopening ? reopen(pack, err) : KH_OK;
    bool is_file = false;
    while (status == KH_OK && !is_file)
        status = next_header(pack, &is_file, err);
    if (before)
        uselocale(before);
    if (status == KH_OK && pack->is_archive)
        status = open_inner(pack, err);
    if (status == KH_END)
        pack->is_over = true;
    return status;
}

/* Count what was unpacked; an unreasonable amount ends the file. */
static kh_status count(kh_pack *pack, size_t n, kh_error *err)
{
    pack->member_bytes += n;
    pack->text_bytes += n;
    uint64_t packed = pack->file_bytes ? pack->file_bytes : packed_bytes(pack);
    if (pack->text_bytes > BOMB_BYTES &&
        pack->text_bytes / KH_UNPACK_RATIO_MAX > packed) {
        pack->is_over = true;
        return kh_fail(err, KH_ERR_LIMIT,
                       "unpacks to more than %u times its size: a bomb",
                       KH_UNPACK_RATIO_MAX);
    }
    if (pack->member_bytes > KH_FILE_MAX_BYTES) {
        pack->is_over = true;
        return kh_fail(err, KH_ERR_LIMIT, "larger than %llu GiB",
                       (unsigned long long)(KH_FILE_MAX_BYTES >> 30));
    }
    return KH_OK;
}

kh_status kh_pack_read(kh_pack *pack, size_t *got, char *out, size_t size,
                       kh_error *err)
{
    ssize_t n = pack->inner.a ? read_flow(&pack->inner, out, size)
                              : read_outer(pack, out, size);
    if (n < 0 && pack->inner.a)
        return kh_fail(err, pack->is_over ? KH_ERR_CORRUPT : KH_ERR_FORMAT,
                       "member cannot be unpacked: %s", reason(pack->inner.a));
    if (n < 0)
        return fail_outer(pack, (int)n, err);

    kh_status status = count(pack, (size_t)n, err);
    if (status == KH_OK)
        *got = (size_t)n;
    return status;
}

bool kh_pack_is_archive(const kh_pack *pack)
{
    return pack->is_archive;
}

kh_str kh_pack_member(const kh_pack *pack)
{
    return kh_buf_str(&pack->member);
}

void kh_pack_progress(const kh_pack *pack, kh_reader_progress *progress)
{
    progress->text_bytes = pack->text_bytes;
    progress->read_bytes = packed_bytes(pack);
    progress->file_bytes = pack->file_bytes;
}
