/* bounds - make the file `bounds` and check it. Internal to lib/index. */
#pragma once

#include "base/buf.h"
#include "index/bounds.h"
#include "runs/merge.h"

KH_BEGIN_DECLS

#define KH_BOUNDS_FILE        "bounds"
#define KH_BOUNDS_ENTRY_BYTES 20u /* u64 hash of the term, most, at_rank: 3 x f32 */

/* Learns from lengths of documents, then from terms in any order. */
typedef struct kh_bounds_learner kh_bounds_learner;

kh_bounds_learner *kh_bounds_learner_open(uint32_t n_documents, double average_length);
void kh_bounds_learner_free(kh_bounds_learner *learner); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_bounds_learner, kh_bounds_learner_free)

/* All documents, before the first term. */
void kh_bounds_learn_length(kh_bounds_learner *learner, uint32_t document,
                            uint32_t length);

/* False: a posting names a document that is not there. */
bool kh_bounds_learn(kh_bounds_learner *learner, const kh_term_postings *term);

/* Append the content of the file. */
void kh_bounds_learnt(kh_bounds_learner *learner, kh_buf *out);

/* Make the file. */
KH_MUST_USE kh_status kh_bounds_write(const char *folder, kh_str content,
                                      kh_error *err);

/* Whether the file is what would be made of the source; KH_ERR_CORRUPT if not. */
KH_MUST_USE kh_status kh_bounds_check(const char *folder, const kh_rank_source *source,
                                      kh_error *err);

KH_END_DECLS
