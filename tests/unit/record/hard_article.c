/* hard_article - see hard_article.h. */
#include "hard_article.h"

#include "base/buf.h"
#include "made_up.h"

#define LANGUAGES 80u /* that no table knows: with those of made_up more than 63 */

static void add_times(kh_buf *out, const char *text, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        kh_buf_add(out, kh_str_from(text));
}

/* Texts that have little to do with words: all gap, all one word, all ends. */
static kh_str odd_text(dice *d, kh_arena *arena)
{
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    switch (roll(d, 13)) {
    case 0: /* the longest word there is, one about as long as has a number, one that is
               none, and a long one of Thai */
        add_times(&text, "a", 255);
        kh_buf_add(&text, KH_STR(" and "));
        add_times(&text, "c", 126 + roll(d, 3));
        kh_buf_add(&text, KH_STR(" and "));
        add_times(&text, "b", 256 + roll(d, 600));
        kh_buf_add(&text, KH_STR(" and "));
        add_times(&text, "ก", 85 + roll(d, 3));
        break;
    case 1:
        add_times(&text, "🙂", 1 + roll(d, 40));
        break;
    case 2:
        add_times(&text, "the. ", 300 + roll(d, 300)); /* a run of defaults over 255 */
        kh_buf_add(&text, KH_STR("end"));
        break;
    case 3:
        add_times(&text, "word ", 254 + roll(d, 4)); /* about as many as a run can be */
        kh_buf_add(&text, KH_STR("-- end"));
        break;
    case 4:
        kh_buf_add(&text, KH_STR("from"));
        add_times(&text, " ‧", 1 + roll(d, 800)); /* gaps of over 255 bytes */
        kh_buf_add(&text, KH_STR("to"));
        break;
    case 5:
        add_times(&text, "! ? ", 1 + roll(d, 20)); /* sentences without a word */
        kh_buf_add(&text, KH_STR("!"));
        break;
    case 6:
        kh_buf_add(&text, KH_STR("中"));
        add_times(&text, "\xCC\x81", 1 + roll(d, 200)); /* a character and its marks */
        kh_buf_add(&text, KH_STR("国水坝"));
        break;
    case 7:
        kh_buf_add(&text, KH_STR("One line.\nAnother one\nof the\n block.\r\nEnd."));
        break;
    case 8:
        kh_buf_add(&text, KH_STR("\xE3\x80\x80\xC2\xA0 \xE2\x80\x83odd  spaces \t "
                                 "here\xE2\x80\xAF"));
        break;
    case 9:
        add_times(&text, "中国的水坝。中国水坝、", 1 + roll(d, 12));
        kh_buf_add(&text, KH_STR("中国"));
        break;
    case 10:
        add_times(&text, "ประเทศไทยมีน้ำ ", 1 + roll(d, 12));
        kh_buf_add(&text, KH_STR("ລາວ မြန်မာ ខ្មែរ"));
        break;
    case 11:
        kh_buf_printf(&text, "only%ux %uonce ﷺ \xEF\xBB\xBF \xE2\x80\xAE rare",
                      roll(d, 1000000), roll(d, 1000000));
        break;
    default:
        kh_buf_add(&text, KH_STR("J. R. R. Roy, e.g. the U.S. Mr. \"No.\" 5? «Oui.» "));
        kh_buf_add(&text, KH_STR("क्या? पानी। बंद।। سؤال؟ نعم. 何？はい！『終わり。』"));
    }
    return kh_arena_copy(arena, kh_buf_str(&text));
}

static void add_odd_blocks(kh_article *article, dice *d, kh_arena *arena)
{
    size_t n = article->n_blocks + 4;
    kh_block *blocks = kh_arena_alloc(arena, n * sizeof(*blocks));
    for (size_t i = 0; i < n; i++) {
        if (i < article->n_blocks)
            blocks[i] = article->blocks[i];
        else
            blocks[i] =
                (kh_block){ .kind = (kh_block_kind)(1 + roll(d, 4)),
                            .text = roll(d, 9) == 0 ? KH_STR("") : odd_text(d, arena) };
    }
    for (size_t i = n - 1; i > 0; i--) {
        size_t other = roll(d, (unsigned)i + 1);
        kh_block block = blocks[i];
        blocks[i] = blocks[other];
        blocks[other] = block;
    }
    article->blocks = blocks;
    article->n_blocks = n;
}

/* Blocks behind each other, mostly; unknown, elsewhere, backwards. */
static void place_blocks(kh_article *article, dice *d)
{
    uint32_t line = roll(d, 3);
    uint64_t byte = roll(d, 3) * UINT64_C(5000000000);
    bool is_verbatim = roll(d, 2) == 0;
    for (size_t i = 0; i < article->n_blocks; i++) {
        kh_block *block = &article->blocks[i];
        if (roll(d, 4) == 0)
            is_verbatim = !is_verbatim;
        if (roll(d, 4) == 0)
            line = roll(d, 2) == 0 ? 0 : roll(d, 2000000000);
        if (roll(d, 4) == 0)
            byte = (uint64_t)roll(d, 2000000000) << roll(d, 30);
        block->line = line;
        block->byte = byte;
        block->is_verbatim = is_verbatim;
        for (size_t k = 0; k < block->text.len; k++)
            line += block->text.ptr[k] == '\n';
        line += 2;
        byte += block->text.len + 2;
    }
}

/* A title is mostly the text of its block. */
static kh_str text_of_kind(const kh_article *article, kh_block_kind kind, dice *d)
{
    static const kh_str others[] = { { NULL, 0 }, { "Another title", 13 } };
    unsigned drawn = roll(d, 6);
    if (drawn < KH_COUNT_OF(others))
        return others[drawn];
    for (size_t i = 0; i < article->n_blocks; i++)
        if (article->blocks[i].kind == kind && article->blocks[i].text.len > 0)
            return article->blocks[i].text;
    return KH_STR("");
}

static kh_date some_date(dice *d)
{
    kh_date date = { .year = 1900 + (int)roll(d, 150) };
    date.precision = KH_DATE_YEAR;
    if (roll(d, 2) == 0)
        return date;
    date.month = (uint8_t)(1 + roll(d, 12));
    date.day = (uint8_t)(1 + roll(d, 28));
    date.precision = KH_DATE_DAY;
    return date;
}

static kh_str some(dice *d, const char *text)
{
    return roll(d, 3) == 0 ? KH_STR("") : kh_str_from(text);
}

static void set_values(kh_article *article, dice *d, unsigned i, kh_arena *arena)
{
    article->title = text_of_kind(article, KH_BLOCK_TITLE, d);
    article->deck = text_of_kind(article, KH_BLOCK_DECK, d);
    article->place = some(d, "Delhi. Mumbai");
    article->source = some(d, "Wire & Sons");
    article->section = some(d, "国际 World");
    article->url = some(d, "https://example.org/a?b=c&d=ü");
    article->raw_tags = some(d, "glued linehere");
    article->input = some(d, "/srv/archive");
    article->path =
        roll(d, 3) == 0 ? article->input : some(d, "/srv/archive/年/a.jsonl");
    article->member = some(d, "in/side.json");
    article->record = roll(d, 3) == 0 ? 0 : i + 1;
    article->has_own_id = roll(d, 2) == 0;
    if (roll(d, 4) > 0)
        article->date = some_date(d);
    if (roll(d, 4) == 0)
        article->updated = some_date(d);
    bool is_sure = roll(d, 3) == 0;
    for (size_t k = 0; k < article->n_tags; k++) {
        bool is_cut = !is_sure && roll(d, 2) == 0;
        article->tags[k].origin = is_cut ? KH_TAG_CUT : KH_TAG_LISTED;
        article->tags[k].confidence = is_sure ? 1.0F : (float)roll(d, 1001) / 1000.0F;
    }
    if (i % 2 == 1)
        article->lang =
            kh_arena_printf(arena, "x%c%c", 'a' + (char)(i / 2 % LANGUAGES / 10),
                            'a' + (char)(i / 2 % 10));
    if (roll(d, 4) == 0)
        article->lang_tag =
            kh_arena_printf(arena, "%" KH_FMT "-Hant-TW", KH_ARG(article->lang));
}

kh_article hard_article(dice *d, unsigned i, kh_arena *arena)
{
    kh_article article = made_up_article(d, i, arena);
    add_odd_blocks(&article, d, arena);
    place_blocks(&article, d);
    set_values(&article, d, i, arena);
    return article;
}
