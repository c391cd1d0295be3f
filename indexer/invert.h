/* invert - an article to terms: what the index holds of it, and what resolve needs to
 * know. */
#pragma once

#include "article/article.h"
#include "base/buf.h"
#include "base/cleanup.h"
#include "index/vocabulary.h"
#include "record/writer.h"

/* One a thread; keeps caches of words and terms, and the thread's share of the
 * vocabulary. */
typedef struct kh_inverter kh_inverter;

/* default_lang: of articles that name none; NULL: their language is detected. */
KH_MUST_USE kh_status kh_inverter_open(kh_inverter **out, const char *default_lang,
                                       kh_error *err);
void kh_inverter_free(kh_inverter *inverter); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_inverter, kh_inverter_free)

/**
 * Analyse an article and append to piece its entry for the spool (spool.h reads it
 * back): the article with its language filled in, its cut, and its postings but for
 * what resolve adds (Q term, terms of a glued tag line). Append to facts what resolve
 * needs.
 *
 * @param article  read from a spool; its language is filled in
 */
KH_MUST_USE kh_status kh_invert(kh_inverter *inverter, kh_article *article,
                                kh_buf *piece, kh_buf *facts, kh_error *err);

/* Append the words and gaps that the cuts since the last call count by, and begin anew:
 * behind each batch. */
void kh_inverter_batch_end(kh_inverter *inverter, kh_buf *tables);

/**
 * Postings of tags that were not known when the article was inverted, and their cut.
 *
 * @param[in,out] postings  the article's own; a term that is there already gets more
 * wdf
 * @param cut  appended to; a batch of its own ends with kh_inverter_batch_end()
 */
KH_MUST_USE kh_status kh_invert_tags(kh_inverter *inverter, const kh_article *article,
                                     kh_posting **postings, size_t *n, kh_buf *cut,
                                     kh_arena *arena, kh_error *err);

/* Add all spellings met to a segment's vocabulary. */
void kh_inverter_spellings(const kh_inverter *inverter,
                           kh_vocabulary_writer *vocabulary);
