/* vocabulary_block - a block of the vocabulary: front-coded entries, one a spelling.
 *
 * Layout: docs/index-format.md, section 3. Internal to lib/index. */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "index/vocabulary.h"

KH_BEGIN_DECLS

#define KH_BLOCK_TARGET_BYTES 1700 /* a block is written when it reaches this */
#define KH_FORM_MAX_BYTES     64
#define KH_VOCABULARY_PREFIX  "V" /* of the metadata keys */

/* Makes blocks of spellings that come in order; forms are whole in one block. */
typedef struct kh_block_writer {
    kh_buf entries;
    kh_buf langs;      /* their strings, in order of first use */
    kh_str codes[256]; /* views of langs' owners: the spellings' */
    size_t n_langs;
    char form[KH_FORM_MAX_BYTES]; /* the last one */
    size_t form_len;
} kh_block_writer;

void kh_block_writer_init(kh_block_writer *block);
void kh_block_writer_release(kh_block_writer *block);

/* Add the spellings of one form; their views live until the block is finished. */
void kh_block_writer_add(kh_block_writer *block, const kh_spelling *spellings,
                         size_t n);
bool kh_block_writer_is_full(const kh_block_writer *block);

/* Append the block's bytes and begin the next; the last form is kept for its key. */
void kh_block_writer_finish(kh_block_writer *block, kh_buf *out);

/* Reads a block. Views of a spelling live until the next one, langs in the block. */
typedef struct kh_block_reader {
    kh_cursor cursor;
    kh_str langs[256];
    size_t n_langs;
    kh_spelling spelling; /* the one read last */
    bool is_last_of_form;
    char form[KH_FORM_MAX_BYTES];
    kh_buf folded;
    kh_buf term;
    bool is_bad;
} kh_block_reader;

/* Begin a block; the reader must be zeroed before its first use. */
void kh_block_reader_reset(kh_block_reader *reader, kh_str block);
void kh_block_reader_release(kh_block_reader *reader);

/* The next spelling in reader->spelling; false at the end, or with is_bad. */
bool kh_block_reader_next(kh_block_reader *reader);

/* Order of (form, folded, lang, term, is_compound). */
int kh_spelling_compare(const kh_spelling *a, const kh_spelling *b);

/* A copy in an arena. */
kh_spelling kh_spelling_copy(const kh_spelling *spelling, kh_arena *arena);

KH_END_DECLS
