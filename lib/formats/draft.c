/* draft - an article in the making: what a format fills in, and what all share. */
#include "draft.h"

#include "article/dateline.h"
#include "article/tags.h"
#include "blocks.h"
#include "text/language.h"

#define PLACE_MAX_BYTES     80 /* a longer place is prose */
#define DOUBT_MAX_BYTES     60 /* of a date that is shown in a warning */
#define SUMMARY_START_BYTES 40 /* of a summary, looked for in ... */
#define SUMMARY_BLOCKS      6  /* ... the first blocks */

void kh_draft_block(kh_draft *draft, kh_block block)
{
    kh_article *article = &draft->article;
    if (block.text.len == 0)
        return;

    article->blocks = kh_arena_grow(draft->arena, article->blocks, article->n_blocks,
                                    &draft->block_capacity, sizeof(*article->blocks));
    article->blocks[article->n_blocks++] = block;
}

void kh_draft_text(kh_draft *draft, kh_block_kind kind, kh_str text)
{
    kh_block block = { .kind = kind, .line = draft->line, .byte = draft->byte };
    block.text = kh_trim_wide(text);
    kh_draft_block(draft, block);
}

void kh_draft_author(kh_draft *draft, kh_str name)
{
    kh_article *article = &draft->article;
    name = kh_trim_wide(name);
    if (name.len == 0)
        return;
    for (size_t i = 0; i < article->n_authors; i++)
        if (kh_str_equal(article->authors[i], name))
            return;

    article->authors =
        kh_arena_grow(draft->arena, article->authors, article->n_authors,
                      &draft->author_capacity, sizeof(*article->authors));
    article->authors[article->n_authors++] = name;
}

/* Whether a tag of that normal form is there. */
static bool has_tag(const kh_draft *draft, kh_str form)
{
    for (size_t i = 0; i < draft->article.n_tags; i++)
        if (kh_str_equal(form, draft->tag_forms[i]))
            return true;
    return false;
}

void kh_draft_tag(kh_draft *draft, kh_str name)
{
    kh_article *article = &draft->article;
    name = kh_trim_wide(name);
    if (name.len == 0)
        return;
    KH_AUTO_BUF form;
    kh_buf_init(&form, KH_BUF_MAX);
    kh_tag_normalise(&form, name);
    if (form.len == 0 || has_tag(draft, kh_buf_str(&form)))
        return; /* nothing that could be looked up, or there already */
    if (article->n_tags >= KH_ARTICLE_TAGS_MAX) {
        article->n_tags_left_out++;
        return;
    }

    size_t n = article->n_tags++;
    article->tags = kh_arena_grow(draft->arena, article->tags, n, &draft->tag_capacity,
                                  sizeof(*article->tags));
    draft->tag_forms =
        kh_arena_grow(draft->arena, draft->tag_forms, n, &draft->tag_form_capacity,
                      sizeof(*draft->tag_forms));
    article->tags[n] =
        (kh_tag){ .name = name, .origin = KH_TAG_LISTED, .confidence = 1 };
    draft->tag_forms[n] = kh_arena_copy(draft->arena, kh_buf_str(&form));
}

void kh_draft_tag_list(kh_draft *draft, kh_str list)
{
    kh_tag *tags = NULL;
    size_t n = kh_tags_split(&tags, list, draft->arena);
    for (size_t i = 0; i < n; i++)
        kh_draft_tag(draft, tags[i].name);
}

void kh_draft_guess(kh_draft *draft, kh_str heading)
{
    if (draft->n_guesses < KH_DRAFT_GUESSES)
        draft->guesses[draft->n_guesses++] = heading;
}

void kh_draft_plain(kh_draft *draft, kh_str text)
{
    kh_piece *pieces = NULL;
    size_t n = kh_blocks_cut(&pieces, text, false, draft->arena);
    for (size_t i = 0; i < n; i++) {
        kh_str piece = pieces[i].text;
        bool is_heading = i + 1 < n && pieces[i].is_alone && kh_line_is_heading(&piece);
        kh_draft_text(draft, is_heading ? KH_BLOCK_HEADING : KH_BLOCK_PARAGRAPH, piece);
        if (is_heading && piece.len == pieces[i].text.len)
            kh_draft_guess(draft, piece);
    }
}

/* Put a block in front of all others but the first `at`. */
static void insert(kh_draft *draft, size_t at, kh_block_kind kind, kh_str text)
{
    size_t before = draft->article.n_blocks;
    kh_draft_text(draft, kind, text);
    if (draft->article.n_blocks == before)
        return;

    kh_block *blocks = draft->article.blocks;
    kh_block added = blocks[before];
    memmove(blocks + at + 1, blocks + at, (before - at) * sizeof(*blocks));
    blocks[at] = added;
}

static const kh_block *first_paragraph(const kh_article *article)
{
    for (size_t i = 0; i < article->n_blocks; i++)
        if (article->blocks[i].kind == KH_BLOCK_PARAGRAPH)
            return &article->blocks[i];
    return NULL;
}

static bool is_guess(const kh_draft *draft, const kh_block *block)
{
    for (size_t i = 0; i < draft->n_guesses; i++)
        if (block->text.ptr == draft->guesses[i].ptr)
            return block->kind == KH_BLOCK_HEADING;
    return false;
}

/* What looks like a heading and begins with a dateline is the first paragraph. */
static void find_lead(kh_draft *draft, const kh_language *language)
{
    kh_article *article = &draft->article;
    for (size_t i = 0; draft->n_guesses > 0 && i < article->n_blocks; i++) {
        kh_block *block = &article->blocks[i];
        bool is_lead =
            is_guess(draft, block) && kh_dateline_leads(block->text, language);
        if (is_lead)
            block->kind = KH_BLOCK_PARAGRAPH;
        if (block->kind == KH_BLOCK_PARAGRAPH)
            return;
    }
}

static bool has_kind(const kh_article *article, kh_block_kind kind)
{
    for (size_t i = 0; i < article->n_blocks; i++)
        if (article->blocks[i].kind == kind)
            return true;
    return false;
}

/* Whether the title or the first blocks begin as the summary does. */
static bool is_said(const kh_article *article, kh_str summary)
{
    kh_str start = kh_str_slice(summary, 0, SUMMARY_START_BYTES);
    size_t n = article->n_blocks < SUMMARY_BLOCKS ? article->n_blocks : SUMMARY_BLOCKS;
    for (size_t i = 0; i < n; i++)
        if (kh_str_find(article->blocks[i].text, start, 0) != SIZE_MAX)
            return true;
    return kh_str_equal(summary, article->title);
}

/* A summary is the body if there is no other, and the deck unless the body says it. */
static void place_summary(kh_draft *draft)
{
    kh_article *article = &draft->article;
    kh_str summary = kh_trim_wide(draft->summary);
    if (summary.len == 0)
        return;

    if (!first_paragraph(article)) {
        kh_draft_plain(draft, summary);
        return;
    }
    if (article->deck.len == 0 && !is_said(article, summary))
        article->deck = summary;
}

/* The title and the deck become the first blocks, if a format has not made them so. */
static void place_head(kh_draft *draft)
{
    kh_article *article = &draft->article;
    article->title = kh_trim_wide(article->title);
    article->deck = kh_trim_wide(article->deck);
    if (kh_str_equal(article->title, article->deck))
        article->deck = kh_str_make(NULL, 0);
    if (!has_kind(article, KH_BLOCK_TITLE))
        insert(draft, 0, KH_BLOCK_TITLE, article->title);
    if (!has_kind(article, KH_BLOCK_DECK))
        insert(draft, article->title.len > 0, KH_BLOCK_DECK, article->deck);
}

/* "SALVADOR, Feb 26 -" by itself: what a dateline says, or all before the comma. */
static kh_str place_of(kh_str dateline, const kh_language *language,
                       const kh_date *published, kh_date *date)
{
    kh_dateline read;
    if (kh_dateline_read(&read, dateline, language, published) &&
        (read.place.len || read.agency.len)) {
        *date = read.date;
        return read.place;
    }

    size_t end = kh_str_find(dateline, KH_STR(","), 0);
    kh_str place = kh_trim_wide(kh_str_slice(dateline, 0, end));
    while (place.len && strchr("-:", place.ptr[place.len - 1]))
        place = kh_trim_wide(kh_str_slice(place, 0, place.len - 1));
    return place.len <= PLACE_MAX_BYTES ? place : kh_str_make(NULL, 0);
}

/* What exports write where there is no date. */
static bool is_no_value(kh_str text)
{
    static const char *const none[] = {
        "null", "none", "nan",   "nat",     "n/a",
        "na",   "nil",  "false", "unknown", "undefined"
    };
    for (size_t i = 0; i < KH_COUNT_OF(none); i++)
        if (kh_str_equal_ascii(text, kh_str_from(none[i])))
            return true;
    for (size_t i = 0; i < text.len; i++)
        if (strchr("0-:./T Z", text.ptr[i]) == NULL)
            return false;
    return true;
}

/* Say what is wrong with the date that the article gives, if anything is. Where its
 * language is not named, nothing says which number of 05/06/2025 is the month. */
static void doubt_date(kh_draft *draft)
{
    kh_article *article = &draft->article;
    bool is_read = draft->date_text.len > 0;
    kh_str text = kh_trim_wide(is_read ? draft->date_text : draft->unread_date);
    kh_str shown = text;
    if (shown.len > DOUBT_MAX_BYTES) {
        shown.len = DOUBT_MAX_BYTES;
        while (((unsigned char)shown.ptr[shown.len] & 0xC0) == 0x80)
            shown.len--;
    }
    const char *dots = shown.len < text.len ? "..." : "";

    kh_date both[2];
    if (article->date.precision == KH_DATE_NONE) {
        if (!is_no_value(text))
            article->date_doubt = kh_arena_printf(
                draft->arena, "'%" KH_FMT "%s' is no date", KH_ARG(shown), dots);
    } else if (article->lang.len == 0 && kh_date_two_readings(both, text)) {
        KH_AUTO_BUF taken;
        kh_buf_init(&taken, 64);
        kh_date_format(&taken, &article->date);
        article->date_doubt = kh_arena_printf(
            draft->arena, "'%" KH_FMT "%s' has two readings: %s is taken",
            KH_ARG(shown), dots, kh_buf_text(&taken));
    }
}

/* Dates, then what the dateline adds where they are missing. */
static void read_dates(kh_draft *draft, const kh_language *language)
{
    kh_article *article = &draft->article;
    if (draft->date_text.len)
        (void)kh_date_parse(&article->date, draft->date_text, language);
    if (draft->updated_text.len)
        (void)kh_date_parse(&article->updated, draft->updated_text, language);
    doubt_date(draft);

    bool has_date = article->date.precision != KH_DATE_NONE;
    const kh_date *published = has_date ? &article->date : NULL;
    kh_date date = { 0 };
    if (draft->dateline.len)
        article->place = place_of(draft->dateline, language, published, &date);

    const kh_block *first = first_paragraph(article);
    kh_dateline read;
    bool is_complete = has_date && article->place.len;
    if (first && !is_complete &&
        kh_dateline_read(&read, first->text, language, published)) {
        if (article->place.len == 0)
            article->place = read.place;
        if (date.precision == KH_DATE_NONE)
            date = read.date;
    }
    if (!has_date)
        article->date = date;
}

kh_status kh_draft_finish(kh_draft *draft, kh_error *err)
{
    kh_article *article = &draft->article;
    place_summary(draft);
    place_head(draft);
    if (article->n_blocks == 0)
        return kh_fail(err, KH_ERR_FORMAT, "no title and no text");

    KH_AUTO_BUF tag;
    kh_buf_init(&tag, KH_BUF_MAX);
    if (draft->lang_text.len > 0 && kh_language_tag(&tag, NULL, draft->lang_text))
        kh_article_set_lang(article, kh_arena_copy(draft->arena, kh_buf_str(&tag)));
    const kh_language *language = kh_language_find(article->lang);
    find_lead(draft, language);
    read_dates(draft, language);

    kh_article_identify(article, draft->arena);
    return KH_OK;
}
