/* plain_article - see plain_article.h. */
#include "plain_article.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/buf.h"
#include "text/analysis.h"
#include "text/sentences.h"

static void add_unit(plain_article *out, size_t *capacity, kh_span unit,
                     kh_arena *arena)
{
    if (out->n_units == *capacity)
        out->units = kh_arena_grow(arena, out->units, out->n_units, capacity,
                                   sizeof(out->units[0]));
    out->units[out->n_units++] = unit;
}

static void add_end(plain_article *out, size_t *capacity, size_t end, kh_arena *arena)
{
    if (out->n_sentences == *capacity)
        out->ends = kh_arena_grow(arena, out->ends, out->n_sentences, capacity,
                                  sizeof(out->ends[0]));
    out->ends[out->n_sentences++] = end;
}

/* Sentences end where the text says; an end inside a word moves behind it. */
static void add_sentences(plain_article *out, size_t *capacity, kh_str text,
                          size_t start, size_t first_unit, kh_arena *arena)
{
    KH_AUTO(kh_sentences_free) kh_sentences *sentences = NULL;
    cr_assert(eq(int, kh_sentences_open(&sentences, NULL), KH_OK));
    kh_sentences_reset(sentences, text);
    size_t last = 0;
    size_t unit = first_unit;
    for (size_t end; kh_sentences_next(sentences, &end);) {
        while (unit < out->n_units && out->units[unit].end - start < end)
            unit++;
        if (unit < out->n_units && out->units[unit].start - start < end)
            end = out->units[unit].end - start;
        if (end <= last)
            continue;
        last = end;
        add_end(out, capacity, start + end, arena);
    }
    cr_assert(eq(sz, last, text.len));
    out->ends[out->n_sentences - 1] += 2; /* the line ends behind the block */
}

plain_article plain_article_of(const kh_article *article, kh_arena *arena)
{
    plain_article out = { .article = article };
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    KH_AUTO(kh_analyser_free) kh_analyser *analyser = NULL;
    const kh_language *language = kh_language_find(article->lang);
    cr_assert(eq(int, kh_analyser_open(&analyser, language, NULL), KH_OK));
    out.blocks = kh_arena_alloc(arena, article->n_blocks * sizeof(out.blocks[0]));
    size_t units_capacity = 0;
    size_t ends_capacity = 0;
    for (size_t i = 0; i < article->n_blocks; i++) {
        const kh_block *source = &article->blocks[i];
        if (source->text.len == 0)
            continue;
        size_t start = text.len;
        size_t first_unit = out.n_units;
        size_t first_sentence = out.n_sentences;
        kh_analyser_reset(analyser, source->text, 0);
        kh_token token;
        while (kh_analyser_next(analyser, &token))
            if (token.kind == KH_TOKEN_WORD)
                add_unit(&out, &units_capacity,
                         (kh_span){ start + token.start, start + token.end }, arena);
        add_sentences(&out, &ends_capacity, source->text, start, first_unit, arena);
        kh_buf_add(&text, source->text);
        kh_buf_add(&text, KH_STR("\n\n"));
        out.blocks[out.n_blocks++] = (plain_block){
            .source = source,
            .start = start,
            .end = text.len,
            .first_sentence = (uint32_t)first_sentence,
            .n_sentences = (uint32_t)(out.n_sentences - first_sentence),
        };
    }
    out.text = kh_arena_copy(arena, kh_buf_str(&text));
    return out;
}
