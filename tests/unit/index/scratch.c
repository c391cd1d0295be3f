/* scratch - see scratch.h. */
#include "scratch.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "article/fields.h"
#include "article/tags.h"
#include "base/alloc.h"
#include "base/file.h"
#include "text/analysis.h"

static char folder[64];
static kh_arena *arena;

void scratch_open(void)
{
    snprintf(folder, sizeof(folder), "/tmp/khabar-index-XXXXXX");
    cr_assert(ne(ptr, mkdtemp(folder), NULL));
    arena = kh_arena_open();
}

void scratch_free(void)
{
    kh_arena_free(arena);
    cr_expect(eq(int, kh_folder_remove(folder, NULL), KH_OK));
}

kh_arena *scratch_arena(void)
{
    return arena;
}

const char *scratch_path(const char *name)
{
    static char paths[8][256];
    static unsigned next;
    char *path = paths[next++ % 8];
    snprintf(path, sizeof(paths[0]), "%s/%s", folder, name);
    return path;
}

kh_str scratch_read(const char *path)
{
    KH_AUTO_BUF content;
    kh_buf_init(&content, KH_BUF_MAX);
    kh_error err;
    must(kh_file_read(&content, path, KH_BUF_MAX, &err), &err);
    return kh_arena_copy(arena, kh_buf_str(&content));
}

void scratch_write(const char *path, kh_str content)
{
    FILE *file = fopen(path, "wb");
    cr_assert(ne(ptr, file, NULL));
    cr_assert(eq(sz, fwrite(content.ptr, 1, content.len, file), content.len));
    cr_assert(eq(int, fclose(file), 0));
}

void must(kh_status status, const kh_error *err)
{
    cr_assert(eq(int, status, KH_OK), "%s", status == KH_OK ? "" : err->message);
}

kh_str printed(const char *format, ...)
{
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    va_list args;
    va_start(args, format);
    kh_buf_vprintf(&text, format, args);
    va_end(args);
    return kh_arena_copy(arena, kh_buf_str(&text));
}

static const char *const titles[][3] = {
    { "River talks are back on the table",
      "The two sides will meet next week, officials said. Nobody named a place.",
      "Water was cut off in May; 1,000 farms near Shangri-La went dry." },
    { "Vuelven las conversaciones sobre el río",
      "La educación del año, según el señor Núñez. ¿Quién paga? Nadie.",
      "El tratado de aguas sigue en pie." },
    { "नदी पर बातचीत फिर शुरू", "दोनों पक्ष अगले हफ़्ते मिलेंगे। जगह तय नहीं है।",
      "पानी मई में बंद हुआ था।" },
};

static const char *const tag_names[] = { "Indus Waters Treaty", "Shangri-La Dialogue",
                                         "ceasefire 2025", "río", "Ada Roy" };

kh_article sample_article(unsigned i)
{
    static const char *const langs[] = { "en", "es", "hi" };
    const char *const *texts = titles[i % 3];
    kh_block *blocks = kh_arena_alloc(arena, 5 * sizeof(blocks[0]));
    kh_article article = { 0 };
    article.id = printed("https://example.org/%u", i);
    article.has_own_id = true;
    article.url = article.id;
    article.title = printed("%s %u", texts[0], i);
    article.lang = kh_str_from(langs[i % 3]);
    article.source = KH_STR("Daily Express");
    article.section = KH_STR("World");
    article.place = KH_STR("Delhi");
    article.authors = kh_arena_alloc(arena, 2 * sizeof(article.authors[0]));
    article.authors[0] = KH_STR("Ada Roy");
    article.authors[1] = printed("Writer %u", i % 4);
    article.n_authors = 2;
    if (i % 5 != 0)
        article.date = (kh_date){ .year = 2020 + (int)(i % 6),
                                  .month = (uint8_t)(1 + i % 12),
                                  .day = (uint8_t)(1 + i % 28),
                                  .precision = KH_DATE_DAY };
    article.tags = kh_arena_alloc(arena, 2 * sizeof(article.tags[0]));
    article.n_tags = 2;
    article.tags[0] = (kh_tag){ kh_str_from(tag_names[i % 5]), KH_TAG_LISTED, 1 };
    article.tags[1] =
        (kh_tag){ kh_str_from(tag_names[(i + 2) % 5]), KH_TAG_CUT, 0.75F };
    article.raw_tags = KH_STR("glued linehere");
    article.input = KH_STR("/srv/archive");
    article.path = printed("/srv/archive/%u.jsonl", i / 10);
    article.record = i % 10 + 1;
    article.format = "jsonl";

    blocks[0] = (kh_block){ KH_BLOCK_TITLE, article.title, 1, 0, true };
    blocks[1] = (kh_block){ KH_BLOCK_PARAGRAPH, kh_str_from(texts[1]), 3, 40, true };
    blocks[2] =
        (kh_block){ KH_BLOCK_HEADING, KH_STR("What happens next"), 5, 200, i % 2 == 0 };
    blocks[3] = (kh_block){ KH_BLOCK_PARAGRAPH, kh_str_from(texts[2]), 7, 260, true };
    blocks[4] = (kh_block){ KH_BLOCK_PARAGRAPH, printed("Number %u ends it.", i), 9,
                            400, true };
    article.blocks = blocks;
    article.n_blocks = i % 4 == 3 ? 4 : 5;
    return article;
}

kh_article article_of(const char *lang, const char *const *paragraphs)
{
    static unsigned next;
    kh_article article = { 0 };
    article.id = printed("made-%u", next++);
    article.lang = kh_str_from(lang);
    article.format = "text";
    size_t n = 0;
    while (paragraphs[n])
        n++;
    article.blocks = kh_arena_alloc(arena, n * sizeof(article.blocks[0]));
    article.n_blocks = n;
    for (size_t i = 0; i < n; i++)
        article.blocks[i] =
            (kh_block){ KH_BLOCK_PARAGRAPH,
                        kh_arena_copy(arena, kh_str_from(paragraphs[i])),
                        (uint32_t)(2 * i + 1), 100 * i, true };
    return article;
}

/* Postings of one article: terms with their wdf, sorted so that equal ones meet. */
typedef struct postings {
    kh_posting *items;
    size_t n;
    size_t capacity;
} postings;

static void add_posting(postings *list, kh_str term, uint32_t wdf)
{
    KH_PUSH(list->items, list->n, list->capacity) =
        (kh_posting){ kh_arena_copy(arena, term), wdf };
}

static int compare_postings(const void *a, const void *b)
{
    return kh_str_compare(((const kh_posting *)a)->term, ((const kh_posting *)b)->term);
}

static void merge_postings(postings *list)
{
    qsort(list->items, list->n, sizeof(list->items[0]), compare_postings);
    size_t kept = 0;
    for (size_t i = 1; i < list->n; i++) {
        if (kh_str_equal(list->items[kept].term, list->items[i].term))
            list->items[kept].wdf += list->items[i].wdf;
        else
            list->items[++kept] = list->items[i];
    }
    list->n = list->n > 0 ? kept + 1 : 0;
}

/* One analyser a language, for the whole program. */
static kh_analyser *analyser_for(const kh_language *language)
{
    static kh_analyser *analysers[64];
    kh_analyser **slot = &analysers[kh_language_number(language)];
    kh_error err;
    if (!*slot)
        must(kh_analyser_open(slot, language, &err), &err);
    return *slot;
}

static void add_text(postings *list, kh_vocabulary_writer *vocabulary,
                     const kh_language *language, kh_str text, unsigned weight)
{
    kh_analyser *analyser = analyser_for(language);
    kh_analyser_reset(analyser, text, 0);
    kh_token token;
    while (kh_analyser_next(analyser, &token)) {
        const kh_lexeme *lexeme = token.lexeme;
        if (lexeme->term.len == 0)
            continue;
        add_posting(list, lexeme->term, weight);
        if (token.kind == KH_TOKEN_PAIR)
            continue;
        kh_spelling spelling = {
            .form = lexeme->form,
            .folded = lexeme->folded,
            .lang = kh_str_from(language->stemmer ? language->code : ""),
            .term = lexeme->term,
            .n_documents = 1,
            .is_compound = token.kind == KH_TOKEN_COMPOUND,
        };
        kh_vocabulary_writer_add(vocabulary, &spelling);
    }
}

static void add_field(postings *list, kh_field field, kh_str value)
{
    KH_AUTO_BUF term;
    kh_buf_init(&term, KH_BUF_MAX);
    kh_field_term(&term, field, value);
    add_posting(list, kh_buf_str(&term), 0);
}

static void segment_add(kh_segment_writer *writer, const kh_record_source *source)
{
    const kh_article *article = source->article;
    postings list = { 0 };
    kh_vocabulary_writer *vocabulary = kh_segment_writer_vocabulary(writer);
    const kh_language *language = kh_language_find(article->lang);
    for (size_t i = 0; i < article->n_blocks; i++)
        add_text(&list, vocabulary, language, article->blocks[i].text, 1);

    char text[KH_KEY_CHARS + 1];
    kh_article_key_text(text, source->key);
    add_field(&list, KH_FIELD_ID, kh_str_from(text));
    for (size_t i = 0; i < article->n_tags; i++) {
        KH_AUTO_BUF normal;
        kh_buf_init(&normal, KH_BUF_MAX);
        kh_tag_normalise(&normal, article->tags[i].name);
        add_field(&list, KH_FIELD_TAG, kh_buf_str(&normal));
    }
    merge_postings(&list);

    kh_error err;
    must(kh_segment_writer_add(writer, source, list.items, list.n, &err), &err);
    kh_free(list.items);
}

static kh_str fingerprint(void)
{
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    kh_fingerprint_write(&text, NULL, 0);
    return kh_arena_copy(arena, kh_buf_str(&text));
}

void write_articles(const char *path, const kh_article *articles, size_t n)
{
    kh_error err;
    kh_segment_writer *writer;
    cut_articles *cut = cut_articles_open(articles, n, 8);
    must(kh_segment_writer_open(&writer, path, fingerprint(), cut->numbers, &err),
         &err);
    for (size_t i = 0; i < n; i++) {
        kh_record_source source = cut_source(cut, i);
        segment_add(writer, &source);
    }
    must(kh_segment_writer_close(writer, NULL, &err), &err);
    cut_articles_free(cut);
}

void write_segment(const char *path, sample_pick pick)
{
    kh_article articles[SAMPLES];
    size_t n = 0;
    for (unsigned i = 0; i < SAMPLES; i++)
        if (!pick || pick(i))
            articles[n++] = sample_article(i);
    write_articles(path, articles, n);
}

void write_records(const char *path, const kh_article *articles, size_t n)
{
    kh_error err;
    must(kh_folder_make(path, &err), &err);
    cut_articles *cut = cut_articles_open(articles, n, 7);
    cut_write(cut, path);
    cut_articles_free(cut);
}

kh_records *records_of(const char *path)
{
    kh_error err;
    kh_records *records;
    must(kh_records_open(&records, path, &err), &err);
    return records;
}

kh_manifest manifest_of(uint32_t number, kh_str *segments, size_t n,
                        uint32_t n_articles)
{
    kh_manifest manifest = { 0 };
    manifest.number = number;
    manifest.built_at = (int64_t)time(NULL);
    manifest.fingerprint = fingerprint();
    manifest.versions = KH_STR("test");
    manifest.segments = segments;
    manifest.n_segments = n;
    manifest.n_articles = n_articles;
    manifest.phases = KH_STR("{\"read\":1}");
    return manifest;
}

kh_str index_segment(const char *index, const char *uuid, sample_pick pick)
{
    kh_str path = printed("%s/segments/%s", index, uuid);
    write_segment(path.ptr, pick);
    return kh_arena_copy(arena, kh_str_from(uuid));
}
