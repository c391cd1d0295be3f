/* analysis - from a text to tokens: words, pairs of characters, compounds.
 *
 * A pair and a compound can only be told when the next word is known: words are cut
 * ahead, words_ahead.h. */
#include "text/analysis.h"

#include <unicode/uchar.h>
#include <unicode/uversion.h>

#include "base/alloc.h"
#include "base/utf8.h"

#include "acronym.h"
#include "lexeme_cache.h"
#include "stem.h"
#include "words_ahead.h"

#define MAX_PARTS          3
#define COMPOUND_MAX_BYTES 64

/* What has to be looked at before the next word. */
typedef enum due {
    DUE_NOTHING,
    DUE_PAIR,     /* the last token was a character */
    DUE_COMPOUND, /* the last token was the second or a later part of a hyphenation */
} due;

/* The parts of a hyphenated word so far: noted from the second one on, since most words
 * have no hyphen behind them. */
typedef struct hyphenation {
    const kh_lexeme *parts[MAX_PARTS];
    uint32_t n; /* parts, also those over MAX_PARTS; 0: no such word is at hand */
    uint32_t position; /* of the first part */
    size_t start;      /* bytes, in the text */
    size_t end;
} hyphenation;

struct kh_analyser {
    kh_words *words;     /* owned */
    kh_lexemes *lexemes; /* owned */
    kh_str text;
    uint32_t position; /* of the next unit */
    due due;
    kh_words_ahead ahead;
    kh_token last; /* the last token that was given out, if there is one */
    hyphenation hyphenation;
};

kh_status kh_analyser_open(kh_analyser **out, const kh_language *language,
                           kh_error *err)
{
    KH_AUTO(kh_analyser_free) kh_analyser *analyser = kh_alloc(sizeof(*analyser));

    kh_status status = kh_words_open(&analyser->words, err);
    if (status != KH_OK)
        return status;

    status = kh_lexemes_open(&analyser->lexemes, language, err);
    if (status != KH_OK)
        return status;

    kh_analyser_reset(analyser, KH_STR(""), 0);
    *out = KH_TAKE(analyser);
    return KH_OK;
}

void kh_analyser_free(kh_analyser *analyser)
{
    if (!analyser)
        return;
    kh_words_free(analyser->words);
    kh_lexemes_free(analyser->lexemes);
    kh_free(analyser);
}

void kh_analyser_reset(kh_analyser *analyser, kh_str text, uint32_t first_position)
{
    kh_words_reset(analyser->words, text);
    analyser->text = text;
    analyser->position = first_position;
    analyser->due = DUE_NOTHING;
    kh_words_ahead_reset(&analyser->ahead);
    analyser->hyphenation.n = 0;
    analyser->last.lexeme = NULL;
}

bool kh_analyser_has_left_out(const kh_analyser *analyser)
{
    return kh_words_has_left_out(analyser->words);
}

static kh_str text_between(const kh_analyser *analyser, size_t start, size_t end)
{
    return kh_str_make(analyser->text.ptr + start, end - start);
}

/* The next word, which stays; NULL at the end. */
static inline const kh_coming_word *look_ahead(kh_analyser *analyser)
{
    return kh_words_ahead_look(&analyser->ahead, analyser->words, analyser->text,
                               analyser->lexemes);
}

/* The token of a character and its neighbour, or of the last character alone. */
static void emit_pair(kh_analyser *analyser, const kh_token *character, kh_token *out)
{
    const kh_coming_word *coming = look_ahead(analyser);
    const kh_word *next = coming != NULL ? &coming->word : NULL;
    bool has_next = next != NULL && next->join == KH_JOIN_CHARACTER;
    *out = *character;
    out->end = has_next ? next->end : out->end;
    out->kind = KH_TOKEN_PAIR;
    out->n_units = has_next ? 2 : 1;
    analyser->due = DUE_NOTHING;

    kh_str surface = text_between(analyser, out->start, out->end);
    const kh_lexeme *lexeme = kh_lexemes_find_joined(analyser->lexemes, surface);
    if (!lexeme) {
        const kh_lexeme *parts[2] = { out->lexeme, NULL };
        if (has_next)
            parts[1] =
                kh_lexemes_word(analyser->lexemes, kh_word_text(analyser->text, next),
                                next->kind, KH_READ_WORD);
        lexeme = kh_lexemes_joined(analyser->lexemes, surface, parts, out->n_units);
    }
    out->lexeme = lexeme;
}

/* The token of a hyphenated word whose last part is out; false if there is none. */
static bool emit_compound(kh_analyser *analyser, kh_token *out)
{
    const hyphenation *h = &analyser->hyphenation;
    analyser->due = DUE_NOTHING;
    const kh_coming_word *next = look_ahead(analyser);
    if (next != NULL && next->word.join == KH_JOIN_HYPHEN &&
        next->word.kind != KH_WORD_CHARACTER)
        return false; /* one more part comes */
    if (h->n > MAX_PARTS || h->end - h->start > COMPOUND_MAX_BYTES)
        return false;

    out->start = h->start;
    out->end = h->end;
    out->position = h->position;
    out->n_units = h->n;
    out->kind = KH_TOKEN_COMPOUND;
    out->join = KH_JOIN_NONE;
    out->parts = h->parts;
    kh_str surface = text_between(analyser, h->start, h->end);
    out->lexeme = kh_lexemes_joined(analyser->lexemes, surface, h->parts, h->n);
    return true;
}

static void add_part(hyphenation *h, const kh_token *token)
{
    if (h->n < MAX_PARTS)
        h->parts[h->n] = token->lexeme;
    if (h->n <= MAX_PARTS)
        h->n++;
    h->end = token->end;
}

/* Note a part behind a hyphen, and the first one if this is the second. Characters are
 * no parts. */
static void note_part(kh_analyser *analyser, const kh_token *before,
                      const kh_token *token)
{
    hyphenation *h = &analyser->hyphenation;
    if (h->n == 0) {
        if (before->lexeme == NULL || before->kind != KH_TOKEN_WORD ||
            before->lexeme->kind == KH_WORD_CHARACTER)
            return;
        h->start = before->start;
        h->position = before->position;
        add_part(h, before);
    }
    add_part(h, token);
    analyser->due = DUE_COMPOUND;
}

/* The lexeme of a word where it stands in the text. */
static inline const kh_lexeme *lexeme_of(kh_analyser *analyser,
                                         const kh_coming_word *coming)
{
    const kh_word *word = &coming->word;
    kh_str surface = kh_word_text(analyser->text, word);
    const kh_entry *entry = coming->entry;
    if (entry == NULL || !kh_entry_has(entry, coming->key, surface))
        entry = kh_lexemes_find(analyser->lexemes, coming->key, coming->hash, surface);
    if (entry == NULL)
        entry = kh_lexemes_make(analyser->lexemes, surface, word->kind, KH_READ_WORD);
    bool is_small = (unsigned char)(surface.ptr[0] - 'a') < 26;
    if (!is_small && entry->lexeme.may_be_acronym &&
        kh_reads_as_acronym(analyser->text, word->start, word->end))
        return kh_lexemes_word(analyser->lexemes, surface, word->kind, KH_READ_ACRONYM);
    return &entry->lexeme;
}

static inline void emit_word(kh_analyser *analyser, const kh_coming_word *coming,
                             const kh_token *before, kh_token *out)
{
    const kh_word *word = &coming->word;
    out->start = word->start;
    out->end = word->end;
    out->position = analyser->position++;
    out->n_units = 1;
    out->kind = KH_TOKEN_WORD;
    out->join = word->join;
    out->lexeme = lexeme_of(analyser, coming);

    if (word->kind == KH_WORD_CHARACTER)
        analyser->due = DUE_PAIR;
    if (word->kind != KH_WORD_CHARACTER && word->join == KH_JOIN_HYPHEN)
        note_part(analyser, before, out);
    else
        analyser->hyphenation.n = 0;
}

/* The token that is due behind the one before; false if there is none after all. */
static bool emit_due(kh_analyser *analyser, const kh_token *before, kh_token *out)
{
    if (analyser->due == DUE_COMPOUND)
        return emit_compound(analyser, out);
    emit_pair(analyser, before, out);
    return true;
}

size_t kh_analyser_some(kh_analyser *analyser, kh_token *out, size_t max)
{
    const kh_token *before = &analyser->last;
    size_t n = 0;
    while (n < max) {
        kh_token *token = &out[n];
        if (analyser->due != DUE_NOTHING) {
            if (!emit_due(analyser, before, token))
                continue;
        } else {
            const kh_coming_word *coming = look_ahead(analyser);
            if (coming == NULL)
                break;
            analyser->ahead.next++;
            emit_word(analyser, coming, before, token);
        }
        before = token;
        n++;
        if (token->kind == KH_TOKEN_COMPOUND)
            break;
    }
    if (n > 0)
        analyser->last = out[n - 1];
    return n;
}

bool kh_analyser_next(kh_analyser *analyser, kh_token *out)
{
    return kh_analyser_some(analyser, out, 1) > 0;
}

uint32_t kh_analyser_n_lexemes(const kh_analyser *analyser)
{
    return kh_lexemes_count(analyser->lexemes);
}

bool kh_analyser_trim(kh_analyser *analyser, uint32_t max_lexemes)
{
    if (kh_lexemes_count(analyser->lexemes) <= max_lexemes)
        return false;
    kh_lexemes_clear(analyser->lexemes);
    kh_analyser_reset(analyser, KH_STR(""), 0); /* no token may outlive its lexeme */
    return true;
}

void kh_analyser_clear_notes(kh_analyser *analyser)
{
    kh_lexemes_clear_notes(analyser->lexemes);
}

size_t kh_analyser_bytes(const kh_analyser *analyser)
{
    return kh_lexemes_bytes(analyser->lexemes);
}

const kh_lexeme *kh_analyser_lexeme(kh_analyser *analyser, kh_str surface)
{
    size_t at = 0;
    bool is_character = kh_is_character(kh_utf8_next(surface, &at));
    return kh_lexemes_word(analyser->lexemes, surface,
                           is_character ? KH_WORD_CHARACTER : KH_WORD_LETTERS,
                           KH_READ_WORD);
}

const kh_lexeme *kh_analyser_known(const kh_analyser *analyser, kh_str surface)
{
    return kh_lexemes_find_word(analyser->lexemes, surface, KH_READ_WORD);
}

bool kh_lexeme_has_term(const kh_lexeme *lexeme, kh_str term)
{
    if (lexeme->term.len == 0)
        return kh_str_equal(lexeme->form, term);
    if (kh_str_equal(lexeme->term, term))
        return true;
    return kh_is_acronym_term(term) &&
           kh_str_equal(kh_acronym_term(lexeme->form), term) &&
           kh_is_all_capitals(lexeme->surface);
}

void kh_term_of(kh_analyser *analyser, kh_buf *out, kh_str folded)
{
    kh_lexemes_term(analyser->lexemes, out, folded);
}

void kh_analysis_versions(kh_buf *out)
{
    UVersionInfo icu, unicode;
    char icu_text[U_MAX_VERSION_STRING_LENGTH];
    char unicode_text[U_MAX_VERSION_STRING_LENGTH];
    u_getVersion(icu);
    u_getUnicodeVersion(unicode);
    u_versionToString(icu, icu_text);
    u_versionToString(unicode, unicode_text);
    kh_buf_printf(out, "analysis %d, ICU %s, Unicode %s, snowball ",
                  KH_ANALYSIS_VERSION, icu_text, unicode_text);
    kh_stemmer_version(out);
}
