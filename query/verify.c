/* verify - whether an article of the engine's answer really matches.
 *
 * The engine's answer holds every article that may match. Where phrases, NEAR or
 * spellings are in play the tree is gone through again on the article's record. What
 * the engine has already made sure of - terms that stand as conditions on the way from
 * the root - is not asked again. */
#include "query/verify.h"

#include "base/alloc.h"

/* How many documents ahead: a hundred nanoseconds each, about what memory takes to
 * answer a few times over. */
#define PLACES_AHEAD  32u
#define RECORDS_AHEAD 16u

void kh_verifier_open(kh_verifier *out, kh_index *index, const kh_plan *plan)
{
    size_t n = kh_index_n_segments(index);
    *out = (kh_verifier){ .index = index, .plan = plan, .n_segments = n };
    out->queries = kh_alloc((n + 1) * sizeof(kh_record_query *));
}

void kh_verifier_close(kh_verifier *verifier)
{
    for (size_t i = 0; i < verifier->n_segments && verifier->queries != NULL; i++)
        kh_record_query_free(verifier->queries[i]);
    kh_free(verifier->queries);
    verifier->queries = NULL;
}

kh_status kh_verifier_query(kh_record_query **out, kh_verifier *verifier,
                            size_t segment, kh_error *err)
{
    if (verifier->queries[segment] == NULL) {
        kh_record_word words[KH_RECORD_WORDS_MAX];
        for (size_t i = 0; i < verifier->plan->n_words; i++) {
            const kh_plan_word *word = &verifier->plan->words[i];
            words[i] = (kh_record_word){ .kind = word->kind,
                                         .variants = word->variants,
                                         .n_variants = word->n_variants,
                                         .terms = word->terms,
                                         .n_terms = word->n_terms,
                                         .compounds = word->compounds,
                                         .n_compounds = word->n_compounds };
        }
        kh_records *records =
            kh_segment_records(kh_index_segment(verifier->index, segment));
        kh_status status = kh_record_query_open(&verifier->queries[segment], records,
                                                words, verifier->plan->n_words, err);
        if (status != KH_OK)
            return status;
    }
    *out = verifier->queries[segment];
    return KH_OK;
}

/* Terms of a word that a document is asked for one by one. */
#define TERMS_ASKED_MAX 16u

typedef struct check {
    kh_verifier *verifier;
    kh_record_query *query;
    kh_location at;
    bool is_sifted; /* the nodes at hand went through kh_verify_sift() */
    kh_error *err;
} check;

static kh_record_phrase phrase_of(const check *c, const kh_plan_node *node)
{
    kh_record_phrase phrase = { .words = node->words,
                                .n = node->n_words,
                                .window = node->window,
                                .goes_on = node->goes_on,
                                .is_sifted = c->is_sifted };
    if (node->field != KH_N_FIELDS)
        phrase.kinds = kh_field_table()[node->field].kinds;
    return phrase;
}

static kh_status holds_phrase(bool *out, check *c, const kh_plan_node *node)
{
    kh_record_phrase phrase = phrase_of(c, node);
    return kh_record_holds(out, c->query, c->at.document, &phrase, c->err);
}

/* Whether a document of the segment has any of the terms, by its posting lists. */
static kh_status has_term(bool *out, check *c, const kh_plan_terms *terms,
                          kh_field field)
{
    kh_database *database =
        kh_segment_database(kh_index_segment(c->verifier->index, c->at.segment));
    KH_AUTO_BUF prefixed;
    kh_buf_init(&prefixed, KH_BUF_MAX);
    *out = false;
    for (size_t i = 0; i < terms->n && !*out; i++) {
        kh_str term = terms->terms[i];
        if (field != KH_N_FIELDS) {
            kh_buf_reset(&prefixed);
            kh_field_term(&prefixed, field, term);
            term = kh_buf_str(&prefixed);
        }
        KH_AUTO(kh_posting_cursor_free) kh_posting_cursor *cursor = NULL;
        kh_status status = kh_posting_cursor_open(&cursor, database, term, c->err);
        uint32_t found = 0;
        if (status == KH_OK)
            status = kh_posting_cursor_seek(cursor, c->at.document, c->err);
        if (status == KH_OK)
            status = kh_posting_cursor_next(cursor, &found, NULL, c->err);
        if (status != KH_OK && status != KH_END)
            return status;
        *out = status == KH_OK && found == c->at.document;
    }
    return KH_OK;
}

static kh_status matches(bool *out, check *c, const kh_plan_node *node, bool is_given);

/* One of a list, or none of it: the first that matches decides. */
static kh_status matches_any(bool *out, check *c, const kh_plan_list *list,
                             bool is_given)
{
    *out = false;
    for (size_t i = 0; i < list->n && !*out; i++) {
        kh_status status = matches(out, c, list->nodes[i], is_given);
        if (status != KH_OK)
            return status;
    }
    return KH_OK;
}

static kh_status matches_branch(bool *out, check *c, const kh_plan_node *node,
                                bool is_given)
{
    kh_status status = KH_OK;
    *out = true;
    for (size_t i = 0; i < node->must.n && *out && status == KH_OK; i++)
        status = matches(out, c, node->must.nodes[i], is_given);
    if (status == KH_OK && *out && node->may.n > 0 && !node->may_is_free &&
        (node->needs_record || !is_given))
        status = matches_any(out, c, &node->may, is_given && node->may.n == 1);
    if (status == KH_OK && *out && node->never.n > 0) {
        bool is_out = false;
        status = matches_any(&is_out, c, &node->never, false);
        *out = !is_out;
    }
    return status;
}

/* The terms of a phrase, each in the document. */
static kh_status has_terms(bool *out, check *c, const kh_plan_node *node)
{
    kh_status status = KH_OK;
    *out = true;
    for (size_t i = 0; i < node->n_terms && *out && status == KH_OK; i++)
        status = has_term(out, c, &node->terms[i], node->field);
    return status;
}

/* Whether a word of a phrase is hyphenated words, too: the record finds their parts
 * side by side, and only the term of the whole says that a hyphen stands between. Of
 * many terms it is not asked, which would take longer than all else. */
static bool has_compounds(const check *c, const kh_plan_node *node)
{
    bool has_any = false;
    for (size_t i = 0; i < node->n_words; i++)
        has_any |= c->verifier->plan->words[node->words[i]].n_compounds > 0;
    for (size_t i = 0; i < node->n_terms; i++)
        has_any &= node->terms[i].n <= TERMS_ASKED_MAX;
    return has_any;
}

/* is_given: the engine's query made sure of at least this node's terms. */
static kh_status matches(bool *out, check *c, const kh_plan_node *node, bool is_given)
{
    *out = true;
    if (is_given && !node->needs_record)
        return KH_OK;
    switch (node->kind) {
    case KH_PLAN_WORD:
    case KH_PLAN_FILTER:
        return has_term(out, c, &node->terms[0], node->field);
    case KH_PLAN_PHRASE:
        if (node->n_words == 0 || (!is_given && has_compounds(c, node))) {
            kh_status status = has_terms(out, c, node);
            if (status != KH_OK || !*out || node->n_words == 0)
                return status;
        }
        return holds_phrase(out, c, node);
    case KH_PLAN_BRANCH:
        break;
    }
    return matches_branch(out, c, node, is_given);
}

static void fetch(const kh_verifier *verifier, uint32_t document,
                  void (*part)(const kh_records *, uint32_t))
{
    kh_location at = kh_index_locate(verifier->index, document);
    part(kh_segment_records(kh_index_segment(verifier->index, at.segment)),
         at.document);
}

void kh_verify_ahead(const kh_verifier *verifier, const uint32_t *documents, size_t n,
                     size_t i)
{
    if (n - i > PLACES_AHEAD)
        fetch(verifier, documents[i + PLACES_AHEAD], kh_record_fetch_place);
    if (n - i > RECORDS_AHEAD)
        fetch(verifier, documents[i + RECORDS_AHEAD], kh_record_fetch);
}

/* Those of one segment, by all phrases that must stand there. */
static kh_status sift(check *c, const kh_plan_node *node, uint32_t *documents,
                      size_t *n)
{
    if (node->kind == KH_PLAN_PHRASE && node->n_words > 1) {
        kh_record_phrase phrase = phrase_of(c, node);
        return kh_record_sift(n, documents, (uint32_t)c->verifier->n_segments, c->query,
                              &phrase, c->err);
    }
    kh_status status = KH_OK;
    for (size_t i = 0; i < node->must.n && status == KH_OK; i++)
        status = sift(c, node->must.nodes[i], documents, n);
    return status;
}

kh_status kh_verify_sift(kh_verifier *verifier, uint32_t *documents, uint64_t *n,
                         kh_error *err)
{
    size_t n_kept = 0;
    for (size_t begin = 0; begin < *n;) {
        check c = { .verifier = verifier,
                    .at = kh_index_locate(verifier->index, documents[begin]),
                    .err = err };
        size_t end = begin + 1;
        while (end < *n &&
               kh_index_locate(verifier->index, documents[end]).segment == c.at.segment)
            end++;
        size_t n_here = end - begin;
        kh_status status = kh_verifier_query(&c.query, verifier, c.at.segment, err);
        if (status == KH_OK)
            status = sift(&c, verifier->plan->root, documents + begin, &n_here);
        if (status != KH_OK)
            return status;
        memmove(documents + n_kept, documents + begin, n_here * sizeof(*documents));
        n_kept += n_here;
        begin = end;
    }
    *n = n_kept;
    return KH_OK;
}

kh_status kh_verify(bool *out, kh_verifier *verifier, uint32_t document, kh_error *err)
{
    check c = { .verifier = verifier,
                .at = kh_index_locate(verifier->index, document),
                .is_sifted = verifier->is_sifted,
                .err = err };
    kh_status status = kh_verifier_query(&c.query, verifier, c.at.segment, err);
    if (status != KH_OK)
        return status;
    return matches(out, &c, verifier->plan->root, true);
}

/* ---- hits that count ---- */

/* Words that stand for themselves somewhere in the plan; the others live in phrases
 * only. */
static uint32_t free_words(const kh_plan_node *node)
{
    uint32_t mask = 0;
    bool is_alone = node->kind == KH_PLAN_WORD ||
                    (node->kind == KH_PLAN_PHRASE && node->n_words == 1);
    if (is_alone && node->n_words == 1)
        mask |= 1u << node->words[0];
    for (size_t i = 0; i < node->must.n; i++)
        mask |= free_words(node->must.nodes[i]);
    for (size_t i = 0; i < node->may.n; i++)
        mask |= free_words(node->may.nodes[i]);
    return mask;
}

typedef struct marks {
    const kh_record_hits *hits;
    uint32_t *keep; /* by hit: words that count there */
    kh_arena *arena;
} marks;

/* Whether the phrase's words k.. follow from hit i on; marks them on the way back. */
static bool follow(marks *m, const kh_plan_node *node, size_t k, size_t i)
{
    if (k == node->n_words)
        return true;
    uint32_t bit = 1u << node->words[k];
    uint32_t wanted = m->hits->hits[i].position;
    if (k > 0)
        wanted += m->hits->hits[i].n_units; /* a compound covers all its parts */
    for (size_t j = i; j < m->hits->n_hits && m->hits->hits[j].position <= wanted;
         j++) {
        const kh_hit *hit = &m->hits->hits[j];
        bool is_next = hit->position == wanted && (hit->words & bit) != 0;
        bool is_same_block = m->hits->sentences[hit->sentence].block ==
                             m->hits->sentences[m->hits->hits[i].sentence].block;
        if (is_next && is_same_block && follow(m, node, k + 1, j)) {
            m->keep[j] |= bit;
            return true;
        }
    }
    return false;
}

static uint32_t block_of(const marks *m, size_t i)
{
    return m->hits->sentences[m->hits->hits[i].sentence].block;
}

/* NEAR: mark its operands where all stand within the window, block by block. */
static void mark_near(marks *m, const kh_plan_node *node, uint64_t kinds)
{
    kh_record_phrase phrase = { .words = node->words,
                                .n = node->n_words,
                                .window = node->window,
                                .goes_on = node->goes_on };
    const kh_hit *hits = m->hits->hits;
    for (size_t begin = 0; begin < m->hits->n_hits;) {
        size_t end = begin + 1;
        while (end < m->hits->n_hits && block_of(m, end) == block_of(m, begin))
            end++;
        if ((kinds >> m->hits->sentences[hits[begin].sentence].kind & 1) != 0)
            kh_record_mark_near(m->keep + begin, hits + begin, end - begin, &phrase);
        begin = end;
    }
}

static void mark_phrases(marks *m, const kh_plan_node *node)
{
    if (node->kind == KH_PLAN_PHRASE && node->n_words > 1 && !node->is_operand) {
        uint64_t kinds = node->field == KH_N_FIELDS
                             ? UINT64_MAX
                             : kh_field_table()[node->field].kinds;
        if (node->window > 0)
            mark_near(m, node, kinds);
        for (size_t i = 0; i < m->hits->n_hits && node->window == 0; i++) {
            const kh_hit *hit = &m->hits->hits[i];
            if (((kinds >> m->hits->sentences[hit->sentence].kind) & 1) != 0 &&
                (hit->words & (1u << node->words[0])) != 0)
                (void)follow(m, node, 0, i);
        }
    }
    for (size_t i = 0; i < node->must.n; i++)
        mark_phrases(m, node->must.nodes[i]);
    for (size_t i = 0; i < node->may.n; i++)
        mark_phrases(m, node->may.nodes[i]);
}

/* Words that are hyphenated words of which the document has none: their parts stand
 * there with spaces between. */
static kh_status find_parted(uint32_t *out, check *c, const kh_record_hits *hits)
{
    uint32_t joined = 0;
    for (size_t i = 0; i < hits->n_hits; i++)
        if (hits->hits[i].n_units > 1)
            joined |= hits->hits[i].words;
    *out = 0;
    for (; joined != 0; joined &= joined - 1) {
        unsigned number = (unsigned)__builtin_ctz(joined);
        const kh_plan_word *word = &c->verifier->plan->words[number];
        bool is_term = word->kind == KH_RECORD_TERM;
        kh_plan_terms terms = { .terms = is_term ? word->variants : word->terms,
                                .n = is_term ? word->n_variants : word->n_terms };
        if (word->n_compounds == 0 || terms.n > TERMS_ASKED_MAX)
            continue;
        bool has_it = false;
        kh_status status = has_term(&has_it, c, &terms, KH_N_FIELDS);
        if (status != KH_OK)
            return status;
        *out |= has_it ? 0 : 1u << number;
    }
    return KH_OK;
}

/* In place of hits of several units those without some words. */
static void leave_out(kh_record_hits *hits, uint32_t words, kh_arena *arena)
{
    kh_hit *left = kh_arena_alloc(arena, (hits->n_hits + 1) * sizeof(kh_hit));
    for (size_t i = 0; i < hits->n_hits; i++) {
        left[i] = hits->hits[i];
        left[i].words &= left[i].n_units > 1 ? ~words : UINT32_MAX;
    }
    hits->hits = left;
}

kh_status kh_verify_hits(kh_record_hits *hits, kh_verifier *verifier, uint32_t document,
                         kh_arena *arena, kh_error *err)
{
    const kh_plan *plan = verifier->plan;
    check c = { .verifier = verifier,
                .at = kh_index_locate(verifier->index, document),
                .err = err };
    uint32_t parted;
    kh_status status = find_parted(&parted, &c, hits);
    if (status != KH_OK)
        return status;
    if (parted != 0)
        leave_out(hits, parted, arena);
    uint32_t free_mask = free_words(plan->root);
    marks m = { .hits = hits,
                .arena = arena,
                .keep = kh_arena_alloc(arena, (hits->n_hits + 1) * sizeof(uint32_t)) };
    mark_phrases(&m, plan->root);
    kh_hit *kept = kh_arena_alloc(arena, (hits->n_hits + 1) * sizeof(kh_hit));
    size_t n = 0;
    for (size_t i = 0; i < hits->n_hits; i++) {
        uint32_t words = hits->hits[i].words & (free_mask | m.keep[i]);
        if (words == 0)
            continue;
        kept[n] = hits->hits[i];
        kept[n++].words = words;
    }
    hits->hits = kept;
    hits->n_hits = n;
    return KH_OK;
}
