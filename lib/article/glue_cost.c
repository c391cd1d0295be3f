/* glue_cost - where a glued line may be cut, and what each tag would cost.
 *
 * A tag is drawn in one of three ways, whichever is cheapest: as a tag that the archive
 * knows, as a phrase that the body says, or word by word, where a word may be known,
 * like one of the body's, or spelt letter by letter. A lower-case letter before a
 * capital inside of a word that nobody was seen to write so costs extra: there a cut is
 * likelier than "iPhone". Costs add up, so the cheapest cut is a shortest path. */
#include "glue_cost.h"

#include <math.h>

#include "base/utf8.h"

enum { LIKE_MIN = 4, LIKE_MORE = 5 /* code points behind a likeness */ };

static const float no_tag = 40.0f; /* of punctuation alone */

/* A tag with and without the punctuation at its ends. */
typedef struct tag_ends {
    size_t start;
    size_t end;
    size_t from;
    size_t to;
} tag_ends;

typedef enum boundary {
    NEVER,
    CASE,     /* lower|Upper, digit|letter, another script, behind a bracket */
    CAPITALS, /* K|Sh */
    DIGIT,    /* letter|digit */
    PLAIN,    /* nothing to be seen: only words tell */
} boundary;

/* A sign that takes the next letter to itself: virama, Thai and Lao leading vowels. */
static bool holds_next(const kh_glue_text *line, size_t i)
{
    size_t at = line->chars[i].at;
    uint32_t c = kh_utf8_next(line->text, &at);
    if (c >= 0x0900 && c < 0x0D80)
        return (c & 0x7F) == 0x4D;
    return c == 0x0DCA || c == 0x200D || (c >= 0x0E40 && c <= 0x0E44) ||
           (c >= 0x0EC0 && c <= 0x0EC4) || c == 0x17D2 || c == 0x1039;
}

/* Class of the letter before i, behind its marks. */
static const kh_glue_char *letter_before(const kh_glue_text *line, size_t i)
{
    while (i > 1 && line->chars[i - 1].class == KH_GLUE_MARK)
        i--;
    return &line->chars[i - 1];
}

static bool begins_capitalised(const kh_glue_text *line, size_t i)
{
    return line->chars[i].class == KH_GLUE_UPPER && i + 1 < line->n &&
           line->chars[i + 1].class == KH_GLUE_LOWER;
}

static boundary boundary_of_letters(const kh_glue_text *line, size_t i,
                                    const kh_glue_char *before)
{
    const kh_glue_char *after = &line->chars[i];
    if (before->class == KH_GLUE_DIGIT)
        return after->class == KH_GLUE_DIGIT ? NEVER : CASE;
    if (after->class == KH_GLUE_DIGIT)
        return DIGIT;
    if (before->script != after->script)
        return CASE;
    if (after->class != KH_GLUE_UPPER)
        return PLAIN;
    if (before->class != KH_GLUE_UPPER)
        return CASE;
    return begins_capitalised(line, i) ? CAPITALS : PLAIN;
}

static boundary boundary_at(const kh_glue_text *line, size_t i)
{
    const kh_glue_char *before = letter_before(line, i);
    const kh_glue_char *after = &line->chars[i];
    if (before->class == KH_GLUE_SPACE || before->class == KH_GLUE_OPEN ||
        before->class == KH_GLUE_JOIN || before->class == KH_GLUE_MARK)
        return NEVER;
    if (after->class <= KH_GLUE_MARK)
        return after->class == KH_GLUE_OPEN ? CASE : NEVER;
    if (holds_next(line, i - 1))
        return NEVER;
    if (before->class == KH_GLUE_PUNCT && line->text.ptr[before->at] == '.')
        return begins_capitalised(line, i) ? CAPITALS : PLAIN;
    if (before->class == KH_GLUE_PUNCT)
        return CASE;
    return boundary_of_letters(line, i, before);
}

static void weigh_boundaries(kh_glue_costs *costs)
{
    const kh_glue_text *line = &costs->glue->line;
    const kh_glue_weights *w = costs->weights;
    const float cut[] = { 0, w->cut_case, w->cut_capitals, w->cut_digit, w->cut_plain };
    const float inside[] = { 0, w->inside_case, w->inside_other, w->inside_other, 0 };
    for (size_t i = 1; i < line->n; i++) {
        boundary kind = boundary_at(line, i);
        costs->may_cut[i] = kind == CASE || kind == CAPITALS || kind == DIGIT;
        costs->cut[i] = cut[kind];
        bool is_digit = line->chars[i - 1].class == KH_GLUE_DIGIT;
        bool is_seam = kind != PLAIN && line->chars[i - 1].class == KH_GLUE_PUNCT;
        costs->is_plain[i] = kind == PLAIN;
        costs->seams[i + 1] = costs->seams[i] + (is_seam ? inside[kind] : 0);
        costs->changes[i + 1] =
            costs->changes[i] +
            (is_digit && kind == CASE ? w->inside_other : inside[kind]);
    }
    costs->may_cut[0] = true;
    costs->may_cut[line->n] = true;
}

/* In a line of capitals, one at least for every two tags that show, tags begin so. */
static void weigh_start(kh_glue_costs *costs)
{
    const kh_glue_text *line = &costs->glue->line;
    size_t upper = 0;
    size_t lower = 0;
    for (size_t i = 1; i < line->n; i++) {
        if (boundary_at(line, i) != CASE)
            continue;
        upper += line->chars[i].class == KH_GLUE_UPPER;
        lower += line->chars[i].class == KH_GLUE_LOWER;
    }
    if (upper > 1 && upper > lower)
        costs->lower_start = costs->weights->lower_start;
}

/* Stretches from start on that are said, known, or words of known tags. */
static void add_spans_from(kh_glue_costs *costs, size_t start, size_t *match,
                           size_t *capacity, kh_arena *arena)
{
    const kh_glue *glue = costs->glue;
    const kh_glue_text *line = &glue->line;
    bool asks_tags = costs->known != NULL;
    bool asks_words = costs->known != NULL;
    kh_spelling spelling = kh_spelling_start();
    for (size_t i = start; i < line->n; i++) {
        bool has_match =
            *match < glue->n_matches && glue->matches[*match].start == start;
        if (!has_match && !asks_tags && !asks_words)
            return;
        kh_spelling_put(&spelling, kh_glue_folded(line, i, i + 1));
        asks_tags = asks_tags && kh_phrases_may_begin(&costs->known->tags, &spelling);
        asks_words = asks_words && kh_glue_in_word(&line->chars[i]) &&
                     kh_phrases_may_begin(&costs->known->words, &spelling);
        if (!kh_glue_in_word(&line->chars[i]))
            continue;
        kh_glue_span span = { (uint16_t)start, (uint16_t)(i + 1), 0, 0, 0 };
        if (has_match && glue->matches[*match].end == i + 1)
            span.said = glue->matches[(*match)++].count;
        if (asks_tags)
            span.known = kh_phrases_count_spelling(&costs->known->tags, &spelling);
        if (asks_words)
            span.word = kh_phrases_count_spelling(&costs->known->words, &spelling);
        if (span.said == 0 && span.known == 0 && span.word == 0)
            continue;
        costs->spans = kh_arena_grow(arena, costs->spans, costs->n_spans, capacity,
                                     sizeof(*costs->spans));
        costs->spans[costs->n_spans++] = span;
    }
}

static bool may_begin_span(const kh_glue_text *line, size_t i)
{
    if (line->chars[i].class <= KH_GLUE_MARK)
        return false;
    return i == 0 || line->chars[i - 1].class < KH_GLUE_MARK ||
           boundary_at(line, i) != NEVER;
}

static void find_spans(kh_glue_costs *costs, kh_arena *arena)
{
    const kh_glue *glue = costs->glue;
    const kh_glue_text *line = &glue->line;
    size_t capacity = 0;
    size_t match = 0;
    for (size_t i = 0; i < line->n; i++) {
        costs->first_span[i] = (uint32_t)costs->n_spans;
        while (match < glue->n_matches && glue->matches[match].start < i)
            match++;
        if (may_begin_span(line, i))
            add_spans_from(costs, i, &match, &capacity, arena);
    }
    costs->first_span[line->n] = (uint32_t)costs->n_spans;

    for (size_t i = 0; i < costs->n_spans; i++) {
        const kh_glue_span *span = &costs->spans[i];
        int least = kh_glue_is_unspaced(&line->chars[span->start]) ? 2 : 3;
        bool is_short = span->end - span->start < least && span->known == 0;
        if (span->start > 0 && !is_short && boundary_at(line, span->start) != NEVER)
            costs->may_cut[span->start] = true;
        if (span->end < line->n && !is_short && boundary_at(line, span->end) != NEVER)
            costs->may_cut[span->end] = true;
    }
}

static const kh_glue_span *find_span(const kh_glue_costs *costs, size_t start,
                                     size_t end)
{
    size_t low = costs->first_span[start];
    size_t high = costs->first_span[start + 1];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (costs->spans[middle].end < end)
            low = middle + 1;
        else
            high = middle;
    }
    bool is_found = low < costs->first_span[start + 1] && costs->spans[low].end == end;
    return is_found ? &costs->spans[low] : NULL;
}

static bool has_only(const kh_glue_text *line, size_t start, size_t end,
                     unsigned classes)
{
    for (size_t i = start; i < end; i++) {
        if ((classes >> line->chars[i].class & 1) == 0)
            return false;
    }
    return true;
}

/* How rare a known tag, or a word of such, is: minus log of its share. */
static float rarity(const kh_glue_costs *costs, uint32_t count)
{
    return logf((float)costs->known->n_listed / (float)count);
}

static bool is_alike(size_t like, size_t len)
{
    return like >= LIKE_MIN && like + LIKE_MORE >= len && like * 2 > len;
}

static bool is_inflected(size_t like, size_t len)
{
    enum { STEM_MIN = 5, ENDING_MAX = 2 };
    return like >= STEM_MIN && len <= like + ENDING_MAX;
}

/* Whether nobody says this word, nor one like it. */
static bool is_unseen(const kh_glue_costs *costs, size_t start, size_t end)
{
    size_t len = end - start;
    size_t like = costs->glue->likeness[start];
    return find_span(costs, start, end) == NULL &&
           !is_alike(like < len ? like : len, len);
}

/* Cost of a word, or of the part of one that a cut leaves. */
static float word_cost(const kh_glue_costs *costs, size_t start, size_t end)
{
    const kh_glue_weights *w = costs->weights;
    const kh_glue_span *span = find_span(costs, start, end);
    if (span != NULL && span->said > 0)
        return w->word;
    if (has_only(&costs->glue->line, start, end, 1u << KH_GLUE_DIGIT))
        return w->number;

    size_t len = end - start;
    size_t like = costs->glue->likeness[start];
    like = like < len ? like : len;
    bool is_unspaced = kh_glue_is_unspaced(&costs->glue->line.chars[start]);
    float cost =
        w->unseen + (is_unspaced ? w->unseen_unspaced : w->unseen_more) * (float)len;
    if (is_alike(like, len))
        cost = fminf(cost, w->alike + w->alike_more * (float)(len - like));
    if (is_inflected(like, len))
        cost = fminf(cost, w->inflected);
    cost += costs->changes[end] - costs->changes[start + 1];
    if (span != NULL && span->word > 0)
        cost = fminf(cost, w->word + rarity(costs, span->word) * w->word_share);
    return cost;
}

static void weigh_words(kh_glue_costs *costs)
{
    const kh_glue_text *line = &costs->glue->line;
    size_t start = 0;
    for (size_t i = 0; i < line->n; i = start) {
        size_t end = i;
        while (end < line->n && kh_glue_in_word(&line->chars[end]))
            end++;
        if (end == i)
            end++;
        bool is_word = kh_glue_in_word(&line->chars[i]);
        for (size_t k = i; k < end; k++) {
            costs->word_start[k + 1] = (uint16_t)i;
            costs->word_end[k] = (uint16_t)end;
            costs->head[k] = is_word ? word_cost(costs, k, end) : 0;
            costs->tail[k + 1] = is_word ? word_cost(costs, i, k + 1) : 0;
            costs->whole[k + 1] = costs->whole[i] + costs->head[i];
        }
        start = end;
    }
}

void kh_glue_costs_make(kh_glue_costs *out, const kh_glue *glue,
                        const kh_known_tags *known, const kh_glue_weights *weights,
                        kh_arena *arena)
{
    size_t places = glue->line.n + 2;
    memset(out, 0, sizeof(*out));
    out->glue = glue;
    out->known = known;
    out->weights = weights;
    out->first_span = kh_arena_alloc(arena, places * sizeof(*out->first_span));
    out->seams = kh_arena_alloc(arena, places * sizeof(*out->seams));
    out->is_plain = kh_arena_alloc(arena, places * sizeof(*out->is_plain));
    out->may_cut = kh_arena_alloc(arena, places * sizeof(*out->may_cut));
    out->cut = kh_arena_alloc(arena, places * sizeof(*out->cut));
    out->changes = kh_arena_alloc(arena, places * sizeof(*out->changes));
    out->whole = kh_arena_alloc(arena, places * sizeof(*out->whole));
    out->head = kh_arena_alloc(arena, places * sizeof(*out->head));
    out->tail = kh_arena_alloc(arena, places * sizeof(*out->tail));
    out->word_start = kh_arena_alloc(arena, places * sizeof(*out->word_start));
    out->word_end = kh_arena_alloc(arena, places * sizeof(*out->word_end));
    weigh_boundaries(out);
    weigh_start(out);
    find_spans(out, arena);
    weigh_words(out);
}

/* Cost of the words from start to end, which lie on letters. */
static float cost_by_words(const kh_glue_costs *costs, size_t start, size_t end)
{
    if (costs->word_end[start] >= end)
        return word_cost(costs, start, end);
    size_t last = costs->word_start[end];
    return costs->head[start] + costs->whole[last] -
           costs->whole[costs->word_end[start]] + costs->tail[end];
}

static float cost_as_said(const kh_glue_costs *costs, const kh_glue_span *span)
{
    const kh_glue_weights *w = costs->weights;
    const kh_glue_text *line = &costs->glue->line;
    size_t n_words = 0;
    for (size_t i = span->start; i < span->end; n_words++) {
        if (kh_glue_is_unspaced(&line->chars[i]))
            i++; /* two characters are about a word */
        else
            i = costs->word_end[i];
        while (i < span->end && !kh_glue_in_word(&line->chars[i]))
            i++;
    }
    return w->said + w->said_word * (float)n_words -
           w->said_again * log2f((float)span->said);
}

static float cost_as_known(const kh_glue_costs *costs, const kh_glue_span *span)
{
    const kh_glue_weights *w = costs->weights;
    return w->known + w->known_share * rarity(costs, span->known);
}

static float cost_beside_cut(const kh_glue_costs *costs, size_t start, size_t end)
{
    enum { SCRAP_MAX = 3 };
    const kh_glue_weights *w = costs->weights;
    if (!is_unseen(costs, start, end))
        return 0;
    bool is_scrap = end - start <= SCRAP_MAX &&
                    has_only(&costs->glue->line, start, end, 1u << KH_GLUE_LOWER);
    return w->cut_unseen + (is_scrap ? w->cut_scrap : 0);
}

/* Cost of the words beside plain cuts, if the tag has any, and of a lower-case start.
 */
static float cost_of_ends(const kh_glue_costs *costs, const tag_ends *tag)
{
    size_t first_end = costs->word_end[tag->from];
    size_t last_start = costs->word_start[tag->to];
    float cost = 0;
    if (costs->is_plain[tag->start])
        cost += cost_beside_cut(costs, tag->from,
                                first_end < tag->to ? first_end : tag->to);
    if (costs->is_plain[tag->end])
        cost += cost_beside_cut(costs, last_start > tag->from ? last_start : tag->from,
                                tag->to);
    if (costs->glue->line.chars[tag->from].class == KH_GLUE_LOWER)
        cost += costs->lower_start;
    return cost;
}

static bool is_stub(const kh_glue_text *line, size_t from, size_t to)
{
    const unsigned whole = 1u << KH_GLUE_UPPER | 1u << KH_GLUE_DIGIT |
                           1u << KH_GLUE_LETTER | 1u << KH_GLUE_MARK;
    return to - from < 3 && !has_only(line, from, to, whole);
}

float kh_glue_tag_cost(const kh_glue_costs *costs, size_t start, size_t end)
{
    const kh_glue_weights *w = costs->weights;
    const kh_glue_text *line = &costs->glue->line;
    tag_ends tag = { start, end, start, end };
    while (tag.from < end && line->chars[tag.from].class <= KH_GLUE_MARK)
        tag.from++;
    while (tag.to > tag.from && !kh_glue_in_word(&line->chars[tag.to - 1]))
        tag.to--;
    float base = w->tag + (start > 0 ? costs->cut[start] : 0);
    if (tag.from == tag.to)
        return base + no_tag;

    float cost = cost_by_words(costs, tag.from, tag.to) + costs->seams[end] -
                 costs->seams[tag.from + 1];
    bool is_short = is_stub(line, tag.from, tag.to);
    if (is_short)
        cost += w->stub;
    const kh_glue_span *span = find_span(costs, tag.from, tag.to);
    if (span != NULL && span->said > 0 && !is_short)
        cost = fminf(cost, cost_as_said(costs, span));
    if (span != NULL && span->known > 0)
        cost = fminf(cost, cost_as_known(costs, span));
    return base + cost_of_ends(costs, &tag) + fmaxf(cost, 0.1f);
}
