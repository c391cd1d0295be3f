/* results - what is shown of a ranked article: passages, excerpt, score parts.
 *
 * The score of a result is the article's weight of stage 1 plus a share of its
 * passage's own. The shares were measured on the collections that docs/decisions.md
 * names. */
#include "query/results.h"

#include <stdlib.h>

/* How much a passage's parts add to an article's weight. */
#define PASSAGE_SHARE 0.3

void kh_rank(kh_ranked *ranked, const kh_plan *plan, const kh_passages *passages)
{
    (void)plan;
    ranked->is_ranked_again = true;
    if (passages->n == 0)
        return;
    ranked->best = passages->passages[0];
    ranked->bonus = PASSAGE_SHARE * ranked->best.score;
    ranked->score = ranked->candidate.weight + ranked->bonus;
}

kh_status kh_results_hits(kh_record_hits *out, kh_verifier *verifier, uint32_t document,
                          kh_arena *arena, kh_error *err)
{
    kh_location at = kh_index_locate(verifier->index, document);
    kh_record_query *query = NULL;
    kh_status status = kh_verifier_query(&query, verifier, at.segment, err);
    if (status == KH_OK)
        status = kh_record_hits_read(out, query, at.document, err);
    if (status == KH_OK)
        status = kh_verify_hits(out, verifier, document, arena, err);
    return status;
}

uint32_t *kh_results_positions(size_t *n, const kh_plan *plan,
                               const kh_record_hits *hits, kh_arena *arena)
{
    uint32_t scored = 0;
    for (size_t i = 0; i < plan->n_words; i++)
        scored |= (uint32_t)plan->words[i].is_scored << i;
    size_t n_units = 0;
    for (size_t i = 0; i < hits->n_hits; i++)
        n_units += hits->hits[i].n_units;
    uint32_t *positions = kh_arena_alloc(arena, (n_units + 1) * sizeof(*positions));
    *n = 0;
    for (size_t i = 0; i < hits->n_hits; i++) {
        const kh_hit *hit = &hits->hits[i];
        if ((hit->words & scored) == 0)
            continue;
        for (uint32_t u = 0; u < hit->n_units; u++) {
            uint32_t position = hit->position + u;
            if (*n == 0 || positions[*n - 1] < position) /* hits come by position */
                positions[(*n)++] = position;
        }
    }
    return positions;
}

/* Sentences that carry the title, for its highlights. */
static bool title_sentences(uint32_t sentences[2], const kh_record_hits *hits)
{
    bool is_found = false;
    for (size_t s = 0; s < hits->n_sentences; s++) {
        if (hits->sentences[s].kind != KH_BLOCK_TITLE)
            continue;
        if (!is_found)
            sentences[0] = (uint32_t)s;
        sentences[1] = (uint32_t)s;
        is_found = true;
    }
    return is_found;
}

typedef struct showing {
    const kh_results_request *request;
    kh_location at;
    kh_records *records;
    kh_record_hits hits;
    uint32_t *positions;
    size_t n_positions;
    kh_error *err;
} showing;

static kh_status read_excerpt(showing *s, kh_excerpt *out, const uint32_t sentences[2])
{
    kh_excerpt_request excerpt = { .document = s->at.document,
                                   .first = sentences[0],
                                   .last = sentences[1],
                                   .positions = s->positions,
                                   .n_positions = s->n_positions };
    return kh_record_excerpt(out, s->records, &excerpt, s->request->arena, s->err);
}

static void add_part(kh_result *result, const char *name, double value, const char *why)
{
    result->parts[result->n_parts++] = (kh_score_part){ name, value, kh_str_from(why) };
}

/* The parts of an article's score; they add up to it. */
static void explain_score(kh_result *result, const kh_results_request *request)
{
    const kh_ranked *ranked = request->ranked;
    result->parts = kh_arena_alloc(request->arena, 6 * sizeof(kh_score_part));
    bool by_date = request->options->sort == KH_SORT_DATE;
    add_part(result, "article", ranked->candidate.weight,
             by_date ? "not ranked: the order is by date"
                     : "BM25 of the article's words");
    if (!ranked->is_ranked_again) {
        if (!by_date && request->plan->n_words > 0)
            add_part(result, "passage", 0, "beyond the depth that is ranked again");
        return;
    }
    const kh_passage *best = &ranked->best;
    add_part(result, "words", PASSAGE_SHARE * best->words,
             "words of the best passage, rare ones more");
    add_part(result, "closeness", PASSAGE_SHARE * best->closeness,
             "how near they stand");
    add_part(result, "order", PASSAGE_SHARE * best->order,
             "neighbours as in the query");
    add_part(result, "heading", PASSAGE_SHARE * best->heading,
             "words in the title or the heading above");
}

static kh_status fill_result(showing *s, kh_result *result, const uint32_t sentences[2])
{
    const kh_ranked *ranked = s->request->ranked;
    result->score = ranked->score;
    result->document = ranked->candidate.document;
    result->key = ranked->candidate.key;
    if (s->request->options->want_explain)
        explain_score(result, s->request);
    if (sentences == NULL)
        return KH_OK;
    result->has_passage = true;
    result->sentences[0] = sentences[0];
    result->sentences[1] = sentences[1];
    kh_status status = read_excerpt(s, &result->excerpt, sentences);
    return status == KH_ERR_ARGUMENT ? KH_ERR_CORRUPT : status;
}

static kh_status read_article(showing *s, kh_result *base)
{
    const kh_results_request *request = s->request;
    kh_status status = kh_record_article(&base->article, &base->n_words, s->records,
                                         s->at.document, request->arena, s->err);
    if (status != KH_OK || !request->options->want_passages)
        return status;
    status =
        kh_results_hits(&s->hits, request->verifier,
                        request->ranked->candidate.document, request->scratch, s->err);
    if (status != KH_OK)
        return status;
    s->positions = kh_results_positions(&s->n_positions, request->plan, &s->hits,
                                        request->scratch);
    uint32_t title[2];
    kh_excerpt excerpt;
    if (!title_sentences(title, &s->hits))
        return KH_OK;
    status = read_excerpt(s, &excerpt, title);
    base->title_highlights = excerpt.highlights;
    base->n_title_highlights = excerpt.n_highlights;
    return status;
}

/* Passages of the article in the order they are shown; the lead if no sentence has a
 * hit. */
static size_t choose_passages(showing *s, kh_passages *found)
{
    const kh_search_options *options = s->request->options;
    kh_passages_find(found, s->request->plan, &s->hits, options->passage_words,
                     options->per_article, s->request->scratch);
    if (found->n > 0)
        return found->n;
    kh_passage *lead = kh_arena_alloc(s->request->scratch, sizeof(*lead));
    if (!kh_passage_lead(lead->sentences, &s->hits, options->passage_words))
        return 0;
    found->passages = lead;
    found->n = 1;
    return 1;
}

kh_status kh_results_of(kh_article_results *out, const kh_results_request *request,
                        kh_error *err)
{
    *out = (kh_article_results){ 0 };
    showing s = { .request = request, .err = err };
    s.at =
        kh_index_locate(request->verifier->index, request->ranked->candidate.document);
    s.records =
        kh_segment_records(kh_index_segment(request->verifier->index, s.at.segment));
    kh_result base = { 0 };
    kh_status status = read_article(&s, &base);
    if (status != KH_OK)
        return status;

    kh_passages found = { 0 };
    size_t n = request->options->want_passages ? choose_passages(&s, &found) : 0;
    size_t n_results = n > 0 ? n : 1; /* an article without text is a result, too */
    base.n_more_passages = found.n_with_hits > n ? found.n_with_hits - (uint32_t)n : 0;
    out->results = kh_arena_alloc(request->arena, n_results * sizeof(kh_result));
    for (size_t i = 0; i < n_results; i++) {
        if (out->n_passed++ < request->n_skip)
            continue;
        if (out->n_results >= request->n_left)
            break;
        kh_result *result = &out->results[out->n_results++];
        *result = base;
        status = fill_result(&s, result, n > 0 ? found.passages[i].sentences : NULL);
        if (status != KH_OK)
            return status;
    }
    return KH_OK;
}
