/* drawn - see drawn.h. */
#include "drawn.h"

#include <stdlib.h>

#include <criterion/criterion.h>

#include "base/buf.h"

static int by_lexeme(const void *a, const void *b)
{
    const unit *x = a;
    const unit *y = b;
    return x->lexeme < y->lexeme ? -1 : x->lexeme > y->lexeme;
}

static void note_distinct(archive *from)
{
    size_t n = 0;
    for (uint32_t i = 0; i < from->n; i++)
        n += from->n_units[i];
    from->distinct = kh_arena_alloc(from->arena, n * sizeof(unit));
    n = 0;
    for (uint32_t i = 0; i < from->n; i++)
        for (size_t k = 0; k < from->n_units[i]; k++)
            from->distinct[n++] = from->units[i][k];
    qsort(from->distinct, n, sizeof(unit), by_lexeme);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || by_lexeme(&from->distinct[i], &from->distinct[i - 1]) != 0)
            from->distinct[from->n_distinct++] = from->distinct[i];
}

archive archive_of(const kh_article *articles, uint32_t n, kh_arena *arena)
{
    archive out = { .articles = articles, .n = n, .arena = arena };
    out.units = kh_arena_alloc(arena, n * sizeof(out.units[0]));
    out.n_units = kh_arena_alloc(arena, n * sizeof(out.n_units[0]));
    for (uint32_t i = 0; i < n; i++)
        out.units[i] = units_of(&out.n_units[i], &articles[i], arena);
    note_distinct(&out);
    return out;
}

kh_str text_of(const unit *at, kh_record_word_kind kind, kh_arena *arena)
{
    switch (kind) {
    case KH_RECORD_TERM:
        return at->is_character ? at->lexeme->form : at->lexeme->term;
    case KH_RECORD_FORM:
        return at->lexeme->form;
    case KH_RECORD_FOLDED:
        return at->lexeme->folded;
    case KH_RECORD_SURFACE:
        return written(at->lexeme->surface, arena);
    }
    return at->lexeme->surface;
}

static void add_str(kh_str **list, size_t *n, kh_arena *arena, kh_str text)
{
    for (size_t i = 0; i < *n; i++)
        if (kh_str_equal((*list)[i], text))
            return;
    kh_str *longer = kh_arena_alloc(arena, (*n + 1) * sizeof(kh_str));
    if (*n > 0)
        memcpy(longer, *list, *n * sizeof(kh_str));
    longer[(*n)++] = text;
    *list = longer;
}

/* All terms that units have which the word is. */
static void add_terms(kh_record_word *word, const archive *from)
{
    kh_str *terms = NULL;
    size_t n = 0;
    for (size_t i = 0; i < from->n_distinct; i++) {
        const unit *at = &from->distinct[i];
        if (at->lexeme->term.len > 0 && (brute_lengths(at, 1, 0, word) & 2) != 0)
            add_str(&terms, &n, from->arena, at->lexeme->term);
    }
    word->terms = terms;
    word->n_terms = n;
}

static bool is_ascii(kh_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] >= 0x80)
            return false;
    return true;
}

/* A word made of n units side by side, if they are of a kind that can be: characters as
 * a run, ASCII words as a compound. */
static bool draw_joined(kh_record_word *word, const unit *units, size_t n,
                        kh_arena *arena)
{
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    bool is_run = units[0].is_character;
    for (size_t i = 0; i < n; i++) {
        if (units[i].block != units[0].block || units[i].is_character != is_run ||
            (!is_run && !is_ascii(units[i].lexeme->folded)) ||
            kh_str_find(units[i].lexeme->folded, KH_STR("-"), 0) != SIZE_MAX)
            return false;
        if (!is_run && i > 0)
            kh_buf_add_char(&text, '-');
        kh_buf_add(&text, is_run ? text_of(&units[i], word->kind, arena)
                                 : units[i].lexeme->folded);
    }
    kh_str *list = kh_arena_alloc(arena, sizeof(kh_str));
    list[0] = kh_arena_copy(arena, kh_buf_str(&text));
    if (is_run) {
        word->variants = list;
        word->n_variants = 1;
    } else {
        word->compounds = list;
        word->n_compounds = 1;
    }
    return true;
}

static void draw_variants(kh_record_word *word, const archive *from, const unit *at,
                          dice *d)
{
    kh_str *variants = NULL;
    size_t n = 0;
    add_str(&variants, &n, from->arena, text_of(at, word->kind, from->arena));
    while (roll(d, 4) == 0) {
        uint32_t other = roll(d, from->n);
        if (from->n_units[other] == 0)
            continue;
        const unit *more = &from->units[other][roll(d, (unsigned)from->n_units[other])];
        add_str(&variants, &n, from->arena, text_of(more, word->kind, from->arena));
    }
    word->variants = variants;
    word->n_variants = n;
}

size_t draw_words(kh_record_word *words, const archive *from, uint32_t document,
                  dice *d)
{
    const unit *units = from->units[document - 1];
    size_t n_units = from->n_units[document - 1];
    if (n_units == 0)
        return 0;
    size_t wanted = 1 + roll(d, DRAWN_WORDS_MAX);
    size_t at = roll(d, (unsigned)n_units);
    kh_record_word_kind kind =
        roll(d, 3) == 0 ? (kh_record_word_kind)roll(d, 4) : KH_RECORD_FORM;
    size_t n = 0;
    for (; n < wanted && at < n_units; n++) {
        if (roll(d, 12) == 0)
            at = roll(d, (unsigned)n_units);
        words[n] = (kh_record_word){ .kind = kind };
        size_t length = 2 + roll(d, 2);
        if (roll(d, 8) == 0 && at + length <= n_units &&
            draw_joined(&words[n], &units[at], length, from->arena)) {
            at += length;
        } else {
            draw_variants(&words[n], from, &units[at], d);
            at++;
        }
        add_terms(&words[n], from);
    }
    return n;
}
