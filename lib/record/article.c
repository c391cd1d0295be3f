/* article - the article of a record, without its blocks. */
#include "frame.h"

/* Blocks of a kind, as texts in the arena. */
static size_t collect_texts(kh_str **out, const kh_frame *frame, kh_block_kind kind,
                            kh_arena *arena)
{
    size_t n = 0;
    for (size_t i = 0; i < frame->n_blocks; i++)
        n += frame->blocks[i].kind == kind;
    if (n == 0)
        return 0;

    kh_str *texts = kh_arena_alloc(arena, n * sizeof(texts[0]));
    n = 0;
    for (size_t i = 0; i < frame->n_blocks; i++)
        if (frame->blocks[i].kind == kind)
            texts[n++] =
                kh_arena_copy(arena, kh_frame_block_text(frame, &frame->blocks[i]));
    *out = texts;
    return n;
}

static kh_str first_text(const kh_frame *frame, kh_block_kind kind, kh_arena *arena)
{
    for (size_t i = 0; i < frame->n_blocks; i++)
        if (frame->blocks[i].kind == kind)
            return kh_arena_copy(arena, kh_frame_block_text(frame, &frame->blocks[i]));
    return kh_str_make(NULL, 0);
}

static void read_tags(kh_article *article, const kh_frame *frame, kh_str value,
                      kh_arena *arena)
{
    kh_str *names = NULL;
    size_t n = collect_texts(&names, frame, KH_BLOCK_TAG, arena);
    if (n == 0)
        return;
    article->tags = kh_arena_alloc(arena, n * sizeof(article->tags[0]));
    article->n_tags = n;
    kh_cursor cursor = kh_cursor_of(value);
    for (size_t i = 0; i < n; i++) {
        uint64_t packed =
            value.len > 0 ? kh_cursor_varint(&cursor) : KH_RECORD_USUAL_TAG;
        article->tags[i].name = names[i];
        article->tags[i].origin = packed & 1 ? KH_TAG_CUT : KH_TAG_LISTED;
        article->tags[i].confidence = (float)(packed >> 1) / 10000.0F;
    }
}

static uint64_t value_number(kh_str value)
{
    kh_cursor cursor = kh_cursor_of(value);
    return kh_cursor_varint(&cursor);
}

static bool read_dates(kh_article *article, const kh_str *values)
{
    const kh_language *neutral = kh_language_neutral();
    return (values[KH_RECORD_DATE].len == 0 ||
            kh_date_parse(&article->date, values[KH_RECORD_DATE], neutral)) &&
           (values[KH_RECORD_UPDATED].len == 0 ||
            kh_date_parse(&article->updated, values[KH_RECORD_UPDATED], neutral));
}

static kh_str lang_of(kh_records *records, uint32_t document, const kh_str *values)
{
    kh_stream stream;
    if (kh_records_stream(&stream, records, document, NULL) != KH_OK ||
        stream.lang >= records->words.n_langs)
        return values[KH_RECORD_LANG];
    return records->words.langs[stream.lang];
}

kh_status kh_record_article(kh_article *out, uint32_t *n_words, kh_records *records,
                            uint32_t document, kh_arena *arena, kh_error *err)
{
    kh_frame *frame;
    kh_rest *rest;
    kh_status status = kh_records_frame(&frame, &rest, records, document, err);
    if (status != KH_OK)
        return status;
    kh_str values[KH_RECORD_N_TAGS];
    bool has[KH_RECORD_N_TAGS];
    kh_article article = { 0 };
    if (!kh_rest_values(rest, values, has) || !read_dates(&article, values))
        return kh_record_damaged(records, document, "its values do not parse", err);

    article.id = kh_arena_copy(arena, values[KH_RECORD_ID]);
    article.has_own_id =
        (value_number(values[KH_RECORD_FLAGS]) & KH_RECORD_HAS_OWN_ID) != 0;
    article.title = has[KH_RECORD_TITLE] ? kh_arena_copy(arena, values[KH_RECORD_TITLE])
                                         : first_text(frame, KH_BLOCK_TITLE, arena);
    article.deck = has[KH_RECORD_DECK] ? kh_arena_copy(arena, values[KH_RECORD_DECK])
                                       : first_text(frame, KH_BLOCK_DECK, arena);
    article.n_authors = collect_texts(&article.authors, frame, KH_BLOCK_AUTHOR, arena);
    article.place = first_text(frame, KH_BLOCK_PLACE, arena);
    article.source = first_text(frame, KH_BLOCK_SOURCE, arena);
    article.section = first_text(frame, KH_BLOCK_SECTION, arena);
    article.lang = kh_arena_copy(arena, lang_of(records, document, values));
    article.lang_tag = kh_arena_copy(arena, values[KH_RECORD_LANG_TAG]);
    article.url = kh_arena_copy(arena, values[KH_RECORD_URL]);
    read_tags(&article, frame, values[KH_RECORD_TAGS], arena);
    article.raw_tags = kh_arena_copy(arena, values[KH_RECORD_RAW_TAGS]);
    article.input = kh_arena_copy(arena, values[KH_RECORD_INPUT]);
    article.path = has[KH_RECORD_PATH] ? kh_arena_copy(arena, values[KH_RECORD_PATH])
                                       : article.input;
    article.member = kh_arena_copy(arena, values[KH_RECORD_MEMBER]);
    article.record = (uint32_t)value_number(values[KH_RECORD_NUMBER]);
    article.format = kh_arena_copy(arena, values[KH_RECORD_FORMAT]).ptr;

    *out = article;
    if (n_words)
        *n_words = (uint32_t)frame->n_stored_units;
    return KH_OK;
}
