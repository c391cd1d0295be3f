/* vocabulary_writer - the vocabulary of a segment as metadata. Internal to lib/index.
 */
#pragma once

#include "base/alloc.h"
#include "index/vocabulary.h"
#include "metadata.h"
#include "runs/counts.h"

KH_BEGIN_DECLS

/* Write all spellings, in blocks whose keys ascend. */
KH_MUST_USE kh_status kh_vocabulary_write(kh_counts_merge *spellings,
                                          const kh_metadata *out, kh_error *err);

KH_END_DECLS
