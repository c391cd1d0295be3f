/* Records: what is written comes back, byte for byte. */
#include "base/utf8.h"
#include "scratch.h"

TestSuite(record, .init = scratch_open, .fini = scratch_free);

static void expect_str(kh_str got, kh_str wanted, const char *what)
{
    cr_expect(kh_str_equal(got, wanted), "%s: '%.*s', wanted '%.*s'", what, KH_ARG(got),
              KH_ARG(wanted));
}

static void expect_date(const kh_date *got, const kh_date *wanted)
{
    cr_expect(eq(int, got->year, wanted->year));
    cr_expect(eq(int, got->month, wanted->month));
    cr_expect(eq(int, got->day, wanted->day));
    cr_expect(eq(int, got->hour, wanted->hour));
    cr_expect(eq(int, got->minute, wanted->minute));
    cr_expect(eq(int, got->second, wanted->second));
    cr_expect(eq(int, got->offset_minutes, wanted->offset_minutes));
    cr_expect(eq(int, got->has_offset, wanted->has_offset));
    cr_expect(eq(int, (int)got->precision, (int)wanted->precision));
}

static void expect_same_article(const kh_article *got, const kh_article *wanted)
{
    expect_str(got->id, wanted->id, "id");
    expect_str(got->title, wanted->title, "title");
    expect_str(got->deck, wanted->deck, "deck");
    expect_str(got->place, wanted->place, "place");
    expect_str(got->source, wanted->source, "source");
    expect_str(got->section, wanted->section, "section");
    expect_str(got->lang, wanted->lang, "lang");
    expect_str(got->lang_tag, wanted->lang_tag, "lang tag");
    expect_str(got->url, wanted->url, "url");
    expect_str(got->raw_tags, wanted->raw_tags, "raw tags");
    expect_str(got->input, wanted->input, "input");
    expect_str(got->path, wanted->path, "path");
    expect_str(got->member, wanted->member, "member");
    expect_str(kh_str_from(got->format), kh_str_from(wanted->format), "format");
    cr_expect(eq(u32, got->record, wanted->record));
    cr_expect(eq(int, got->has_own_id, wanted->has_own_id));
    expect_date(&got->date, &wanted->date);
    expect_date(&got->updated, &wanted->updated);
    cr_assert(eq(sz, got->n_authors, wanted->n_authors));
    for (size_t i = 0; i < got->n_authors; i++)
        expect_str(got->authors[i], wanted->authors[i], "author");
    cr_assert(eq(sz, got->n_tags, wanted->n_tags));
    for (size_t i = 0; i < got->n_tags; i++) {
        expect_str(got->tags[i].name, wanted->tags[i].name, "tag");
        cr_expect(eq(int, (int)got->tags[i].origin, (int)wanted->tags[i].origin));
        cr_expect(epsilon_eq(flt, got->tags[i].confidence, wanted->tags[i].confidence,
                             0.0001F));
    }
}

/* The stored text: blocks end to end, two line ends behind each. */
static kh_str stored_text(const kh_article *article)
{
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    for (size_t i = 0; i < article->n_blocks; i++) {
        kh_buf_add(&text, article->blocks[i].text);
        if (article->blocks[i].text.len > 0)
            kh_buf_add(&text, KH_STR("\n\n"));
    }
    return kh_arena_copy(scratch_arena(), kh_buf_str(&text));
}

/* All sentences one by one, put together by their offsets, are the stored text. */
static void expect_text(kh_records *records, uint32_t document, kh_str wanted)
{
    kh_error err;
    kh_outline_block *blocks;
    size_t n;
    must(kh_record_outline(&blocks, &n, records, document, scratch_arena(), &err),
         &err);
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        for (uint32_t k = 0; k < blocks[i].n_sentences; k++) {
            uint32_t sentence = blocks[i].first_sentence + k;
            kh_excerpt_request request = { document, sentence, sentence, NULL, 0 };
            kh_excerpt excerpt;
            must(kh_record_excerpt(&excerpt, records, &request, scratch_arena(), &err),
                 &err);
            cr_assert(ge(sz, excerpt.bytes.start, at));
            cr_assert(le(sz, excerpt.bytes.end, wanted.len));
            expect_str(excerpt.text,
                       kh_str_slice(wanted, excerpt.bytes.start, excerpt.bytes.end),
                       "sentence");
            for (; at < excerpt.bytes.start; at++)
                cr_assert(ne(ptr, strchr(" \n", wanted.ptr[at]), NULL));
            at = excerpt.bytes.end;
        }
    }
    for (; at < wanted.len; at++)
        cr_assert(eq(chr, wanted.ptr[at], '\n'));
}

Test(record, comes_back_byte_for_byte)
{
    kh_article articles[SAMPLES];
    for (unsigned i = 0; i < SAMPLES; i++)
        articles[i] = sample_article(i);
    write_records(scratch_path("r"), articles, SAMPLES);

    KH_AUTO(kh_records_free) kh_records *records = records_of(scratch_path("r"));
    cr_assert(eq(u32, kh_records_n(records), SAMPLES));
    for (unsigned i = 0; i < SAMPLES; i++) {
        kh_error err;
        kh_article got;
        uint32_t n_words;
        must(kh_record_article(&got, &n_words, records, i + 1, scratch_arena(), &err),
             &err);
        expect_same_article(&got, &articles[i]);
        expect_text(records, i + 1, stored_text(&articles[i]));
        cr_expect(gt(u32, n_words, 5));
        kh_record_head head = kh_record_head_of(records, i + 1);
        cr_expect(eq(u64, head.key, kh_article_key(articles[i].id)));
        cr_expect(eq(u32, head.length, i));
        cr_expect(eq(u32, head.date, kh_date_pack(&articles[i].date)));
    }
    kh_error err;
    must(kh_records_check(records, 1, NULL, &err), &err);
}

Test(record, keeps_dates_as_exact_as_they_are)
{
    const char *const none[] = { "x", NULL };
    kh_date dates[] = {
        { .year = 1903, .precision = KH_DATE_YEAR },
        { .year = 2025, .month = 6, .precision = KH_DATE_MONTH },
        { .year = 2025, .month = 6, .day = 5, .precision = KH_DATE_DAY },
        { 2025, 6, 5, 10, 30, 0, 330, true, KH_DATE_TIME },
        { 2025, 6, 5, 10, 30, 59, 0, true, KH_DATE_TIME },
        { 2025, 6, 5, 23, 59, 59, 0, false, KH_DATE_TIME },
        { 0 },
    };
    kh_article articles[KH_COUNT_OF(dates)];
    for (size_t i = 0; i < KH_COUNT_OF(dates); i++) {
        articles[i] = article_of("en", none);
        articles[i].date = dates[i];
        articles[i].updated = dates[KH_COUNT_OF(dates) - 1 - i];
    }
    write_records(scratch_path("r"), articles, KH_COUNT_OF(dates));

    KH_AUTO(kh_records_free) kh_records *records = records_of(scratch_path("r"));
    for (uint32_t i = 0; i < KH_COUNT_OF(dates); i++) {
        kh_error err;
        kh_article got;
        must(kh_record_article(&got, NULL, records, i + 1, scratch_arena(), &err),
             &err);
        expect_same_article(&got, &articles[i]);
    }
}

Test(record, takes_odd_articles)
{
    const char *const paragraphs[] = {
        "", "no stop", "", "one.\ntwo! 3.14 U.S. x", "\xF0\x9F\x99\x82", "...", NULL
    };
    const char *const nothing[] = { NULL };
    kh_article articles[3];
    articles[0] = article_of("en", paragraphs);
    articles[1] = article_of("", nothing);
    articles[2] = article_of("xx", paragraphs);
    articles[2].title = KH_STR("a title that is no block");
    articles[2].blocks[1].kind = KH_BLOCK_TITLE;
    articles[2].blocks[1].line = 0;
    articles[2].blocks[1].byte = UINT64_C(1) << 40;
    write_records(scratch_path("r"), articles, 3);

    KH_AUTO(kh_records_free) kh_records *records = records_of(scratch_path("r"));
    for (uint32_t i = 0; i < 3; i++) {
        kh_error err;
        kh_article got;
        must(kh_record_article(&got, NULL, records, i + 1, scratch_arena(), &err),
             &err);
        expect_same_article(&got, &articles[i]);
        expect_text(records, i + 1, stored_text(&articles[i]));
    }
    kh_error err;
    must(kh_records_check(records, 1, NULL, &err), &err);
}

Test(record, of_no_documents_is_fine)
{
    write_records(scratch_path("r"), NULL, 0);
    KH_AUTO(kh_records_free) kh_records *records = records_of(scratch_path("r"));
    kh_article got;
    kh_error err;
    cr_expect(eq(u32, kh_records_n(records), 0));
    cr_expect(eq(int, kh_record_article(&got, NULL, records, 1, scratch_arena(), &err),
                 KH_ERR_NOT_FOUND));
    must(kh_records_check(records, 1, NULL, &err), &err);
}

Test(record, is_found_missing_by_its_files)
{
    kh_records *records;
    kh_error err;
    cr_expect(eq(int, kh_records_open(&records, scratch_path("none"), &err),
                 KH_ERR_NOT_FOUND));
}

/* ---- excerpts ---- */

static kh_excerpt excerpt_of(kh_records *records, uint32_t first, uint32_t last,
                             const uint32_t *positions, size_t n)
{
    kh_excerpt_request request = { 1, first, last, positions, n };
    kh_excerpt excerpt;
    kh_error err;
    must(kh_record_excerpt(&excerpt, records, &request, scratch_arena(), &err), &err);
    return excerpt;
}

static kh_records *three_blocks(void)
{
    const char *const paragraphs[] = { "Über den Fluß. Zwei Sätze.", "A heading",
                                       "First one here. Second\none there.", NULL };
    kh_article article = article_of("de", paragraphs);
    article.blocks[0].kind = KH_BLOCK_TITLE;
    article.blocks[0].line = 1;
    article.blocks[1].kind = KH_BLOCK_HEADING;
    article.blocks[1].line = 4;
    article.blocks[1].is_verbatim = false;
    article.blocks[2].line = 10;
    write_records(scratch_path("r"), &article, 1);
    return records_of(scratch_path("r"));
}

Test(record, excerpts_say_where_they_stand)
{
    KH_AUTO(kh_records_free) kh_records *records = three_blocks();

    kh_excerpt title = excerpt_of(records, 0, 0, NULL, 0);
    expect_str(title.text, KH_STR("Über den Fluß."), "first sentence");
    cr_expect(eq(sz, title.bytes.start, 0));
    cr_expect(eq(sz, title.bytes.end, 16));
    cr_expect(eq(sz, title.chars.end, 14));
    cr_expect(eq(u32, title.line, 1));
    cr_expect(eq(u32, title.column, 1));
    expect_str(title.heading, KH_STR(""), "heading");

    kh_excerpt second = excerpt_of(records, 1, 1, NULL, 0);
    expect_str(second.text, KH_STR("Zwei Sätze."), "second sentence");
    cr_expect(eq(sz, second.bytes.start, 17));
    cr_expect(eq(sz, second.chars.start, 15));
    cr_expect(eq(sz, second.chars.end, 26));
    cr_expect(eq(u32, second.line, 1));
    cr_expect(eq(u32, second.column, 18));

    kh_excerpt heading = excerpt_of(records, 2, 2, NULL, 0);
    cr_expect(eq(u32, heading.line, 4));
    cr_expect(eq(u32, heading.column, 1));
    expect_str(heading.heading, KH_STR(""), "heading of the heading");

    kh_excerpt body = excerpt_of(records, 3, 99, NULL, 0);
    expect_str(body.text, KH_STR("First one here. Second\none there."), "body");
    expect_str(body.heading, KH_STR("A heading"), "heading of the body");
    cr_expect(eq(u32, body.line, 10));

    kh_excerpt across = excerpt_of(records, 1, 2, NULL, 0);
    expect_str(across.text, KH_STR("Zwei Sätze.\n\nA heading"), "across blocks");
}

Test(record, excerpts_highlight_units)
{
    KH_AUTO(kh_records_free) kh_records *records = three_blocks();
    const uint32_t positions[] = { 0, 2, 3, 6, 8, 11, 12, 400 };

    kh_excerpt title = excerpt_of(records, 0, 0, positions, 8);
    cr_assert(eq(sz, title.n_highlights, 2));
    cr_expect(eq(sz, title.highlights[0].start, 0));
    cr_expect(eq(sz, title.highlights[0].end, 5));
    cr_expect(eq(sz, title.highlights[1].start, 10));
    cr_expect(eq(sz, title.highlights[1].end, 15));

    kh_excerpt body = excerpt_of(records, 4, 4, positions, 8);
    expect_str(body.text, KH_STR("Second\none there."), "last sentence");
    cr_expect(eq(u32, body.line, 10));
    cr_expect(eq(u32, body.column, 17));
    cr_assert(eq(sz, body.n_highlights, 2));
    cr_expect(eq(sz, body.highlights[0].start, 7));
    cr_expect(eq(sz, body.highlights[0].end, 10));
    cr_expect(eq(sz, body.highlights[1].start, 11));
    cr_expect(eq(sz, body.highlights[1].end, 16));
}

Test(record, excerpts_of_no_sentence_are_an_error)
{
    KH_AUTO(kh_records_free) kh_records *records = three_blocks();
    kh_excerpt excerpt = { .line = 77 };
    kh_error err;
    kh_excerpt_request beyond = { 1, 5, 5, NULL, 0 };
    kh_excerpt_request turned = { 1, 2, 1, NULL, 0 };
    cr_expect(eq(int,
                 kh_record_excerpt(&excerpt, records, &beyond, scratch_arena(), &err),
                 KH_ERR_ARGUMENT));
    cr_expect(eq(int,
                 kh_record_excerpt(&excerpt, records, &turned, scratch_arena(), &err),
                 KH_ERR_ARGUMENT));
    cr_expect(eq(u32, excerpt.line, 77));
}
