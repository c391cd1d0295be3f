/* Articles come back from their records byte for byte, and so do their places. */
#include <pthread.h>
#include <stdlib.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/utf8.h"
#include "hard_article.h"
#include "made_records.h"
#include "plain_article.h"
#include "records.h"
#include "support/cut_articles.h"

TestSuite(record_frame);

#define RANGES 30u /* of sentences tried, an article */

static void expect_str(kh_str got, kh_str wanted, const char *what)
{
    cr_assert(kh_str_equal(got, wanted), "%s: '%.200s', not '%.200s'", what,
              got.len ? got.ptr : "", wanted.len ? wanted.ptr : "");
}

static void must(kh_status status, const kh_error *err)
{
    cr_assert(eq(int, (int)status, (int)KH_OK), "%s",
              status == KH_OK ? "" : err->message);
}

/* ---- excerpts ---- */

static kh_str without_end(kh_str text)
{
    while (text.len > 0 && memchr(" \t\r\n", text.ptr[text.len - 1], 4) != NULL)
        text.len--;
    return text;
}

static void expect_line(const kh_excerpt *excerpt, const plain_article *plain,
                        const plain_block *block, size_t start)
{
    uint32_t line = block->source->line;
    uint32_t column = line > 0;
    if (line > 0 && block->source->is_verbatim) {
        size_t begin = block->start;
        for (size_t at = block->start; at < start; at++)
            if (plain->text.ptr[at] == '\n') {
                line++;
                begin = at + 1;
            }
        column = (uint32_t)(start - begin) + 1;
    }
    cr_assert(eq(u32, excerpt->line, line));
    cr_assert(eq(u32, excerpt->column, column));
}

static void expect_heading(const kh_excerpt *excerpt, const plain_article *plain,
                           size_t block)
{
    kh_str heading = KH_STR("");
    for (size_t i = 0; i < block; i++)
        if (plain->blocks[i].source->kind == KH_BLOCK_HEADING)
            heading = without_end(plain->blocks[i].source->text);
    expect_str(excerpt->heading, heading, "heading");
}

/* The units that were asked for, cut to the excerpt, those that touch as one; others
 * passed over. */
static void expect_highlights(const kh_excerpt *excerpt, const plain_article *plain,
                              const kh_excerpt_request *request, size_t start,
                              size_t end)
{
    size_t n = 0;
    for (size_t i = 0; i < request->n_positions; i++) {
        if (request->positions[i] >= plain->n_units)
            continue;
        kh_span unit = plain->units[request->positions[i]];
        if (unit.start < start || unit.start >= end)
            continue;
        size_t before = i > 0 ? request->positions[i - 1] : SIZE_MAX;
        if (n > 0 && plain->units[before].end == unit.start) {
            cr_assert(le(sz, unit.end - start, excerpt->highlights[n - 1].end));
        } else {
            cr_assert(lt(sz, n, excerpt->n_highlights));
            cr_assert(eq(sz, excerpt->highlights[n].start, unit.start - start));
            n++;
        }
        bool goes_on = i + 1 < request->n_positions &&
                       request->positions[i + 1] < plain->n_units &&
                       plain->units[request->positions[i + 1]].start == unit.end;
        if (!goes_on)
            cr_assert(eq(sz, excerpt->highlights[n - 1].end, unit.end - start));
    }
    cr_assert(eq(sz, excerpt->n_highlights, n));
}

static void expect_excerpt(kh_records *records, const plain_article *plain,
                           const kh_excerpt_request *request, kh_arena *arena)
{
    kh_error err;
    kh_excerpt excerpt;
    must(kh_record_excerpt(&excerpt, records, request, arena, &err), &err);

    size_t last =
        request->last < plain->n_sentences ? request->last : plain->n_sentences - 1;
    size_t start = request->first > 0 ? plain->ends[request->first - 1] : 0;
    kh_str text = without_end(kh_str_slice(plain->text, start, plain->ends[last]));
    expect_str(excerpt.text, text, "text");
    cr_assert(eq(sz, excerpt.bytes.start, start));
    cr_assert(eq(sz, excerpt.bytes.end, start + text.len));
    cr_assert(eq(sz, excerpt.chars.start,
                 kh_utf8_count(kh_str_slice(plain->text, 0, start))));
    cr_assert(eq(sz, excerpt.chars.end - excerpt.chars.start, kh_utf8_count(text)));
    size_t block = 0;
    while (plain->blocks[block].end <= start)
        block++;
    expect_line(&excerpt, plain, &plain->blocks[block], start);
    expect_heading(&excerpt, plain, block);
    expect_highlights(&excerpt, plain, request, start, start + text.len);
}

static void expect_ranges(kh_records *records, const plain_article *plain,
                          uint32_t document, dice *d, kh_arena *arena)
{
    kh_excerpt_request all = { document, 0, UINT32_MAX, NULL, 0 };
    expect_excerpt(records, plain, &all, arena);
    uint32_t *positions =
        kh_arena_alloc(arena, (plain->n_units + 3) * sizeof(*positions));
    for (unsigned i = 0; i < RANGES; i++) {
        kh_excerpt_request request = { .document = document, .positions = positions };
        request.first = roll(d, (unsigned)plain->n_sentences);
        request.last = request.first + roll(d, 6);
        unsigned step = 1 + roll(d, 5);
        for (size_t u = roll(d, 3); u < plain->n_units + 3; u += 1 + roll(d, step))
            positions[request.n_positions++] = (uint32_t)u;
        expect_excerpt(records, plain, &request, arena);
    }
    kh_excerpt excerpt;
    kh_excerpt_request none = { document, (uint32_t)plain->n_sentences, UINT32_MAX,
                                NULL, 0 };
    cr_assert(eq(int, kh_record_excerpt(&excerpt, records, &none, arena, NULL),
                 KH_ERR_ARGUMENT));
}

/* ---- the outline and the values ---- */

static void expect_outline(kh_records *records, const plain_article *plain,
                           uint32_t document, kh_arena *arena)
{
    kh_outline_block *blocks;
    size_t n;
    kh_error err;
    must(kh_record_outline(&blocks, &n, records, document, arena, &err), &err);
    cr_assert(eq(sz, n, plain->n_blocks));
    for (size_t i = 0; i < n; i++) {
        const plain_block *wanted = &plain->blocks[i];
        cr_assert(eq(int, (int)blocks[i].kind, (int)wanted->source->kind));
        cr_assert(eq(u32, blocks[i].first_sentence, wanted->first_sentence));
        cr_assert(eq(u32, blocks[i].n_sentences, wanted->n_sentences));
        cr_assert(eq(u32, blocks[i].line, wanted->source->line), "block %zu", i);
    }
}

static void expect_date(const kh_date *got, const kh_date *wanted)
{
    KH_AUTO_BUF a;
    KH_AUTO_BUF b;
    kh_buf_init(&a, 100);
    kh_buf_init(&b, 100);
    kh_date_format(&a, got);
    kh_date_format(&b, wanted);
    expect_str(kh_buf_str(&a), kh_buf_str(&b), "date");
    cr_assert(eq(u32, kh_date_pack(got), kh_date_pack(wanted)));
}

static void expect_lists(const kh_article *got, const kh_article *wanted)
{
    cr_assert(eq(sz, got->n_authors, wanted->n_authors));
    for (size_t i = 0; i < got->n_authors; i++)
        expect_str(got->authors[i], wanted->authors[i], "author");
    cr_assert(eq(sz, got->n_tags, wanted->n_tags));
    for (size_t i = 0; i < got->n_tags; i++) {
        expect_str(got->tags[i].name, wanted->tags[i].name, "tag");
        cr_assert(eq(int, (int)got->tags[i].origin, (int)wanted->tags[i].origin));
        float apart = got->tags[i].confidence - wanted->tags[i].confidence;
        cr_assert(apart < 0.0001F && apart > -0.0001F);
    }
}

static void expect_article(kh_records *records, const plain_article *plain,
                           uint32_t document, kh_arena *arena)
{
    const kh_article *wanted = plain->article;
    kh_article got;
    uint32_t n_words;
    kh_error err;
    must(kh_record_article(&got, &n_words, records, document, arena, &err), &err);
    const struct {
        const char *what;
        kh_str got;
        kh_str wanted;
    } texts[] = {
        { "id", got.id, wanted->id },
        { "title", got.title, wanted->title },
        { "deck", got.deck, wanted->deck },
        { "place", got.place, wanted->place },
        { "source", got.source, wanted->source },
        { "section", got.section, wanted->section },
        { "lang", got.lang, wanted->lang },
        { "lang tag", got.lang_tag, wanted->lang_tag },
        { "url", got.url, wanted->url },
        { "raw tags", got.raw_tags, wanted->raw_tags },
        { "input", got.input, wanted->input },
        { "path", got.path, wanted->path },
        { "member", got.member, wanted->member },
        { "format", kh_str_from(got.format), kh_str_from(wanted->format) },
    };
    for (size_t i = 0; i < KH_COUNT_OF(texts); i++)
        expect_str(texts[i].got, texts[i].wanted, texts[i].what);
    expect_lists(&got, wanted);
    expect_date(&got.date, &wanted->date);
    expect_date(&got.updated, &wanted->updated);
    cr_assert(eq(u32, got.record, wanted->record));
    cr_assert(eq(int, got.has_own_id, wanted->has_own_id));
    cr_assert(eq(u32, n_words, (uint32_t)plain->n_units));
    kh_record_head head = kh_record_head_of(records, document);
    cr_assert(eq(u64, head.key, kh_article_key(wanted->id)));
    cr_assert(eq(u64, head.text, kh_article_text_hash(wanted)));
    cr_assert(eq(u32, head.length, document - 1));
    cr_assert(eq(u32, head.date, kh_date_pack(&wanted->date)));
}

/* Returns how many articles are of a language without a number. */
static uint32_t expect_all_back(uint32_t n, unsigned n_filler, uint64_t seed)
{
    dice d = { seed };
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_article *articles = kh_arena_alloc(arena, n * sizeof(*articles));
    for (uint32_t i = 0; i < n; i++)
        articles[i] = hard_article(&d, i, arena);

    kh_records *records = made_records(articles, n, n_filler);

    kh_error err;
    uint32_t n_other = 0;
    for (uint32_t i = 0; i < n; i++) {
        kh_stream stream;
        must(kh_records_stream(&stream, records, i + 1, &err), &err);
        n_other += stream.lang == KH_LANG_OTHER;
        plain_article plain = plain_article_of(&articles[i], arena);
        expect_ranges(records, &plain, i + 1, &d, arena);
        expect_outline(records, &plain, i + 1, arena);
        expect_article(records, &plain, i + 1, arena);
    }
    must(kh_records_check(records, 1, NULL, &err), &err);
    made_records_free(records);
    return n_other;
}

Test(record_frame, gives_back_one_article)
{
    for (uint64_t seed = 1; seed <= 20; seed++)
        cr_expect(eq(u32, expect_all_back(1, 0, seed), 0));
}

Test(record_frame, gives_back_three_articles)
{
    for (uint64_t seed = 1; seed <= 10; seed++)
        cr_expect(eq(u32, expect_all_back(3, 0, 100 + seed), 0));
}

Test(record_frame, gives_back_many_articles_of_more_languages_than_have_numbers,
     .timeout = 100)
{
    cr_expect(gt(u32, expect_all_back(200, 0, 1000), 0));
}

Test(record_frame, gives_back_articles_of_long_codes, .timeout = 100)
{
    cr_expect(eq(u32, expect_all_back(100, 20000, 2000), 0));
}

/* ---- batches ---- */

/* How articles are cut and packed. */
typedef struct way {
    size_t batch;
    size_t n_cutters;
    size_t n_packers;
} way;

/* Packs every n-th article from the first on. */
typedef struct packing {
    const cut_articles *cut;
    kh_record_packer *packer;
    kh_buf *packed; /* of each article */
    size_t first;
    size_t step;
    kh_status status;
} packing;

static void *pack(void *data)
{
    packing *p = data;
    kh_error err;
    for (size_t i = p->first; i < p->cut->n && p->status == KH_OK; i += p->step) {
        kh_record_source source = cut_source(p->cut, i);
        source.length = (uint32_t)i;
        p->status = kh_record_pack(p->packer, &source, &p->packed[i], &err);
    }
    return NULL;
}

#define PACKERS_MAX 3

/* Pack in threads; several documents are added at once. */
static void write_in_threads(const cut_articles *cut, const char *folder, size_t n)
{
    kh_error err;
    kh_record_writer *writer = cut_writer(cut, folder);
    kh_buf *packed = kh_alloc((cut->n + 1) * sizeof(kh_buf));
    for (size_t i = 0; i < cut->n; i++)
        kh_buf_init(&packed[i], KH_BUF_MAX);
    packing packings[PACKERS_MAX];
    pthread_t threads[PACKERS_MAX];
    for (size_t i = 0; i < n; i++) {
        packings[i] = (packing){ .cut = cut, .packed = packed, .first = i, .step = n };
        must(kh_record_packer_open(&packings[i].packer, writer, &err), &err);
        cr_assert(eq(int, pthread_create(&threads[i], NULL, pack, &packings[i]), 0));
    }
    for (size_t i = 0; i < n; i++) {
        pthread_join(threads[i], NULL);
        cr_assert(eq(int, (int)packings[i].status, (int)KH_OK));
        kh_record_packer_free(packings[i].packer);
    }
    KH_AUTO_BUF some;
    kh_buf_init(&some, KH_BUF_MAX);
    for (size_t i = 0; i < cut->n; i++) {
        kh_buf_add(&some, kh_buf_str(&packed[i]));
        kh_buf_release(&packed[i]);
        if (i % 5 != 0 && i + 1 < cut->n)
            continue;
        must(kh_record_writer_add(writer, kh_buf_str(&some), &err), &err);
        kh_buf_reset(&some);
    }
    kh_free(packed);
    must(kh_record_writer_close(writer, &err), &err);
}

static void write_by_way(char *folder, const kh_article *articles, size_t n, way w)
{
    cr_assert(ne(ptr, mkdtemp(folder), NULL));
    cut_articles *cut = cut_articles_open_in_turn(articles, n, w.batch, w.n_cutters);
    if (w.n_packers == 1)
        cut_write(cut, folder);
    else
        write_in_threads(cut, folder, w.n_packers);
    cut_articles_free(cut);
}

static void expect_same_file(const char *a, const char *b, const char *name)
{
    kh_map maps[2];
    const char *folders[] = { a, b };
    for (size_t i = 0; i < 2; i++) {
        KH_AUTO_BUF path;
        kh_buf_init(&path, KH_BUF_MAX);
        kh_path_join(&path, folders[i], name);
        kh_error err;
        must(kh_map_open(&maps[i], kh_buf_text(&path), &err), &err);
    }
    cr_assert(eq(sz, maps[0].len, maps[1].len), "%s", name);
    cr_assert(eq(int, memcmp(maps[0].ptr, maps[1].ptr, maps[0].len), 0), "%s", name);
    for (size_t i = 0; i < 2; i++)
        kh_map_close(&maps[i]);
}

Test(record_frame, is_the_same_bytes_whatever_the_batches_and_threads, .timeout = 100)
{
    static const char *const names[] = { "words", "codes",   "rest", "places",
                                         "keys",  "lengths", "signs" };
    enum { n_articles = 220 };
    dice d = { 3000 };
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    static kh_article articles[n_articles];
    for (unsigned i = 0; i < n_articles; i++)
        articles[i] = hard_article(&d, i, arena);

    static const way ways[] = { { 1, 1, 1 },         { 7, 1, 1 }, { n_articles, 1, 1 },
                                { 7, 2, 1 },         { 7, 3, 2 }, { 40, 2, 3 },
                                { n_articles, 1, 2 } };
    char folders[KH_COUNT_OF(ways)][40];
    for (size_t i = 0; i < KH_COUNT_OF(ways); i++) {
        strcpy(folders[i], "/tmp/khabar-frame-XXXXXX");
        write_by_way(folders[i], articles, n_articles, ways[i]);
    }

    for (size_t i = 1; i < KH_COUNT_OF(ways); i++)
        for (size_t k = 0; k < KH_COUNT_OF(names); k++)
            expect_same_file(folders[0], folders[i], names[k]);
    for (size_t i = 0; i < KH_COUNT_OF(ways); i++)
        cr_expect(eq(int, kh_folder_remove(folders[i], NULL), KH_OK));
}

Test(record_frame, is_not_made_of_damaged_packed_articles)
{
    dice d = { 31 };
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_article article = hard_article(&d, 0, arena);
    char folder[] = "/tmp/khabar-frame-XXXXXX";
    cr_assert(ne(ptr, mkdtemp(folder), NULL));
    cut_articles *cut = cut_articles_open(&article, 1, 1);
    KH_AUTO(kh_record_writer_free) kh_record_writer *writer = cut_writer(cut, folder);
    kh_error err;
    KH_AUTO(kh_record_packer_free) kh_record_packer *packer = NULL;
    must(kh_record_packer_open(&packer, writer, &err), &err);
    KH_AUTO_BUF packed;
    kh_buf_init(&packed, KH_BUF_MAX);
    kh_record_source source = cut_source(cut, 0);
    must(kh_record_pack(packer, &source, &packed, &err), &err);

    for (size_t len = 1; len < packed.len; len++) {
        kh_status status =
            kh_record_writer_add(writer, kh_str_make(packed.ptr, len), &err);
        cr_assert(eq(int, (int)status, (int)KH_ERR_CORRUPT), "%zu", len);
    }
    cr_expect(eq(u64, kh_record_writer_text_bytes(writer), 0));

    cut_articles_free(cut);
    cr_expect(eq(int, kh_folder_remove(folder, NULL), KH_OK));
}
