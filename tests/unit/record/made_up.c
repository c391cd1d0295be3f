/* made_up - see made_up.h. */
#include "made_up.h"

#include "base/buf.h"

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

static const char *const langs[] = { "en", "de", "es", "hi", "ar", "th",
                                     "zh", "ja", "tr", "fr", "" };

/* Few pieces to a text, so that words come again; runs of characters where they are
 * written. */
static void add_text(kh_buf *out, dice *d, unsigned n, bool is_han)
{
    static const char *const characters[] = { "中", "国", "的", "水", "坝", "美",
                                              "京", "都", "カ", "ナ", "の", "が" };
    unsigned first = roll(d, KH_COUNT_OF(pieces));
    unsigned width = 8 + roll(d, 30);
    for (unsigned i = 0; i < n; i++) {
        if (roll(d, 400) == 0)
            for (unsigned k = 0; k < 40 + roll(d, 300); k++)
                kh_buf_add_char(out, (char)('a' + roll(d, 3)));
        for (unsigned k = 0; is_han && k < roll(d, 8); k++)
            kh_buf_add(out, kh_str_from(characters[roll(d, KH_COUNT_OF(characters))]));
        if (roll(d, 60) == 0)
            kh_buf_printf(out, "rare%u ", roll(d, 100000));
        unsigned piece = (first + roll(d, width)) % KH_COUNT_OF(pieces);
        kh_buf_add(out, kh_str_from(pieces[piece]));
        kh_buf_add(out, kh_str_from(gaps[roll(d, KH_COUNT_OF(gaps))]));
    }
}

/* The same as one block: no line end at its ends, none doubled inside, no NUL. */
static kh_str block_text(dice *d, unsigned n, bool is_han, kh_arena *arena)
{
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    add_text(&text, d, n, is_han);
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == '\n' || text.ptr[i] == '\r')
            text.ptr[i] = ' ';
    kh_str trimmed = kh_str_trim(kh_buf_str(&text));
    return trimmed.len > 0 ? kh_arena_copy(arena, trimmed) : KH_STR("year");
}

kh_article made_up_article(dice *d, unsigned i, kh_arena *arena)
{
    kh_article article = { .id = kh_arena_printf(arena, "a%u", i), .format = "text" };
    article.lang = kh_str_from(langs[i % KH_COUNT_OF(langs)]);
    bool is_han = i % KH_COUNT_OF(langs) == 6 || i % KH_COUNT_OF(langs) == 7;
    article.n_blocks = 1 + roll(d, 4);
    article.blocks = kh_arena_alloc(arena, article.n_blocks * sizeof(kh_block));
    for (size_t k = 0; k < article.n_blocks; k++) {
        article.blocks[k].kind = (kh_block_kind)(1 + roll(d, 4));
        article.blocks[k].text = block_text(d, 2 + roll(d, 60), is_han, arena);
    }
    article.n_authors = roll(d, 3);
    article.authors = kh_arena_alloc(arena, 3 * sizeof(kh_str));
    for (size_t k = 0; k < article.n_authors; k++)
        article.authors[k] = block_text(d, 2, is_han, arena);
    article.n_tags = roll(d, 3);
    article.tags = kh_arena_alloc(arena, 3 * sizeof(kh_tag));
    for (size_t k = 0; k < article.n_tags; k++)
        article.tags[k] =
            (kh_tag){ .name = block_text(d, 2, is_han, arena), .confidence = 1 };
    return article;
}
