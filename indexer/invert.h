/* invert - an article to terms: what the index holds of it, and what resolve needs to
 * know. */
#pragma once

#include "article/article.h"
#include "base/buf.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "record/writer.h"

/* One a thread; keeps caches of words, and collects postings, counts of spellings and
 * the words that cuts count by, until they are spilled as runs. */
typedef struct kh_inverter kh_inverter;

typedef struct kh_inverter_plan {
    const char *default_lang; /* tag of articles that name none; NULL: detect */
    const char *folder;       /* where its runs go */
    uint32_t number;          /* of this inverter: no two write files of one name */
    uint64_t memory_bytes;    /* about so much, then it spills */
    uint32_t runs_max; /* all are open at once when they are merged: so that there are
                          no more, memory doubles behind half of them, behind a quarter
                          more, and so on */
} kh_inverter_plan;

/* plan: borrowed until the inverter is freed. */
KH_MUST_USE kh_status kh_inverter_open(kh_inverter **out, const kh_inverter_plan *plan,
                                       kh_error *err);
void kh_inverter_free(kh_inverter *inverter); /* the runs stay; NULL is allowed */
KH_DEFINE_CLEANUP(kh_inverter, kh_inverter_free)

/**
 * Analyse an article and append to piece what the writer needs of it (spooled.h reads
 * it back): the article with its language filled in, and its cut. Append to facts what
 * resolve needs. Its postings are logged; what resolve adds (Q term, terms of a glued
 * tag line) is not among them.
 *
 * @param article  read from a spool; its language is filled in
 * @param number   of the article in source order, higher than the one before
 */
KH_MUST_USE kh_status kh_invert(kh_inverter *inverter, kh_article *article,
                                uint64_t number, kh_buf *piece, kh_buf *facts,
                                kh_error *err);

/**
 * The tags of an article that were not known when it was inverted.
 *
 * @param cut     appended to
 * @param length  what their words add to the document's length
 */
KH_MUST_USE kh_status kh_invert_tags(kh_inverter *inverter, const kh_article *article,
                                     uint64_t number, kh_buf *cut, uint32_t *length,
                                     kh_error *err);

/* The batch (record/writer.h) that the cuts count by, until the next call of
 * kh_inverter_make_room(): its place among the batches. */
uint32_t kh_inverter_batch(const kh_inverter *inverter);

/* Spill if the memory is used up, or the run cannot number articles up to one (at most
 * that of the next piece). */
KH_MUST_USE kh_status kh_inverter_make_room(kh_inverter *inverter, uint64_t last,
                                            kh_error *err);

/* Spill what is left; all but the lists of files and the words is freed. */
KH_MUST_USE kh_status kh_inverter_finish(kh_inverter *inverter, kh_error *err);

/* After finish: the words that it has in its memory still, owned by the inverter; they
 * go with it, or when they are forgotten. */
kh_known_words kh_inverter_words(const kh_inverter *inverter);
void kh_inverter_forget(kh_inverter *inverter);

/* Runs of terms (runs/merge.h), oldest first: paths. Owned by the inverter. */
const char *const *kh_inverter_runs(const kh_inverter *inverter, size_t *n);

/* What is counted outlives a run: it is written when its tables have become large, or
 * at the end. Paths of two files. */
typedef struct kh_inverter_batch_files {
    char *spellings; /* runs/counts.h */
    char *words;     /* tables of the batch: kh_numbers_add() */
} kh_inverter_batch_files;

/* All that were written, oldest first; owned by the inverter. */
const kh_inverter_batch_files *kh_inverter_batches(const kh_inverter *inverter,
                                                   size_t *n);
