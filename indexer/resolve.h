/* resolve - what needs the whole archive: repeated ids, and tags known elsewhere.
 *
 * Articles are numbered 0, 1, 2 ... in source order. Facts come in that order; then one
 * decision about all; then each article is asked for. */
#pragma once

#include "article/tags.h"
#include "indexer/facts.h"
#include "runs/merge.h"

typedef struct kh_resolve kh_resolve;

kh_resolve *kh_resolve_open(void);
void kh_resolve_free(kh_resolve *resolve); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_resolve, kh_resolve_free)

/* Facts of the next articles, as kh_facts_write() wrote them one after the other. */
KH_MUST_USE kh_status kh_resolve_add(kh_resolve *resolve, kh_str facts, kh_error *err);

typedef struct kh_resolved {
    uint64_t n_articles;   /* that came in */
    uint64_t n_superseded; /* the same id again in one input, or the same text in two */
    uint64_t n_shared; /* the same id in two inputs with different text: both stay */
    uint64_t n_cut;    /* glued tag lines */
} kh_resolved;

/* Decide. Nothing may be added afterwards. */
kh_resolved kh_resolve_finish(kh_resolve *resolve);

uint64_t kh_resolve_n(const kh_resolve *resolve); /* articles that came in */

/* Whether an article stays, and the key that tells it apart. */
bool kh_resolve_article(const kh_resolve *resolve, uint64_t number, uint64_t *key);

/* Tags cut from the article's glued line, in the arena; 0 if it has none. */
KH_MUST_USE kh_status kh_resolve_tags(const kh_resolve *resolve, uint64_t number,
                                      kh_tag **out, size_t *n, kh_arena *arena,
                                      kh_error *err);

/* Whether an article stays and has a glued line; its language. */
bool kh_resolve_is_glued(const kh_resolve *resolve, uint64_t number, kh_str *lang);

/* The words of its cut tags make the article's document longer. */
void kh_resolve_lengthen(kh_resolve *resolve, uint64_t number, uint32_t length);

/* The articles that stay, as documents 1 to n in source order; owned by resolve. */
typedef struct kh_documents {
    kh_article_map map;
    uint32_t n;
    const uint32_t *lengths; /* of document d at d - 1 */
    const uint32_t *dates;   /* the same; packed */
    uint64_t text_bytes;     /* stored text */
    const kh_str *languages; /* codes that have a stemmer and occur; sorted */
    size_t n_languages;
} kh_documents;

/* Number them: when all lengths are known. */
KH_MUST_USE kh_status kh_resolve_number(kh_resolve *resolve, kh_documents *out,
                                        kh_error *err);

/* Write the terms of their ids as a run. */
KH_MUST_USE kh_status kh_resolve_write_ids(const kh_resolve *resolve, const char *path,
                                           kh_error *err);

/* What tells an article and its text apart. */
typedef struct kh_stamp {
    uint64_t key;
    uint64_t text;   /* kh_article_text_hash() */
    uint64_t number; /* of the article */
} kh_stamp;

/* Of all articles that stay, by key ascending; owned by resolve. */
const kh_stamp *kh_resolve_stamps(const kh_resolve *resolve, size_t *n);
