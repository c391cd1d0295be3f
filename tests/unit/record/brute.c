/* brute - see brute.h. */
#include "brute.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "text/fold.h"

#define LANGUAGES_MAX 512

static kh_analyser *analysers[LANGUAGES_MAX]; /* by kh_language_number() */

static kh_analyser *analyser_of(kh_str lang)
{
    const kh_language *language = kh_language_find(lang);
    size_t number = kh_language_number(language);
    cr_assert(lt(sz, number, LANGUAGES_MAX));
    if (analysers[number] == NULL)
        cr_assert(eq(int, kh_analyser_open(&analysers[number], language, NULL), KH_OK));
    return analysers[number];
}

void brute_free(void)
{
    for (size_t i = 0; i < LANGUAGES_MAX; i++) {
        kh_analyser_free(analysers[i]);
        analysers[i] = NULL;
    }
}

kh_str straight(kh_str surface, kh_arena *arena)
{
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    for (size_t at = 0; at < surface.len;) {
        if (surface.len - at >= 3 && memcmp(surface.ptr + at, "\xE2\x80\x99", 3) == 0) {
            kh_buf_add_char(&text, '\'');
            at += 3;
        } else {
            kh_buf_add_char(&text, surface.ptr[at++]);
        }
    }
    return kh_arena_copy(arena, kh_buf_str(&text));
}

static void add_block(unit_list *list, kh_analyser *analyser, kh_block_kind kind,
                      kh_str text, uint32_t block, kh_arena *arena)
{
    uint32_t position = list->n > 0 ? list->items[list->n - 1].position + 1 : 0;
    kh_analyser_reset(analyser, text, position);
    kh_token token;
    while (kh_analyser_next(analyser, &token)) {
        if (token.kind != KH_TOKEN_WORD)
            continue;
        if (list->n == list->capacity)
            list->items = kh_arena_grow(arena, list->items, list->n, &list->capacity,
                                        sizeof(list->items[0]));
        kh_str surface = kh_str_slice(text, token.start, token.end);
        list->items[list->n++] = (unit){
            .block = block,
            .position = token.position,
            .kind = kind,
            .is_character = token.lexeme->kind == KH_WORD_CHARACTER,
            .lexeme = kh_analyser_lexeme(analyser, surface),
        };
    }
}

unit *units_of(size_t *n, const kh_article *article, kh_arena *arena)
{
    unit_list list = { 0 };
    kh_analyser *analyser = analyser_of(article->lang);
    uint32_t block = 0;
    for (size_t i = 0; i < article->n_blocks; i++)
        add_block(&list, analyser, article->blocks[i].kind, article->blocks[i].text,
                  block++, arena);
    for (size_t i = 0; i < article->n_authors; i++)
        add_block(&list, analyser, KH_BLOCK_AUTHOR, article->authors[i], block++,
                  arena);
    for (size_t i = 0; i < article->n_tags; i++)
        add_block(&list, analyser, KH_BLOCK_TAG, article->tags[i].name, block++, arena);
    *n = list.n;
    return list.items;
}

/* Equal, a curly apostrophe of the surface for a straight one. */
static bool is_straight(kh_str surface, kh_str text)
{
    if (kh_str_find(surface, KH_STR("\xE2\x80\x99"), 0) == SIZE_MAX)
        return kh_str_equal(surface, text);
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    return kh_str_equal(straight(surface, arena), text);
}

static bool is_one(const kh_lexeme *lexeme, kh_record_word_kind kind, kh_str text)
{
    switch (kind) {
    case KH_RECORD_TERM:
        return kh_lexeme_has_term(lexeme, text);
    case KH_RECORD_FORM:
        return kh_str_equal(lexeme->form, text);
    case KH_RECORD_FOLDED:
        return kh_str_equal(lexeme->folded, text);
    case KH_RECORD_SURFACE:
        return is_straight(lexeme->surface, text);
    }
    return false;
}

/* Units of a run of characters side by side; 0: they are not there. */
static unsigned run_length(const unit *units, size_t n, size_t i,
                           kh_record_word_kind kind, kh_str run)
{
    unsigned length = 0;
    for (size_t at = 0; at < run.len; length++) {
        size_t start = at;
        size_t next = at;
        (void)kh_utf8_next(run, &next);
        do
            at = next;
        while (at < run.len && !kh_is_character(kh_utf8_next(run, &next)));
        if (i + length >= n || units[i + length].block != units[i].block ||
            !is_one(units[i + length].lexeme, kind, kh_str_slice(run, start, at)))
            return 0;
    }
    return length;
}

static unsigned compound_length(const unit *units, size_t n, size_t i,
                                kh_record_word_kind kind, kh_str compound)
{
    bool is_exact = kind == KH_RECORD_FOLDED || kind == KH_RECORD_SURFACE;
    unsigned length = 0;
    for (size_t at = 0; at < compound.len; length++) {
        size_t hyphen = kh_str_find(compound, KH_STR("-"), at);
        kh_str part = kh_str_slice(compound, at, hyphen);
        at = hyphen == SIZE_MAX ? compound.len : hyphen + 1;
        KH_AUTO_BUF form;
        kh_buf_init(&form, KH_BUF_MAX);
        kh_strip_accents(&form, part);
        if (i + length >= n || units[i + length].block != units[i].block)
            return 0;
        const kh_lexeme *lexeme = units[i + length].lexeme;
        if (is_exact ? !kh_str_equal(lexeme->folded, part)
                     : !kh_str_equal(lexeme->form, kh_buf_str(&form)))
            return 0;
    }
    return length;
}

uint64_t brute_lengths(const unit *units, size_t n, size_t i,
                       const kh_record_word *word)
{
    uint64_t lengths = 0;
    for (size_t k = 0; k < word->n_variants; k++) {
        kh_str variant = word->variants[k];
        size_t at = 0;
        unsigned length = 0;
        if (variant.len > 0 && kh_is_character(kh_utf8_next(variant, &at)))
            length = run_length(units, n, i, word->kind, variant);
        else if (variant.len > 0)
            length = is_one(units[i].lexeme, word->kind, variant);
        if (length > 0)
            lengths |= UINT64_C(1) << length;
    }
    for (size_t k = 0; k < word->n_compounds; k++) {
        unsigned length = compound_length(units, n, i, word->kind, word->compounds[k]);
        if (length > 1)
            lengths |= UINT64_C(1) << length;
    }
    return lengths;
}

static bool is_wanted(const unit *at, const kh_record_phrase *phrase)
{
    return phrase->kinds == 0 || (phrase->kinds >> at->kind & 1) != 0;
}

static bool follow(const unit *units, size_t n, const kh_record_word *words,
                   const kh_record_phrase *phrase, size_t k, size_t first, size_t i)
{
    if (k == phrase->n)
        return true;
    if (i >= n || units[i].block != units[first].block)
        return false;
    uint64_t lengths = brute_lengths(units, n, i, &words[phrase->words[k]]);
    for (; lengths != 0; lengths &= lengths - 1)
        if (follow(units, n, words, phrase, k + 1, first,
                   i + (size_t)__builtin_ctzll(lengths)))
            return true;
    return false;
}

/* Whether each word is as often among units i.. of its block as it is asked for, in a
 * window that begins at i. */
static bool are_near(const unit *units, size_t n, size_t i, const kh_record_word *words,
                     const kh_record_phrase *phrase)
{
    for (size_t k = 0; k < phrase->n; k++) {
        int wanted = 0;
        for (size_t other = 0; other < phrase->n; other++)
            wanted += phrase->words[other] == phrase->words[k];
        int found = 0;
        for (size_t j = i; j < n && units[j].block == units[i].block &&
                           units[j].position - units[i].position <= phrase->window;
             j++)
            found += __builtin_popcountll(
                brute_lengths(units, n, j, &words[phrase->words[k]]));
        if (found < wanted)
            return false;
    }
    return true;
}

bool brute_holds(const unit *units, size_t n, const kh_record_word *words,
                 const kh_record_phrase *phrase)
{
    for (size_t i = 0; i < n && phrase->n > 0; i++) {
        if (!is_wanted(&units[i], phrase))
            continue;
        if (phrase->window == 0 || phrase->n == 1
                ? follow(units, n, words, phrase, 0, i, i)
                : are_near(units, n, i, words, phrase))
            return true;
    }
    return false;
}
