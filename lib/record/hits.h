/* hits - all places of a query's words in a stream; also how phrases are decided that
 * no search from a word on can decide. Internal to lib/record. */
#pragma once

#include "codeset.h"

KH_BEGIN_DECLS

/* Whether a stream holds a phrase, by all hits of its words, block by block: NEAR, and
 * words of several units. */
kh_status kh_hits_hold(bool *out, kh_record_query *query, uint32_t document,
                       const kh_stream *stream, const kh_record_phrase *phrase,
                       kh_error *err);

/* Whether hits of one block, by position, are the phrase. */
bool kh_hits_are_phrase(kh_record_query *query, const kh_record_phrase *phrase);

KH_END_DECLS
