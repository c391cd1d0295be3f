/* writer - articles to records, in two stages (docs/index-format.md, section 5).
 *
 *   cutter    a thread's: articles -> cuts, words and gaps numbered within a batch
 *   numbers   one: tables of all batches, merged -> which words get a number
 *   batch     the words of a batch as codes
 *   packer    a thread's: a cut -> a packed record
 *   writer    packed records in order -> the files of a segment
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

/* Cuts articles into gaps and words. One a thread. A batch is what it cuts between two
 * calls of kh_cutter_batch_end(), of any size: its tables are all that it keeps. */
typedef struct kh_cutter kh_cutter;

KH_MUST_USE kh_status kh_cutter_open(kh_cutter **out, kh_error *err);
void kh_cutter_free(kh_cutter *cutter); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_cutter, kh_cutter_free)

/* The notes of a lexeme (text/analysis.h) from this one on are the cutter's: its number
 * in the batch, what is known of it there, and how often it was met. Whoever has the
 * analyser leaves them alone and settles the cutter before a lexeme is forgotten. */
#define KH_CUTTER_NOTES (KH_LEXEME_NOTES - 3)

/* An article begins; its blocks are appended to out. lang: its code, copied. */
void kh_cutter_begin(kh_cutter *cutter, kh_buf *out, kh_str lang);

/* A block begins, of any kind; its text must live until its end. An empty one is left
 * out: no units, no end. Blocks of the stored text come first. */
void kh_cutter_block(kh_cutter *cutter, const kh_block *block);

/* Tokens of the block, in the order of the text. Those of kind KH_TOKEN_WORD are its
 * units, all others are passed over. */
void kh_cutter_units(kh_cutter *cutter, const kh_token *tokens, size_t n);

void kh_cutter_block_end(kh_cutter *cutter);

/* Bytes of the stored text of the article so far, line ends behind blocks included. */
uint64_t kh_cutter_stored_bytes(const kh_cutter *cutter);

/* Take over what is noted in lexemes, and clear the cutter's notes. */
void kh_cutter_settle(kh_cutter *cutter);

/* Bytes of memory that the tables of the batch take. */
size_t kh_cutter_bytes(const kh_cutter *cutter);

/* Settle, write the tables of the batch to a file, sorted, and begin another batch. */
KH_MUST_USE kh_status kh_cutter_batch_end(kh_cutter *cutter, const char *path,
                                          kh_error *err);

/* ---- between the stages ---- */

typedef struct kh_numbers kh_numbers;

kh_numbers *kh_numbers_open(void);
void kh_numbers_free(kh_numbers *numbers); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_numbers, kh_numbers_free)

/* Add the tables of a batch; its number, 0, 1, 2 ... The file is read later and must
 * stay until the last kh_batch_open(). */
uint32_t kh_numbers_add(kh_numbers *numbers, const char *path);

/* From so many articles on (10,000) there are signs: fewer are soon looked at. */
void kh_numbers_sign_from(kh_numbers *numbers, uint64_t n_articles);

/* While tables are merged it is asked now and then whether that may go on; its error
 * ends kh_numbers_choose(). */
void kh_numbers_watch(kh_numbers *numbers,
                      kh_status (*may_go_on)(void *context, kh_error *err),
                      void *context);

/* No more batches: merge their tables, a buffer each in memory and what may get a
 * number; all files are open at once. has_pairs: pairs of characters are counted a
 * second time, so show the cuts of the sample. KH_ERR_CORRUPT for a damaged table. */
KH_MUST_USE kh_status kh_numbers_choose(kh_numbers *numbers, bool *has_pairs,
                                        kh_error *err);

/* Whether the article of a key is of the sample: one in 16, all of few. */
bool kh_numbers_samples(const kh_numbers *numbers, uint64_t key);
void kh_numbers_sample(kh_numbers *numbers, kh_str cut);

/* Give out the numbers. */
void kh_numbers_finish(kh_numbers *numbers);

/* Codes of the words of a batch. Any number of threads may use one. */
typedef struct kh_batch kh_batch;
KH_MUST_USE kh_status kh_batch_open(kh_batch **out, const kh_numbers *numbers,
                                    uint32_t number, kh_error *err);
/* Of one whose words are not counted: tags that were cut late. */
KH_MUST_USE kh_status kh_batch_open_late(kh_batch **out, const kh_numbers *numbers,
                                         const char *path, kh_error *err);
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

/* Show an article of the sample, before the first is packed: the rests of a
 * language share a dictionary of what they have in common. */
KH_MUST_USE kh_status kh_record_writer_sample(kh_record_writer *writer,
                                              const kh_record_source *source,
                                              kh_error *err);

/* Analysers that have met words already: each is asked before a word is analysed anew.
 * By kh_language_number(), NULL: none. */
typedef struct kh_known_words {
    kh_analyser *const *analysers;
    size_t n;
} kh_known_words;

/* No more samples: the words are written, articles may be packed. known: borrowed for
 * the call; may be NULL. */
KH_MUST_USE kh_status kh_record_writer_begin(kh_record_writer *writer,
                                             const kh_known_words *known,
                                             kh_error *err);

/* Packs articles. One a thread, any number at once; the writer must outlive it. */
typedef struct kh_record_packer kh_record_packer;

KH_MUST_USE kh_status kh_record_packer_open(kh_record_packer **out,
                                            const kh_record_writer *writer,
                                            kh_error *err);
void kh_record_packer_free(kh_record_packer *packer); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_record_packer, kh_record_packer_free)

/* Append an article, packed. KH_ERR_LIMIT for one that is too large, KH_ERR_CORRUPT for
 * a damaged cut; nothing is appended then. */
KH_MUST_USE kh_status kh_record_pack(kh_record_packer *packer,
                                     const kh_record_source *source, kh_buf *out,
                                     kh_error *err);

/* Append the documents that kh_record_pack() made, in the order of their numbers. */
KH_MUST_USE kh_status kh_record_writer_add(kh_record_writer *writer, kh_str packed,
                                           kh_error *err);

/* Bytes of stored text added so far. */
uint64_t kh_record_writer_text_bytes(const kh_record_writer *writer);

/* Nothing more is added: the files are complete, but not synced. The numbers are not
 * looked at again. */
KH_MUST_USE kh_status kh_record_writer_finish(kh_record_writer *writer, kh_error *err);

/* Finish, if it was not, and sync all files. The writer is freed in either case. */
KH_MUST_USE kh_status kh_record_writer_close(kh_record_writer *writer, kh_error *err);

KH_END_DECLS
