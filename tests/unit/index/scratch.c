/* scratch - see scratch.h. */
#include "scratch.h"
#include "base/table.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "article/fields.h"
#include "article/tags.h"
#include "base/alloc.h"
#include "base/file.h"
#include "support/made_content.h"
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

/* Where a segment's terms and spellings are collected. */
typedef struct collecting {
    kh_inversion *terms;
    kh_counts *spellings;
    uint64_t article; /* from 0 */
    uint32_t length;
} collecting;

static void add_posting(collecting *to, kh_str term, uint32_t wdf)
{
    kh_inversion_add(to->terms, kh_inversion_term(to->terms, term, kh_table_hash(term)),
                     to->article, wdf);
    to->length += wdf;
}

static void add_spelling(collecting *to, const kh_spelling *spelling)
{
    KH_AUTO_BUF key;
    kh_buf_init(&key, KH_BUF_MAX);
    if (!kh_spelling_key(&key, spelling))
        return;
    kh_str text = kh_buf_str(&key);
    kh_counts_add(to->spellings,
                  kh_counts_text(to->spellings, text, kh_table_hash(text)),
                  (uint32_t)to->article + 1);
}

static void add_text(collecting *to, const kh_language *language, kh_str text,
                     unsigned weight)
{
    kh_analyser *analyser = analyser_for(language);
    kh_analyser_reset(analyser, text, 0);
    kh_token token;
    while (kh_analyser_next(analyser, &token)) {
        const kh_lexeme *lexeme = token.lexeme;
        if (lexeme->term.len == 0)
            continue;
        add_posting(to, lexeme->term, weight);
        if (token.kind == KH_TOKEN_PAIR)
            continue;
        kh_spelling spelling = {
            .form = lexeme->form,
            .folded = lexeme->folded,
            .lang = kh_str_from(language->stemmer ? language->code : ""),
            .term = lexeme->term,
            .is_compound = token.kind == KH_TOKEN_COMPOUND,
        };
        add_spelling(to, &spelling);
    }
}

static void add_field(collecting *to, kh_field field, kh_str value)
{
    KH_AUTO_BUF term;
    kh_buf_init(&term, KH_BUF_MAX);
    kh_field_term(&term, field, value);
    add_posting(to, kh_buf_str(&term), 0);
}

/* Tag i, if none before it has its normal form. */
static void add_tag(collecting *to, const kh_tag *tags, size_t i)
{
    KH_AUTO_BUF normal;
    KH_AUTO_BUF term;
    kh_buf_init(&normal, KH_BUF_MAX);
    kh_buf_init(&term, KH_BUF_MAX);
    kh_str name = tags[i].name;
    for (size_t k = 0; k < i; k++) {
        kh_buf_reset(&normal);
        kh_tag_normalise(&normal, tags[k].name);
        kh_tag_normalise(&term, name);
        if (kh_str_equal(kh_buf_str(&normal), kh_buf_str(&term)))
            return;
        kh_buf_reset(&term);
    }
    kh_buf_reset(&normal);
    kh_tag_normalise(&normal, name);
    add_field(to, KH_FIELD_TAG, kh_buf_str(&normal));
    kh_tag_name_term(&term, kh_buf_str(&normal), name);
    add_posting(to, kh_buf_str(&term), 0);
}

static void add_article(collecting *to, const kh_record_source *source)
{
    const kh_article *article = source->article;
    const kh_language *language = kh_language_find(article->lang);
    to->length = 0;
    for (size_t i = 0; i < article->n_blocks; i++)
        add_text(to, language, article->blocks[i].text, 1);
    char text[KH_KEY_CHARS + 1];
    kh_article_key_text(text, source->key);
    add_field(to, KH_FIELD_ID, kh_str_from(text));
    for (size_t i = 0; i < article->n_tags; i++)
        add_tag(to, article->tags, i);
}

/* Codes with a stemmer, sorted. */
static size_t languages_of(kh_str *out, const kh_article *articles, size_t n_articles)
{
    size_t n = 0;
    size_t n_rows;
    const kh_language *rows = kh_language_table(&n_rows);
    for (size_t i = 0; i < n_rows; i++) {
        bool occurs = false;
        for (size_t k = 0; k < n_articles; k++)
            occurs |= kh_language_find(articles[k].lang) == &rows[i];
        size_t at = n;
        if (!occurs || rows[i].stemmer == NULL)
            continue;
        for (; at > 0 && kh_str_compare(out[at - 1], kh_str_from(rows[i].code)) > 0;
             at--)
            out[at] = out[at - 1];
        out[at] = kh_str_from(rows[i].code);
        n++;
    }
    return n;
}

static kh_str fingerprint(void)
{
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    kh_fingerprint_write(&text, NULL, 0);
    return kh_arena_copy(arena, kh_buf_str(&text));
}

/* Terms and spellings of all as runs; the lengths go into the sources. */
static void collect_all(made_content *made, kh_record_source *sources, size_t n)
{
    kh_error err;
    const char *runs[] = { scratch_path("run.terms"), scratch_path("run.spellings") };
    collecting to = { kh_inversion_open(), kh_counts_open(), 0, 0 };
    for (; to.article < n; to.article++) {
        add_article(&to, &sources[to.article]);
        sources[to.article].length = to.length;
        made_document(made, to.length,
                      kh_date_pack(&sources[to.article].article->date));
    }
    must(kh_inversion_spill(to.terms, runs[0], &err), &err);
    must(kh_counts_spill(to.spellings, runs[1], &err), &err);
    kh_inversion_free(to.terms);
    kh_counts_free(to.spellings);
    made->terms[made->n_terms++] = runs[0];
    made->spellings[made->n_spellings++] = runs[1];
}

void write_articles(const char *path, const kh_article *articles, size_t n)
{
    kh_error err;
    kh_segment_writer *writer;
    cut_articles *cut = cut_articles_open(articles, n, 8);
    must(kh_segment_writer_open(&writer, path, fingerprint(), cut->numbers, &err),
         &err);
    kh_record_writer *records = kh_segment_writer_records(writer);
    kh_record_source *sources = kh_alloc((n + 1) * sizeof(kh_record_source));
    made_content made = { .languages = kh_alloc(64 * sizeof(kh_str)) };
    made.n_languages = languages_of(made.languages, articles, n);
    for (size_t i = 0; i < n; i++)
        sources[i] = cut_source(cut, i);
    collect_all(&made, sources, n);
    must(kh_record_writer_begin(records, NULL, &err), &err);
    made_records(records, sources, n);
    made_postings(&made, writer, KH_MAKER_DIRECT);
    must(kh_segment_writer_close(writer, NULL, &err), &err);
    kh_free(made.languages);
    made_content_release(&made);
    kh_free(sources);
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
