/* glue_cut - the likeliest cut of a glued line: a shortest path over its tags.
 *
 * Sites list tags by the alphabet or in no order at all. The line is cut under both
 * assumptions and the cheaper one counts: sorted, two tags in disorder cost `disorder`
 * and k tags save the log(k!) that an arbitrary order would cost. Since disorder costs
 * no more than that, a way to a place that is dearer than the best one by more can be
 * left out: the search stays exact and short.
 *
 * The confidence of a tag is its share of all ways through the line: forward-backward
 * over the same net. */
#include "glue_cost.h"

#include <math.h>

/* Source: bench/measure_tags.c, by coordinate descent on its two sets of real lines. */
const kh_glue_weights kh_glue_weights_default = {
    .tag = 0.3f,
    .word = 2.34f,
    .word_share = 0.25f,
    .inflected = 6.5f,
    .alike = 12.5f,
    .alike_more = 1.55f,
    .unseen = 3.0f,
    .unseen_more = 1.9f,
    .unseen_unspaced = 4.5f,
    .number = 5.0f,
    .stub = 7.0f,
    .said = 2.4f,
    .said_word = 1.2f,
    .said_again = 0.25f,
    .known = 2.0f,
    .known_share = 0.6f,
    .cut_case = 0.0f,
    .cut_capitals = 0.5f,
    .cut_digit = 2.0f,
    .cut_plain = 1.1f,
    .cut_unseen = 1.0f,
    .cut_scrap = 2.8f,
    .lower_start = 1.0f,
    .inside_case = 10.8f,
    .inside_other = 4.2f,
    .disorder = 10.0f,
    .unsorted = 2.9f,
    .sharpness = 0.5f,
};

enum { WAYS_MAX = 48 /* into one place */ };
static const float spare = 4.0f; /* dearer ways that confidence still counts */

typedef struct segment {
    uint16_t start; /* code points of the line */
    uint16_t end;
    float cost;       /* of this tag alone */
    float best;       /* of the line up to its end */
    uint32_t back;    /* the tag before; NONE for the first */
    uint32_t sibling; /* another that ends where this does; NONE for the last */
    double forward;   /* log of the sum over all ways up to its end */
    double backward;  /* the same from its end on */
} segment;

#define NONE UINT32_MAX

typedef struct lattice {
    const kh_glue_costs *costs;
    segment *segments; /* ascending by start, then end */
    size_t n;
    size_t capacity;
    uint32_t *first; /* n + 1: segments from a place on */
    uint32_t *ends;  /* n + 1: one that ends at a place; NONE */
    float disorder;
    float each; /* tag costs so much more */
    kh_arena *arena;
} lattice;

/* The best ways into a place. */
typedef struct ways {
    uint32_t segments[WAYS_MAX];
    size_t n;
} ways;

static void add_segments_from(lattice *net, size_t start)
{
    const kh_glue_costs *costs = net->costs;
    size_t n = costs->glue->line.n;
    for (size_t end = start + 1, seen = 0; end <= n; end++) {
        if (!costs->may_cut[end])
            continue;
        if (seen++ > 0 && end - start > KH_GLUE_TAG_CHARS)
            return;
        net->segments = kh_arena_grow(net->arena, net->segments, net->n, &net->capacity,
                                      sizeof(*net->segments));
        segment *made = &net->segments[net->n];
        made->start = (uint16_t)start;
        made->end = (uint16_t)end;
        made->cost = kh_glue_tag_cost(costs, start, end);
        made->sibling = net->ends[end];
        net->ends[end] = (uint32_t)net->n++;
    }
}

static void make_net(lattice *net)
{
    size_t n = net->costs->glue->line.n;
    net->first = kh_arena_alloc(net->arena, (n + 2) * sizeof(*net->first));
    net->ends = kh_arena_alloc(net->arena, (n + 2) * sizeof(*net->ends));
    for (size_t i = 0; i <= n; i++)
        net->ends[i] = NONE;
    for (size_t i = 0; i <= n; i++) {
        net->first[i] = (uint32_t)net->n;
        if (i < n && net->costs->may_cut[i])
            add_segments_from(net, i);
    }
    net->first[n + 1] = (uint32_t)net->n;
}

static kh_str sort_key(const lattice *net, const segment *tag)
{
    return kh_str_trim(kh_glue_folded(&net->costs->glue->line, tag->start, tag->end));
}

static float disorder_of(const lattice *net, const segment *before,
                         const segment *after)
{
    if (net->disorder <= 0)
        return 0;
    int order = kh_str_compare(sort_key(net, before), sort_key(net, after));
    return order > 0 ? net->disorder : 0;
}

static void find_ways(const lattice *net, size_t place, ways *out)
{
    float best = INFINITY;
    for (uint32_t i = net->ends[place]; i != NONE; i = net->segments[i].sibling)
        best = fminf(best, net->segments[i].best);
    out->n = 0;
    for (uint32_t i = net->ends[place]; i != NONE; i = net->segments[i].sibling) {
        bool is_best = net->segments[i].best <= best;
        if (net->segments[i].best > best + net->disorder + spare)
            continue;
        if (out->n < WAYS_MAX)
            out->segments[out->n++] = i;
        else if (is_best)
            out->segments[0] = i;
    }
}

static double log_sum(double a, double b)
{
    double high = a > b ? a : b;
    double low = a > b ? b : a;
    return isinf(low) ? high : high + log1p(exp(low - high));
}

static void step_forward(lattice *net, segment *tag, const ways *before)
{
    double sharpness = net->costs->weights->sharpness;
    double cost = (double)(tag->cost + net->each);
    if (tag->start == 0) {
        tag->best = (float)cost;
        tag->back = NONE;
        tag->forward = -cost * sharpness;
        return;
    }
    tag->best = INFINITY;
    tag->forward = -INFINITY;
    for (size_t i = 0; i < before->n; i++) {
        const segment *way = &net->segments[before->segments[i]];
        double step = cost + (double)disorder_of(net, way, tag);
        if (way->best + (float)step < tag->best) {
            tag->best = way->best + (float)step;
            tag->back = before->segments[i];
        }
        tag->forward = log_sum(tag->forward, way->forward - step * sharpness);
    }
}

/* Cost of the best cut. */
static float run_forward(lattice *net)
{
    size_t n = net->costs->glue->line.n;
    ways before = { .n = 0 };
    for (size_t place = 0; place < n; place++) {
        if (net->first[place] == net->first[place + 1])
            continue;
        find_ways(net, place, &before);
        for (size_t i = net->first[place]; i < net->first[place + 1]; i++)
            step_forward(net, &net->segments[i], &before);
    }
    find_ways(net, n, &before);
    float best = INFINITY;
    for (size_t i = 0; i < before.n; i++)
        best = fminf(best, net->segments[before.segments[i]].best);
    return best;
}

static void run_backward(lattice *net)
{
    double sharpness = net->costs->weights->sharpness;
    size_t n = net->costs->glue->line.n;
    for (size_t i = 0; i < net->n; i++)
        net->segments[i].backward = net->segments[i].end == n ? 0 : -INFINITY;
    ways before;
    for (size_t place = n; place-- > 1;) {
        if (net->first[place] == net->first[place + 1])
            continue;
        find_ways(net, place, &before);
        for (size_t k = 0; k < before.n; k++) {
            segment *way = &net->segments[before.segments[k]];
            for (size_t i = net->first[place]; i < net->first[place + 1]; i++) {
                const segment *tag = &net->segments[i];
                double step =
                    (double)(tag->cost + net->each + disorder_of(net, way, tag));
                way->backward =
                    log_sum(way->backward, tag->backward - step * sharpness);
            }
        }
    }
}

static uint32_t last_of_best(const lattice *net)
{
    uint32_t best = NONE;
    for (uint32_t i = net->ends[net->costs->glue->line.n]; i != NONE;
         i = net->segments[i].sibling) {
        if (best == NONE || net->segments[i].best < net->segments[best].best)
            best = i;
    }
    return best;
}

static double log_of_all(const lattice *net)
{
    double all = -INFINITY;
    for (uint32_t i = net->ends[net->costs->glue->line.n]; i != NONE;
         i = net->segments[i].sibling)
        all = log_sum(all, net->segments[i].forward);
    return all;
}

static size_t take_tags(kh_tag **out, const lattice *net, kh_arena *arena)
{
    const kh_glue_text *line = &net->costs->glue->line;
    uint32_t last = last_of_best(net);
    size_t n = 0;
    for (uint32_t i = last; i != NONE; i = net->segments[i].back)
        n++;
    kh_tag *tags = kh_arena_alloc(arena, n * sizeof(*tags));
    double all = log_of_all(net);
    size_t at = n;
    for (uint32_t i = last; i != NONE; i = net->segments[i].back) {
        const segment *tag = &net->segments[i];
        double share = exp(tag->forward + tag->backward - all);
        tags[--at].name = kh_str_slice(line->text, line->chars[tag->start].at,
                                       line->chars[tag->end].at);
        tags[at].origin = KH_TAG_CUT;
        tags[at].confidence = (float)(share < 1 ? share : 1);
    }
    *out = tags;
    return n;
}

/* What was not cut, and what is too many, stays at the end of the last tag. */
static size_t close_tags(kh_tag *tags, size_t n, const kh_glue *glue)
{
    const char *end = glue->line.text.ptr + glue->line.text.len + glue->rest.len;
    size_t kept = n < KH_ARTICLE_TAGS_MAX ? n : KH_ARTICLE_TAGS_MAX;
    if (kept < n || glue->rest.len > 0) {
        tags[kept - 1].name.len = (size_t)(end - tags[kept - 1].name.ptr);
        tags[kept - 1].confidence = 0;
    }
    return kept;
}

size_t kh_glue_cut_by(kh_tag **out, const kh_glue *glue, const kh_known_tags *known,
                      const kh_glue_weights *weights, kh_arena *arena)
{
    *out = NULL;
    if (glue->line.n == 0)
        return 0;
    KH_AUTO(kh_arena_free) kh_arena *scratch = kh_arena_open();
    kh_glue_costs costs;
    kh_glue_costs_make(&costs, glue, known, weights, scratch);
    lattice net = { .costs = &costs, .arena = scratch };
    make_net(&net);

    net.disorder = 0;
    net.each = weights->unsorted;
    float unsorted = run_forward(&net);
    net.disorder = weights->disorder;
    net.each = 0;
    float sorted = run_forward(&net);
    if (unsorted < sorted) {
        net.disorder = 0;
        net.each = weights->unsorted;
        run_forward(&net);
    }
    run_backward(&net);
    size_t n = take_tags(out, &net, arena);
    return close_tags(*out, n, glue);
}

size_t kh_glue_cut(kh_tag **out, const kh_glue *glue, const kh_known_tags *known,
                   kh_arena *arena)
{
    return kh_glue_cut_by(out, glue, known, &kh_glue_weights_default, arena);
}
