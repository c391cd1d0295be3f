/* search - a parsed query against an open index: candidates, verified, ranked, with
 * passages.
 *
 *   parse -> plan -> candidates (stage 1: articles by BM25) -> verify (phrases, NEAR,
 * exact words on the record) -> passages (stage 2: the best KH_RERANK_DEPTH again) ->
 * answer
 */
#pragma once

#include "index/index.h"
#include "query/parse.h"

#define KH_RERANK_DEPTH                                           \
    50 /* candidates that stage 2 ranks anew: a constant, so that \
          --offset pages through one order; docs/decisions.md */

#define KH_RANKED_PASSAGE_WORDS \
    120 /* of the passages that rank articles, whatever is shown */

typedef enum kh_sort { KH_SORT_RELEVANCE, KH_SORT_DATE } kh_sort;

typedef struct kh_search_options {
    kh_str *tags; /* --tag: whole tags, all of them wanted */
    size_t n_tags;
    kh_date_range dates; /* --since, --until; { 0, UINT32_MAX } is open */
    bool must_all;       /* -a */
    uint32_t offset;     /* results to leave out */
    uint32_t limit;      /* results to give; UINT32_MAX: all; 0: none */
    kh_sort sort;
    bool is_reverse;        /* --sort turned round */
    uint32_t per_article;   /* passages of one article, 1 or more */
    uint32_t passage_words; /* most words of a passage */
    bool want_count;        /* n_articles exactly */
    bool want_total;        /* the same, but only if no record has to be read for it */
    bool want_passages;     /* excerpts; without: article, score and rank alone */
    bool want_explain;
} kh_search_options;

typedef struct kh_score_part {
    const char *name; /* "article", "words", "closeness", "order", "heading" ... */
    double value;
    kh_str why; /* one line for people */
} kh_score_part;

typedef struct kh_result {
    uint32_t rank;     /* from 1, offset included */
    double score;      /* the parts add up to it */
    uint32_t document; /* combined number */
    uint64_t key;
    kh_article article; /* without blocks */
    uint32_t n_words;   /* of the stored text */
    bool has_passage;
    uint32_t sentences[2]; /* of the passage, both included */
    kh_excerpt excerpt;
    uint32_t n_more_passages;  /* others of this article with a hit, not shown */
    kh_span *title_highlights; /* bytes of article.title */
    size_t n_title_highlights;
    kh_score_part *parts; /* with want_explain */
    size_t n_parts;
} kh_result;

typedef struct kh_answer {
    kh_result *results;
    size_t n_results;
    uint64_t n_articles; /* matching; exact if is_count_exact, else at most so many */
    bool is_count_exact;
    uint64_t
        n_all_words; /* of them with all words of the query, UINT64_MAX: not known */
    kh_str *notes;
    size_t n_notes;
    kh_str explain;   /* how the query was read, lines; with want_explain */
    kh_status damage; /* KH_OK, or KH_ERR_CORRUPT: an article could not be read and was
                         left out */
    kh_str damage_text;
} kh_answer; /* all in the arena given */

typedef struct kh_search kh_search;

/* The index is borrowed and must outlive it. One search serves many queries, one at a
 * time. */
KH_MUST_USE kh_status kh_search_open(kh_search **out, kh_index *index, kh_error *err);
void kh_search_free(kh_search *search); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_search, kh_search_free)

KH_MUST_USE kh_status kh_search_run(kh_answer *out, kh_search *search,
                                    const kh_parsed *query,
                                    const kh_search_options *options, kh_arena *arena,
                                    kh_error *err);

/* --tags QUERY: tags of the matching articles with counts in the match and in all, most
 * first, ties by name. n_matches: articles that match. */
typedef struct kh_tag_count {
    kh_tag_entry tag; /* n_articles: in all */
    uint32_t n_in_match;
} kh_tag_count;
KH_MUST_USE kh_status kh_search_tags(kh_tag_count **out, size_t *n, uint64_t *n_matches,
                                     kh_search *search, const kh_parsed *query,
                                     const kh_search_options *options, kh_arena *arena,
                                     kh_error *err);

/* Positions in one document that the query matches, ascending, for --show; in the
 * arena. */
KH_MUST_USE kh_status kh_search_positions(uint32_t **out, size_t *n, kh_search *search,
                                          const kh_parsed *query, uint32_t document,
                                          kh_arena *arena, kh_error *err);
