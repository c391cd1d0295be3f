/* sentences - where the sentences of a block end. docs/analysis.md, section 7. */
#pragma once

#include "base/cleanup.h"
#include "base/error.h"
#include "base/str.h"

KH_BEGIN_DECLS

/**
 * Cuts a block into sentences that, end to end, are the whole block: white space behind
 * a sentence belongs to it. UAX #29 sentence boundaries as ICU 72 has them, and no end
 * behind a title, an initial or a common abbreviation ("Gen. Anil Chauhan", "U.S.
 * officials"). A fast path for Latin, Greek and Cyrillic text gives the same answer.
 * Not thread-safe.
 */
typedef struct kh_sentences kh_sentences;

KH_MUST_USE kh_status kh_sentences_open(kh_sentences **out, kh_error *err);
void kh_sentences_free(kh_sentences *sentences); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_sentences, kh_sentences_free)

/* Begin a block, which must outlive the cutting. */
void kh_sentences_reset(kh_sentences *sentences, kh_str block);

/* Byte offset behind the next sentence; false when the block is used up. An empty block
 * has no sentence. */
bool kh_sentences_next(kh_sentences *sentences, size_t *end);

/* The same through ICU alone, for the differential test. */
void kh_sentences_reset_slow(kh_sentences *sentences, kh_str block);

KH_END_DECLS
