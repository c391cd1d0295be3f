/* generation_paths - names below an index folder, and what was live when. Internal to
 * lib/index. */
#pragma once

#include "base/file.h"
#include "index/generation.h"

KH_BEGIN_DECLS

#define KH_CURRENT_NAME  "current"
#define KH_HISTORY_NAME  "history"
#define KH_LOCK_NAME     "lock"
#define KH_LAST_RUN_NAME "last-run.json"
#define KH_FAILURES_NAME "failures.jsonl"
#define KH_MANIFEST_NAME "manifest.json"
#define KH_SEGMENTS_NAME "segments"
#define KH_TMP_NAME      "tmp"

#define KH_GENERATION_MAX 999999999u

/* Make *out (which need not be initialised) the path of a file in the index folder. */
void kh_index_path(kh_buf *out, const char *folder, const char *name);
/* The same of a segment; of a generation, or with a name a file in it. */
void kh_segment_path(kh_buf *out, const char *folder, kh_str uuid);
void kh_generation_path(kh_buf *out, const char *folder, uint32_t number,
                        const char *name);

/* Whether a name is that of a generation's folder. */
bool kh_generation_name(uint32_t *out, kh_str name);

/* Whether a name could be that of a segment: hexadecimal digits and hyphens. */
bool kh_is_segment_name(kh_str name);

/* A generation that was live, until a moment. */
typedef struct kh_was_live {
    uint32_t number;
    int64_t until; /* seconds since 1970 UTC */
} kh_was_live;

/* The file `history`, oldest first; none: *n is 0; damaged: all that are there. In the
 * arena. */
KH_MUST_USE kh_status kh_history_read(kh_was_live **out, size_t *n, const char *folder,
                                      kh_arena *arena, kh_error *err);
KH_MUST_USE kh_status kh_history_write(const char *folder, const kh_was_live *items,
                                       size_t n, kh_error *err);

/* Say in it that the live generation is about to be one that was; where nothing says
 * which one that is, all that are there. */
KH_MUST_USE kh_status kh_history_note(const char *folder, uint32_t next, kh_error *err);

/* Make it, empty, so that a first generation is told from debris, whatever becomes of
 * current. It is live in any case: on a full disk it is told from debris later. */
void kh_history_begin(const char *folder);

/* Numbers that are or were live and still exist: the live one, then the one that was
 * live last, and so on; each once. None is live: *n is 0. In the arena. */
KH_MUST_USE kh_status kh_generation_order(uint32_t **out, size_t *n, const char *folder,
                                          kh_arena *arena, kh_error *err);

KH_END_DECLS
