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

kh_str written(kh_str surface, kh_arena *arena)
{
    KH_AUTO_BUF out;
    kh_buf_init(&out, KH_BUF_MAX);
    kh_fold_written(&out, surface);
    return kh_arena_copy(arena, kh_buf_str(&out));
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

static bool is_written(kh_str surface, kh_str text)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    return kh_str_equal(written(surface, arena), text);
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
        return is_written(lexeme->surface, text);
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

/* Whether the words that are not used yet stand from unit j on, none on another, all
 * within the window of the first; inner: units inside words used. */
static bool others_are_near(const unit *units, size_t n, const kh_record_word *words,
                            const kh_record_phrase *phrase, size_t first, size_t j,
                            uint32_t used, uint32_t inner)
{
    if (used == (1u << phrase->n) - 1)
        return true;
    for (; j < n && units[j].block == units[first].block &&
           units[j].position - units[first].position <= phrase->window + inner;
         j++) {
        for (size_t k = 0; k < phrase->n; k++) {
            uint64_t lengths = brute_lengths(units, n, j, &words[phrase->words[k]]);
            for (; (used >> k & 1) == 0 && lengths != 0; lengths &= lengths - 1) {
                uint32_t length = (uint32_t)__builtin_ctzll(lengths);
                if (others_are_near(units, n, words, phrase, first, j + length,
                                    used | 1u << k, inner + length - 1))
                    return true;
            }
        }
    }
    return false;
}

/* Whether all words have places within a window that begins at i with one of them. */
static bool are_near(const unit *units, size_t n, size_t i, const kh_record_word *words,
                     const kh_record_phrase *phrase)
{
    for (size_t k = 0; k < phrase->n; k++) {
        uint64_t lengths = brute_lengths(units, n, i, &words[phrase->words[k]]);
        for (; lengths != 0; lengths &= lengths - 1) {
            uint32_t length = (uint32_t)__builtin_ctzll(lengths);
            if (others_are_near(units, n, words, phrase, i, i + length, 1u << k,
                                length - 1))
                return true;
        }
    }
    return false;
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
