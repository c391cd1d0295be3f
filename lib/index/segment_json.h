/* segment_json - segment.json: what a segment consists of. Internal to lib/index. */
#pragma once

#include "base/arena.h"
#include "base/file.h"
#include "index/segment.h"

KH_BEGIN_DECLS

#define KH_SEGMENT_FILE "segment.json"

typedef struct kh_segment_file {
    kh_str path; /* below the segment, "/" between folders */
    uint64_t bytes;
    kh_digest digest;
} kh_segment_file;

typedef struct kh_segment_info {
    uint32_t layout;
    uint32_t record;
    kh_str fingerprint;
    kh_segment_counts counts; /* index_bytes: all files, segment.json itself, too */
    kh_str *languages;        /* sorted */
    size_t n_languages;
    kh_segment_file *files; /* sorted by path */
    size_t n_files;
} kh_segment_info; /* views live in an arena */

/* List and digest every file below a folder but segment.json and the engine's lock. */
KH_MUST_USE kh_status kh_segment_files(kh_segment_info *info, const char *folder,
                                       kh_arena *arena, kh_error *err);

/* Write it, synced; sets counts.index_bytes. */
KH_MUST_USE kh_status kh_segment_info_write(kh_segment_info *info, const char *folder,
                                            kh_error *err);
KH_MUST_USE kh_status kh_segment_info_read(kh_segment_info *out, const char *folder,
                                           kh_arena *arena, kh_error *err);

KH_END_DECLS
