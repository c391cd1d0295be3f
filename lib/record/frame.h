/* frame - one article given back: its text, blocks, sentences, units.
 *
 * Stream and rest together (docs/index-format.md, section 5). Internal to lib/record.
 */
#pragma once

#include "gaps.h"
#include "records.h"

KH_BEGIN_DECLS

typedef struct kh_frame_block {
    uint32_t start; /* bytes, in the text of all blocks */
    uint32_t end;
    uint32_t first_sentence;
    uint32_t n_sentences;
    uint64_t byte; /* in the file */
    uint32_t line; /* the same */
    uint8_t kind;
    bool is_verbatim;
} kh_frame_block;

/* All arrays owned; used again for the next article. */
typedef struct kh_frame {
    char *text; /* of all blocks */
    size_t text_capacity;
    size_t len;
    size_t stored_len; /* bytes of it that are the stored text */
    kh_frame_block *blocks;
    size_t n_blocks;
    size_t n_stored_blocks;
    size_t blocks_capacity;
    uint32_t *ends; /* bytes where each sentence ends, in the text */
    size_t n_sentences;
    size_t n_stored_sentences;
    size_t ends_capacity;
    uint32_t *units; /* bytes where each unit begins and ends, in turn */
    size_t n_units;
    size_t n_stored_units;
    size_t units_capacity; /* pairs */
    size_t counted_bytes;  /* of the text, how far characters were counted, */
    size_t counted_chars;  /* and how many they are */
} kh_frame;

/* Put an article together; NULL, or what is wrong with it. */
const char *kh_frame_read(kh_frame *frame, const kh_wordlist *words,
                          const kh_stream *stream, const kh_rest *rest);
void kh_frame_release(kh_frame *frame);

/* Work out line and byte of every block of the stored text; false: damaged. */
bool kh_frame_places(kh_frame *frame, const kh_rest *rest);

/* The article of a document; a view until the next call with another. */
KH_MUST_USE kh_status kh_records_frame(kh_frame **out, kh_rest **rest,
                                       kh_records *records, uint32_t document,
                                       kh_error *err);

/* The text of a block without the line ends behind it. */
static inline kh_str kh_frame_block_text(const kh_frame *frame,
                                         const kh_frame_block *block)
{
    size_t end = block->end;
    if (kh_kind_is_stored(block->kind))
        end -= sizeof(KH_BLOCK_END) - 1;
    return kh_str_make(frame->text + block->start, end - block->start);
}

KH_END_DECLS
