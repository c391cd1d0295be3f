/* made_up - see made_up.h. */
#include "made_up.h"

#include "base/alloc.h"
#include "scratch.h"

unsigned roll(dice *d, unsigned n)
{
    d->state ^= d->state >> 12;
    d->state ^= d->state << 25;
    d->state ^= d->state >> 27;
    return (unsigned)((d->state * UINT64_C(2685821657736338717)) >> 33) % n;
}

static const char *const pieces[] = {
    "'s",
    "’s",
    "l’",
    "”’s",
    "the",
    "of",
    "year",
    "Year",
    "YEAR",
    "yéar",
    "ye\xCC\x81"
    "ar",
    "U.S.",
    "US",
    "us",
    "U.S.A",
    "u.",
    "s",
    "Shangri-La",
    "Shangri",
    "La",
    "la",
    "shangrila",
    "l'année",
    "l’année",
    "annee",
    "l'",
    "year's",
    "year’s",
    "years'",
    "'year",
    "'year'",
    "\"year\"",
    "“year”",
    "(year)",
    "[year],",
    "year.",
    "year;",
    "of-the",
    "of-the-year",
    "a-b-c-d-e",
    "1,000",
    "1000",
    "1.000",
    "5.83",
    "5,83",
    "2025",
    "٢٠٢٥",
    "5th",
    "x86-64",
    "don't",
    "don’t",
    "dont",
    "中",
    "中国",
    "中国的水坝",
    "水坝",
    "カタカナ",
    "ｶﾀ",
    "ひら",
    "ﬁnance",
    "finance",
    "ＹＥＡＲ",
    "İstanbul",
    "istanbul",
    "ISTANBUL",
    "I",
    "i",
    "ı",
    "naïve",
    "naive",
    "Straße",
    "strasse",
    "हिन्दी",
    "हिंदी",
    "ไทยแลนด์",
    "ประเทศไทย",
    "العربية",
    "foo_bar",
    "_year_",
    "_",
    "year_",
    "http://a.org/year",
    "a@b.org",
    "#year",
    "@year",
    "$5",
    "5%",
    "C++",
    "C#",
    "R&D",
    "AT&T",
    "…",
    "—",
    "year—of",
    "year–the",
    "ye\xC2\xAD"
    "ar",
    "ye\xE2\x80\x8B"
    "ar",
    "\xC2\xA0",
    "the\xC2\xA0year",
    "🙂",
    "year🙂of",
    "\xF0\x9F\x87\xAE\xF0\x9F\x87\xB3",
    "-",
    "--",
    "-year",
    "year-",
    "of- the",
    "/",
    "of/the",
    ".",
    "..",
    "...",
    ",",
    "the,year",
    "the.year",
    "the:year",
    "year:",
    ":year",
    "!",
    "?",
    "()",
    "(",
    ")",
    "\"",
    "J.",
    "J.R.R.",
    "Ph.D.",
    "e.g.",
    "café",
    "cafe",
    "CAFÉ",
    "K",
    "\xE2\x84\xAA",
    "ſ",
    "œuvre",
    "oeuvre",
    "O’Neill",
    "O'Neill",
    "oneill",
    "rock'n'roll",
    "été",
    "cross-border",
    "crossborder",
    "Αθήνα",
    "αθηνα",
    "Ёлка",
    "елка",
    "Œ",
    "½",
    "x²",
    "№5",
    "a\xCC\x88",
    "\xCC\x81",
    "e\xCC\x81t\xC3\xA9",
};

static const char *const gaps[] = {
    " ", " ", " ",  " ",  " ", " ", "  ",   "\n",           "\t",
    "",  "-", ", ", ". ", "’", "'", "\r\n", "\xE3\x80\x80", "\xE2\x80\xAF"
};

void made_up_text(kh_buf *out, dice *d, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        if (roll(d, 300) == 0)
            for (unsigned k = 0; k < 40 + roll(d, 300); k++)
                kh_buf_add_char(out, (char)('a' + roll(d, 3)));
        kh_buf_add(out, kh_str_from(pieces[roll(d, KH_COUNT_OF(pieces))]));
        kh_buf_add(out, kh_str_from(gaps[roll(d, KH_COUNT_OF(gaps))]));
    }
}

static kh_str straighten(kh_str surface, kh_arena *arena)
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

seen *tokens_of(size_t *n, const kh_article *article, kh_arena *arena)
{
    KH_AUTO(kh_analyser_free) kh_analyser *analyser = NULL;
    kh_error err;
    must(kh_analyser_open(&analyser, kh_language_find(article->lang), &err), &err);
    seen *list = NULL;
    size_t capacity = 0;
    uint32_t position = 0;
    *n = 0;
    for (size_t i = 0; i < article->n_blocks; i++) {
        kh_analyser_reset(analyser, article->blocks[i].text, position);
        kh_token token;
        while (kh_analyser_next(analyser, &token)) {
            if (*n == capacity)
                list = kh_arena_grow(arena, list, *n, &capacity, sizeof(list[0]));
            const kh_lexeme *lexeme = token.lexeme;
            list[(*n)++] = (seen){
                .block = (uint32_t)i,
                .position = token.position,
                .n_units = token.n_units,
                .surface = straighten(lexeme->surface, arena),
                .folded = kh_arena_copy(arena, lexeme->folded),
                .form = kh_arena_copy(arena, lexeme->form),
                .term = kh_arena_copy(arena, lexeme->term),
            };
            if (token.kind == KH_TOKEN_WORD)
                position = token.position + 1;
        }
    }
    return list;
}

kh_str seen_text(const seen *token, kh_record_word_kind kind)
{
    switch (kind) {
    case KH_RECORD_TERM:
        return token->term;
    case KH_RECORD_FORM:
        return token->form;
    case KH_RECORD_FOLDED:
        return token->folded;
    case KH_RECORD_SURFACE:
        return token->surface;
    }
    return token->surface;
}

static bool is_word(const seen *token, const kh_record_word *word)
{
    kh_str text = seen_text(token, word->kind);
    for (size_t i = 0; i < word->n_variants; i++)
        if (text.len > 0 && kh_str_equal(text, word->variants[i]))
            return true;
    return false;
}

static bool follows(const seen *tokens, size_t n, const kh_record_word *words,
                    size_t n_words, const seen *before)
{
    if (n_words == 0)
        return true;
    for (size_t i = 0; i < n; i++)
        if (tokens[i].block == before->block &&
            tokens[i].position == before->position + before->n_units &&
            is_word(&tokens[i], words) &&
            follows(tokens, n, words + 1, n_words - 1, &tokens[i]))
            return true;
    return false;
}

/* Two words within a window. */
static bool near(const seen *tokens, size_t n, const kh_record_word *words,
                 const seen *first, uint32_t window)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t low =
            first->position < tokens[i].position ? first->position : tokens[i].position;
        uint32_t high = first->position + tokens[i].position - low;
        if (tokens[i].block == first->block && high - low <= window &&
            is_word(&tokens[i], words))
            return true;
    }
    return false;
}

bool brute_holds(const seen *tokens, size_t n, const kh_record_word *words,
                 size_t n_words, uint32_t window)
{
    for (size_t i = 0; i < n; i++) {
        if (!is_word(&tokens[i], &words[0]))
            continue;
        if (window == 0 && follows(tokens, n, words + 1, n_words - 1, &tokens[i]))
            return true;
        if (window != 0 &&
            (n_words == 1 || near(tokens, n, words + 1, &tokens[i], window)))
            return true;
    }
    return false;
}
