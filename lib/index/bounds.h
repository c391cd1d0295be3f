/* bounds - make the file `bounds` and check it. Internal to lib/index. */
#pragma once

#include "base/buf.h"
#include "index/bounds.h"

KH_BEGIN_DECLS

#define KH_BOUNDS_FILE        "bounds"
#define KH_BOUNDS_ENTRY_BYTES 20u /* u64 hash of the term, most, at_rank: 3 x f32 */

/* Append the content of the file, from the postings and lengths of a source. */
KH_MUST_USE kh_status kh_bounds_compute(kh_buf *out, const kh_rank_source *source,
                                        kh_error *err);

/* Make the file, from postings and records that are complete. */
KH_MUST_USE kh_status kh_bounds_write(const char *folder, kh_error *err);

/* Whether the file is what would be made of the source; KH_ERR_CORRUPT if not. */
KH_MUST_USE kh_status kh_bounds_check(const char *folder, const kh_rank_source *source,
                                      kh_error *err);

KH_END_DECLS
