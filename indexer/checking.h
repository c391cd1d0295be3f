/* checking - the database of a new segment is checked on a thread of its own.
 *
 * That begins as soon as the database is written, while records are still packed. */
#pragma once

#include <stdbool.h>

#include "base/error.h"

typedef struct kh_checking kh_checking;

/* Begin. folder: of the segment, whose postings are all there; copied. */
KH_MUST_USE kh_status kh_checking_start(kh_checking **out, const char *folder,
                                        kh_error *err);

/* Wait for its end, and give it back: what it found. When a signal comes it is left to
 * itself, with nothing that belongs to the build, until the process ends, since the
 * engine's check asks nobody whether it may go on; KH_ERR_INTERRUPTED then. */
KH_MUST_USE kh_status kh_checking_end(kh_checking *checking, kh_error *err);

/* Where nobody asks any more what it finds: it is not waited for. NULL is allowed. */
void kh_checking_free(kh_checking *checking);

/* Whether one was left that may still be at work: then the process must end without
 * taking down what the engine has set up. */
bool kh_checking_was_left(void);
