/* writer - articles to records, in two stages (docs/index-format.md, section 5).
 *
 *   cutter    a thread's: articles -> cuts, words and gaps numbered within a batch
 *   numbers   one: counts of all batches -> which words get a number
 *   batch     the words of a batch as codes
 *   writer    cuts and batches -> the files of a segment
 *
 * The files depend on the articles read and their order alone, superseded ones
 * included, never on batches or threads. */
#pragma once

#include "article/article.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "text/analysis.h"

KH_BEGIN_DECLS

/* ---- first stage ---- */

/* Cuts articles into gaps and words. One a thread. */
typedef struct kh_cutter kh_cutter;

KH_MUST_USE kh_status kh_cutter_open(kh_cutter **out, kh_error *err);
void kh_cutter_free(kh_cutter *cutter); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_cutter, kh_cutter_free)

/* An article begins; its blocks are appended to out. lang: its code, copied. */
void kh_cutter_begin(kh_cutter *cutter, kh_buf *out, kh_str lang);

/* A block begins, of any kind; its text must live until its end. An empty one is left
 * out: no units, no end. Blocks of the stored text come first. */
void kh_cutter_block(kh_cutter *cutter, const kh_block *block);

/* A unit of the block: every token of kind KH_TOKEN_WORD, in the order of the text. */
void kh_cutter_unit(kh_cutter *cutter, const kh_token *token);

void kh_cutter_block_end(kh_cutter *cutter);

/* The analyser of the article's language forgot its lexemes. */
void kh_cutter_forget(kh_cutter *cutter);

/* Append the tables of the batch, and begin another one. */
void kh_cutter_batch_end(kh_cutter *cutter, kh_buf *tables);

/* ---- between the stages ---- */

typedef struct kh_numbers kh_numbers;

kh_numbers *kh_numbers_open(void);
void kh_numbers_free(kh_numbers *numbers); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_numbers, kh_numbers_free)

/* Add the counts of a batch. */
KH_MUST_USE kh_status kh_numbers_add(kh_numbers *numbers, kh_str tables, kh_error *err);

/* No more batches. True: pairs of characters are counted a second time, so show the
 * cuts of the sample. */
bool kh_numbers_choose(kh_numbers *numbers);

/* Whether the article of a key is of the sample: one in 16, all of few. */
bool kh_numbers_samples(const kh_numbers *numbers, uint64_t key);
void kh_numbers_sample(kh_numbers *numbers, kh_str cut);

/* Give out the numbers. */
void kh_numbers_finish(kh_numbers *numbers);

/* Codes of the words of a batch. */
typedef struct kh_batch kh_batch;
KH_MUST_USE kh_status kh_batch_open(kh_batch **out, const kh_numbers *numbers,
                                    kh_str tables, kh_error *err);
void kh_batch_free(kh_batch *batch); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_batch, kh_batch_free)

/* ---- second stage ---- */

/* Blocks of an article as one cutter cut them. */
typedef struct kh_cut {
    const kh_batch *batch;
    kh_str blocks;
} kh_cut;

/* All of an article. The blocks are those of the cuts; of the article what is no block
 * is read. */
typedef struct kh_record_source {
    const kh_article *article; /* final: id given, tags cut; blocks unused */
    kh_cut cuts[2];            /* the second: tags that resolve cut */
    size_t n_cuts;
    uint64_t key;
    uint32_t length;     /* sum of text wdf */
    uint64_t text_hash;  /* kh_article_text_hash() */
    bool title_is_block; /* title is the text of the first block of its kind */
    bool deck_is_block;
} kh_record_source;

typedef struct kh_record_writer kh_record_writer;

/* numbers: finished; must outlive the writer. */
KH_MUST_USE kh_status kh_record_writer_open(kh_record_writer **out, const char *folder,
                                            const kh_numbers *numbers, kh_error *err);
void kh_record_writer_free(
    kh_record_writer *writer); /* half-written files stay; NULL allowed */
KH_DEFINE_CLEANUP(kh_record_writer, kh_record_writer_free)

/* Show an article of the sample, before the first is added: the rests share a
 * dictionary of what they have in common. */
KH_MUST_USE kh_status kh_record_writer_sample(kh_record_writer *writer,
                                              const kh_record_source *source,
                                              kh_error *err);

/* Append the next document. */
KH_MUST_USE kh_status kh_record_writer_add(kh_record_writer *writer,
                                           const kh_record_source *source,
                                           kh_error *err);

/* Bytes of stored text added so far. */
uint64_t kh_record_writer_text_bytes(const kh_record_writer *writer);

/* Finish and sync all files. The writer is freed in either case. */
KH_MUST_USE kh_status kh_record_writer_close(kh_record_writer *writer, kh_error *err);

KH_END_DECLS
