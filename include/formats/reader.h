/* reader - files of every kind, one article after the other. */
#pragma once

#include "article/article.h"
#include "base/cleanup.h"
#include "base/error.h"

KH_BEGIN_DECLS

#define KH_FILE_MAX_BYTES \
    ((uint64_t)64 << 30) /* unpacked bytes of one file or member */
#define KH_RECORD_MAX_BYTES \
    ((size_t)256 << 20) /* one article, as it stands in its file */
#define KH_UNPACK_RATIO_MAX \
    1000u /* unpacked / packed bytes beyond the first 64 MiB: a bomb */
#define KH_MEMBERS_MAX 10000000u /* members of one archive */

/* --map FIELD=NAME: their name for our field. */
typedef struct kh_name_map {
    kh_str
        field; /* "title", "body", "tags" ... as kh_reader_field_names() lists them */
    kh_str name;
} kh_name_map;

typedef struct kh_reader_options {
    const char *format;     /* --format: "text", "json", "jsonl"; NULL: by content */
    const kh_name_map *map; /* earlier rows win; before the usual names */
    size_t n_map;
    bool takes_hidden; /* members of archives whose names begin with a dot, too */
} kh_reader_options;

/* Reads one file (or archive, or packed file, or standard input) article by article.
 * Not thread-safe; a handle a thread. */
typedef struct kh_reader kh_reader;

/**
 * Open a file: plain or packed (gz, zst, xz, bz2), zip, tar; by content, not by its
 * name. An archive's members are read as files of their own; members of no known format
 * are skipped and counted. A member that is packed itself (05.json.gz) is unpacked; an
 * archive inside an archive is not opened.
 *
 * @param path     "-" is standard input
 * @param input    what goes into kh_article.input
 * @param options  must outlive the reader; may be NULL
 * @return         KH_OK; KH_ERR_NOT_FOUND, KH_ERR_IO, KH_ERR_LIMIT,
 * KH_ERR_CORRUPT, KH_ERR_ARGUMENT (unknown --format); KH_ERR_FORMAT: the file is empty
 * or of no known format (message says what it looks like)
 */
KH_MUST_USE kh_status kh_reader_open(kh_reader **out, const char *path, kh_str input,
                                     const kh_reader_options *options, kh_error *err);

/**
 * Read bytes that are in memory as if they were a file.
 *
 * @param bytes  plain or packed; must outlive the reader
 * @param name   taken as the path as it is; "" for none
 */
KH_MUST_USE kh_status kh_reader_open_memory(kh_reader **out, kh_str bytes,
                                            const char *name, kh_str input,
                                            const kh_reader_options *options,
                                            kh_error *err);
void kh_reader_free(kh_reader *reader); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_reader, kh_reader_free)

/**
 * The next article. It lives in the reader until the next call. It is complete but for
 * what needs the archive: id given (kh_article_identify), dateline read, language
 * canonical or empty, tags split; a glued line stands in raw_tags and is not cut yet.
 *
 * @return  KH_OK; KH_END; KH_ERR_FORMAT or KH_ERR_LIMIT: this article is spoilt, call
 * again (kh_reader_place() says which); any other error ends the file
 */
KH_MUST_USE kh_status kh_reader_next(kh_reader *reader, kh_article **out,
                                     kh_error *err);

/* Where the reader stands, for messages and failures.jsonl: of the article or failure
 * last given. member is "" outside archives; record and line are 0 where they do not
 * apply. */
typedef struct kh_place {
    kh_str path;
    kh_str member;
    uint32_t record;
    uint32_t line;
} kh_place;
kh_place kh_reader_place(const kh_reader *reader);

/* Bytes unpacked so far, and (for progress) packed bytes read of packed bytes in all.
 */
typedef struct kh_reader_progress {
    uint64_t text_bytes;
    uint64_t read_bytes;
    uint64_t file_bytes;        /* 0 if unknown */
    uint32_t n_skipped_members; /* of no known format */
} kh_reader_progress;
kh_reader_progress kh_reader_progress_read(const kh_reader *reader);

/* Whether a file's name and first bytes look like something we read; for folders, where
 * a photo is left alone. Hidden files are judged like others. */
bool kh_reader_knows(const char *path, kh_str first_bytes);
#define KH_SNIFF_BYTES 4096

/* Names that --map takes on its left side, NULL-terminated. */
const char *const *kh_reader_field_names(void);

/* Formats that --format takes, NULL-terminated. */
const char *const *kh_reader_format_names(void);

KH_END_DECLS
