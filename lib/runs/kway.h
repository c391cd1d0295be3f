/* kway - several sorted files of texts as one. Internal to lib/runs.
 *
 * Each file is entries of (varint bytes shared with the text before, string the rest,
 * payload); the payload is read by whoever asks for the next text, before he asks
 * again. */
#pragma once

#include "base/file.h"

KH_BEGIN_DECLS

typedef struct kh_kway_file {
    kh_source *source; /* owned */
    kh_buf text;       /* the current one */
    uint64_t prefix;   /* its first 8 bytes, the first the highest */
} kh_kway_file;

typedef struct kh_kway {
    kh_kway_file *files; /* owned */
    size_t n_files;
    size_t *heap; /* owned; numbers of files that have a text, the least first */
    size_t n_heap;
    size_t *current; /* owned; the files that have the current text, ascending */
    size_t n_current;
    kh_buf text; /* the current one */
} kh_kway;

KH_MUST_USE kh_status kh_kway_open(kh_kway *kway, const char *const *paths, size_t n,
                                   kh_error *err);
void kh_kway_release(kh_kway *kway);

/* The next text: kway->text, in the files of kway->current, whose sources stand at
 * their payloads. The payloads of the last one must have been read. KH_END at the end.
 */
KH_MUST_USE kh_status kh_kway_next(kh_kway *kway, kh_error *err);

/* To the beginning again. */
KH_MUST_USE kh_status kh_kway_rewind(kh_kway *kway, kh_error *err);

KH_END_DECLS
