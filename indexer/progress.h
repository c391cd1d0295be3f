/* progress - how far a build has read, in one line. */
#pragma once

#include "base/buf.h"

KH_BEGIN_DECLS

typedef struct kh_progress {
    bool has_bar;     /* else a line of a log */
    bool is_measured; /* what a pipe brings has no share */
    double share;     /* of all bytes that are read, 0 to 1 */
    uint64_t n_read;  /* articles */
    uint64_t ms;      /* since the build began */
    size_t n_skipped;
} kh_progress;

/* Append the line, ASCII, without its end. What does not fit into so many columns is
 * left out, the least wanted first: the share and the time left stay longest. width: 0:
 * any. */
void kh_progress_line(kh_buf *out, const kh_progress *progress, unsigned width);

KH_END_DECLS
