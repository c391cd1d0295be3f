/* rest - what of an article is not in its stream: gaps, rare words, places, values.
 *
 * Layout: docs/index-format.md, section 5. Internal to lib/record. */
#pragma once

#include "base/buf.h"
#include "base/str.h"

KH_BEGIN_DECLS

/* Tags of the values; part of the format. */
typedef enum kh_value_tag {
    KH_RECORD_ID = 1,
    KH_RECORD_DATE = 2,
    KH_RECORD_URL = 3,
    KH_RECORD_UPDATED = 4,
    KH_RECORD_INPUT = 5,
    KH_RECORD_PATH = 6,
    KH_RECORD_MEMBER = 7,
    KH_RECORD_NUMBER = 8,
    KH_RECORD_RAW_TAGS = 9,
    KH_RECORD_FORMAT = 11,
    KH_RECORD_FLAGS = 12,
    KH_RECORD_TAGS = 13,
    KH_RECORD_TITLE = 14,
    KH_RECORD_DECK = 15,
    KH_RECORD_LANG = 16,
    KH_RECORD_LANG_TAG = 17,
    KH_RECORD_N_TAGS = 18,
} kh_value_tag;

#define KH_RECORD_HAS_OWN_ID 1u
#define KH_RECORD_USUAL_TAG  20000u /* KH_RECORD_TAGS: listed, confidence 1 */
/* Bytes unpacked: every word of the longest text may be spelled, every gap listed. */
#define KH_REST_MAX ((size_t)1 << 30)

/* A block that does not stand where it is expected. */
typedef struct kh_jump {
    uint64_t block; /* of the stored text, from 0 */
    int64_t lines;
    int64_t bytes;
    bool is_verbatim;
} kh_jump;

/* Views of plain, which it owns. */
typedef struct kh_rest {
    char *plain; /* owned: unpacked */
    size_t capacity;
    uint64_t text_bytes;   /* of all blocks */
    uint64_t stored_bytes; /* of the stored text */
    kh_str gaps;
    kh_str spelled;
    kh_str places; /* line, byte, jumps: not parsed yet */
    kh_str values; /* the same */
} kh_rest;

/* Take an unpacked rest (in plain) apart; false if it is damaged. */
bool kh_rest_read(kh_rest *rest, size_t bytes);
void kh_rest_release(kh_rest *rest);

/* The k-th spelled word (from 0); false if there is none. Walks: O(k). */
bool kh_rest_spelled(const kh_rest *rest, size_t k, kh_str *out);

/* The values by tag, as views; false if they are damaged. has[t]: it is there. */
bool kh_rest_values(const kh_rest *rest, kh_str values[KH_RECORD_N_TAGS],
                    bool has[KH_RECORD_N_TAGS]);

KH_END_DECLS
