/* file - whole files, mapped files, atomic replacement, folders. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "base/hash.h"

KH_BEGIN_DECLS

/**
 * Read a whole file and append it to out.
 *
 * @param max_bytes  a larger file is KH_ERR_LIMIT
 * @return           KH_OK, KH_ERR_NOT_FOUND, KH_ERR_IO, KH_ERR_LIMIT
 */
KH_MUST_USE kh_status kh_file_read(kh_buf *out, const char *path, size_t max_bytes,
                                   kh_error *err);

/**
 * Replace a file as one step: written aside as PATH.new-PID, synced, renamed over,
 * folder synced. A reader sees the old content or the new, also after a crash.
 */
KH_MUST_USE kh_status kh_file_replace(const char *path, kh_str content, kh_error *err);

/* XXH3 of a file's bytes. */
KH_MUST_USE kh_status kh_file_digest(kh_digest *out, const char *path, kh_error *err);

/* A file mapped for reading; an empty file gives len 0. */
typedef struct kh_map {
    const unsigned char *ptr;
    size_t len; /* bytes */
} kh_map;

KH_MUST_USE kh_status kh_map_open(kh_map *out, const char *path, kh_error *err);
void kh_map_close(kh_map *map); /* an empty or closed map is allowed */
/* What was touched so far no longer counts as memory of this process, and comes back
 * when it is touched again: for who goes through a large file. */
void kh_map_let_go(const kh_map *map);

/* A buffered file that remembers its first error, so that one check at the end does. */
typedef struct kh_sink kh_sink;

KH_MUST_USE kh_status kh_sink_open(kh_sink **out, const char *path, kh_error *err);
/* The same for a file that is going to be mapped: written 2 MiB at a time, at multiples
 * of that, so that a kernel that can keeps and maps it in large pages. */
KH_MUST_USE kh_status kh_sink_open_mapped(kh_sink **out, const char *path,
                                          kh_error *err);
void kh_sink_add(kh_sink *sink, const void *bytes, size_t len);
uint64_t kh_sink_offset(const kh_sink *sink); /* bytes added so far */
/* The first error so far: for whoever would go on for long. */
KH_MUST_USE kh_status kh_sink_status(const kh_sink *sink, kh_error *err);
/* All bytes added are the system's, and may be read: they are not synced yet. */
KH_MUST_USE kh_status kh_sink_flush(kh_sink *sink, kh_error *err);
/* Flush, fsync, close; the first error of all. The sink is freed in either case. */
KH_MUST_USE kh_status kh_sink_close(kh_sink *sink, kh_error *err);
/* The same without fsync: for files that live as long as a process. */
KH_MUST_USE kh_status kh_sink_close_unsynced(kh_sink *sink, kh_error *err);
void kh_sink_free(kh_sink *sink); /* close without caring; NULL is allowed */
KH_DEFINE_CLEANUP(kh_sink, kh_sink_free)

/* A buffered file that is read from front to end; a kh_cursor of a file. Sticky: after
 * a bad read (a failure, or less than was wanted) all reads give 0 or "". */
typedef struct kh_source kh_source;

KH_MUST_USE kh_status kh_source_open(kh_source **out, const char *path, kh_error *err);
void kh_source_free(kh_source *source); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_source, kh_source_free)
uint64_t kh_source_varint(kh_source *source);
kh_str kh_source_bytes(kh_source *source, size_t len); /* a view, until the next read */
kh_str kh_source_string(kh_source *source);            /* varint length, bytes */
bool kh_source_is_at_end(kh_source *source);           /* also after a bad read */
/* Go on reading from an offset; a bad read before is forgotten. */
void kh_source_seek(kh_source *source, uint64_t offset);
/* The first bad read: KH_ERR_IO, or KH_ERR_CORRUPT for one that went over the end. */
KH_MUST_USE kh_status kh_source_status(const kh_source *source, kh_error *err);

bool kh_path_exists(const char *path);
bool kh_path_is_folder(const char *path);
/* Append the absolute path without ".", ".." and double slashes; links are not
 * followed. */
void kh_path_absolute(kh_buf *out, const char *path);
void kh_path_join(kh_buf *out, const char *folder, const char *name); /* appends */

/* With its parents; one that is there already is KH_OK. */
KH_MUST_USE kh_status kh_folder_make(const char *path, kh_error *err);
/* The whole tree; nothing there is KH_OK, links are removed and not followed. */
KH_MUST_USE kh_status kh_folder_remove(const char *path, kh_error *err);
KH_MUST_USE kh_status kh_folder_sync(const char *path, kh_error *err);
/* fsync the folder that a path is in: what stands there by that name stays. */
KH_MUST_USE kh_status kh_parent_sync(const char *path, kh_error *err);

/* fsync every file below and every folder. */
KH_MUST_USE kh_status kh_tree_sync(const char *path, kh_error *err);
/* Sum of the sizes of all files below. */
KH_MUST_USE kh_status kh_tree_bytes(uint64_t *out, const char *path, kh_error *err);
/* Bytes that an unprivileged user may still write on the file system of path. */
KH_MUST_USE kh_status kh_disk_free(uint64_t *out, const char *path, kh_error *err);

/* Names in a folder but for "." and "..", in the order of their bytes. */
typedef struct kh_names {
    char **names; /* owned, NUL-terminated */
    size_t n;
    size_t capacity;
} kh_names;
KH_MUST_USE kh_status kh_folder_list(kh_names *out, const char *path, kh_error *err);
void kh_names_release(kh_names *names);

/* Keep standard input, output and error for what they are: one that was closed when the
 * program began is open for the wrong direction now, so that reading or writing it
 * fails and no file gets its number. To be called first. */
void kh_keep_standard_files(void);

uint64_t kh_clock_ms(void);   /* monotonic */
uint64_t kh_peak_bytes(void); /* the most memory this process had resident */

KH_END_DECLS
