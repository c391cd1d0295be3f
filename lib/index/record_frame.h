/* record_frame - one unpacked record: its blocks, sentences and values as views.
 *
 * Layout: docs/index-format.md, section 5. Internal to lib/index. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "article/article.h"
#include "base/buf.h"
#include "base/str.h"

KH_BEGIN_DECLS

#define KH_RECORD_HEADER_MAX ((size_t)64 << 20) /* bytes; of the values, too */
#define KH_RECORD_FRAME_MAX  (KH_ARTICLE_TEXT_MAX + 2 * KH_RECORD_HEADER_MAX)
#define KH_RECORD_BLOCK_END  "\n\n" /* behind each block of the stored text */

/* Tags of the values; part of the format. */
typedef enum kh_record_tag {
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
    KH_RECORD_N_TAGS = 16,
} kh_record_tag;

#define KH_RECORD_HAS_OWN_ID 1u

typedef struct kh_frame_block {
    uint32_t start; /* bytes, in the text of all blocks */
    uint32_t end;
    uint32_t first_sentence;
    uint32_t n_sentences;
    uint64_t byte; /* in the file; good after kh_frame_places() */
    uint32_t line; /* the same */
    uint8_t kind;
    bool is_verbatim;
} kh_frame_block;

typedef struct kh_frame {
    uint64_t key;
    kh_str lang;
    uint32_t n_units;       /* of the stored text */
    kh_str text;            /* of all blocks */
    size_t stored_len;      /* bytes of it that are the stored text */
    kh_frame_block *blocks; /* owned */
    size_t n_blocks;
    size_t n_stored_blocks;
    size_t blocks_capacity;
    uint32_t *ends; /* owned: bytes where each sentence ends, in the text */
    size_t n_sentences;
    size_t n_stored_sentences;
    size_t ends_capacity;
    kh_str values; /* not parsed yet */
    bool has_places;
} kh_frame;

/* Read an unpacked record; views of bytes. False if it is damaged. */
bool kh_frame_read(kh_frame *frame, kh_str bytes);

/* Work out line and byte of every block of the stored text. */
void kh_frame_places(kh_frame *frame);

void kh_frame_release(kh_frame *frame);

/* The values by tag, as views; false if they are damaged. has[t]: it is there. */
bool kh_frame_values(const kh_frame *frame, kh_str values[KH_RECORD_N_TAGS],
                     bool has[KH_RECORD_N_TAGS]);

static inline bool kh_kind_is_stored(unsigned kind)
{
    return kind >= KH_BLOCK_PARAGRAPH && kind <= KH_BLOCK_DECK;
}

/* The text of a block without the line ends behind it. */
static inline kh_str kh_frame_block_text(const kh_frame *frame,
                                         const kh_frame_block *block)
{
    size_t end = block->end;
    if (kh_kind_is_stored(block->kind))
        end -= sizeof(KH_RECORD_BLOCK_END) - 1;
    return kh_str_slice(frame->text, block->start, end);
}

static inline uint64_t kh_zigzag(int64_t value)
{
    return ((uint64_t)value << 1) ^ (uint64_t)(value < 0 ? -1 : 0);
}

static inline int64_t kh_unzigzag(uint64_t value)
{
    return (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
}

KH_END_DECLS
