/* make_index - small real indexes for tests, made the way khabar-index makes them. */
#include "make_index.h"

#include <stdio.h>
#include <stdlib.h>

#include "article/fields.h"
#include "base/file.h"
#include "indexer/facts.h"
#include "indexer/invert.h"
#include "indexer/spooled.h"
#include "made_content.h"
#include "text/analysis.h"

static void must(kh_status status, const kh_error *err)
{
    cr_assert(eq(int, (int)status, (int)KH_OK), "%s",
              status == KH_OK ? "" : err->message);
}

const char *made_folder(void)
{
    char *folder = strdup("/tmp/khabar-test-XXXXXX");
    cr_assert(mkdtemp(folder) != NULL);
    return folder;
}

void made_remove(const char *folder)
{
    kh_error err;
    must(kh_folder_remove(folder, &err), &err);
    free((void *)folder);
}

static void add_block(kh_arena *arena, kh_article *article, size_t *capacity,
                      kh_block_kind kind, kh_str text)
{
    article->blocks = kh_arena_grow(arena, article->blocks, article->n_blocks, capacity,
                                    sizeof(kh_block));
    uint32_t line = 2 * (uint32_t)article->n_blocks + 1;
    article->blocks[article->n_blocks++] =
        (kh_block){ kind, text, line, 100 * (uint64_t)line, true };
}

static kh_article article_of(const made_article *made, const char *id_prefix,
                             kh_arena *arena)
{
    kh_article article = { .title = kh_str_from(made->title),
                           .input = KH_STR("/made"),
                           .format = "text",
                           .has_own_id = true };
    kh_article_set_lang(&article, kh_str_from(made->lang));
    article.id = kh_arena_printf(arena, "%s%s", id_prefix, made->id);
    article.path = kh_arena_printf(arena, "/made/%s%s.txt", id_prefix, made->id);
    size_t capacity = 0;
    if (article.title.len > 0)
        add_block(arena, &article, &capacity, KH_BLOCK_TITLE, article.title);
    kh_str rest = kh_str_from(made->body);
    kh_str text;
    while (kh_str_line(&rest, &text)) {
        bool is_heading = kh_str_starts(text, KH_STR("# "));
        add_block(arena, &article, &capacity,
                  is_heading ? KH_BLOCK_HEADING : KH_BLOCK_PARAGRAPH,
                  kh_str_slice(text, is_heading ? 2 : 0, text.len));
    }
    kh_str tags = kh_str_from(made->tags);
    article.tags = kh_arena_alloc(arena, (tags.len + 1) * sizeof(kh_tag));
    while (tags.len > 0) {
        size_t bar = kh_str_find(tags, KH_STR("|"), 0);
        article.tags[article.n_tags++] =
            (kh_tag){ kh_str_slice(tags, 0, bar), KH_TAG_LISTED, 1 };
        tags = kh_str_slice(tags, bar < tags.len ? bar + 1 : bar, tags.len);
    }
    if (made->date != NULL && made->date[0] != '\0')
        cr_assert(kh_date_parse(&article.date, kh_str_from(made->date),
                                kh_language_neutral()) != 0,
                  "%s", made->date);
    return article;
}

typedef struct making {
    const char *folder;
    kh_arena *arena;
    kh_inverter_plan plan;
    kh_inverter *inverter;
    made_content content;
    kh_spooled *waiting; /* inverted, waiting for their segment; in the arena */
    size_t n_waiting;
    size_t waiting_capacity;
    kh_str segment; /* path */
    kh_buf dead;
    kh_manifest manifest;
} making;

static void open_segment(making *m)
{
    char name[37];
    kh_segment_name(name);
    size_t n = m->manifest.n_segments++;
    m->manifest.segments[n] = kh_arena_copy(m->arena, kh_str_from(name));
    m->segment = kh_arena_printf(m->arena, "%s/segments/%s", m->folder, name);
    m->n_waiting = 0;
    kh_error err;
    m->plan = (kh_inverter_plan){ .folder = m->folder,
                                  .number = (uint32_t)n,
                                  .memory_bytes = (uint64_t)1 << 30,
                                  .runs_max = 100 };
    must(kh_inverter_open(&m->inverter, &m->plan, &err), &err);
    kh_buf_reset(&m->dead);
}

static void add_article(making *m, const made_article *made, bool is_dead)
{
    kh_article article = article_of(made, is_dead ? "dead-" : "", m->arena);
    KH_AUTO_BUF piece;
    KH_AUTO_BUF bytes;
    kh_buf_init(&piece, KH_BUF_MAX);
    kh_buf_init(&bytes, KH_BUF_MAX);
    kh_error err;
    must(kh_invert(m->inverter, &article, m->n_waiting, &piece, &bytes, &err), &err);
    kh_facts facts;
    kh_cursor cursor = kh_cursor_of(kh_buf_str(&bytes));
    must(kh_facts_read(&facts, &cursor, m->arena, &err), &err);
    made_document(&m->content, facts.length, facts.date);

    cursor = kh_cursor_of(kh_arena_copy(m->arena, kh_buf_str(&piece)));
    if (m->n_waiting % 8 == 0)
        kh_buf_add_char(&m->dead, 0);
    if (is_dead)
        m->dead.ptr[m->dead.len - 1] |= (char)(1 << (m->n_waiting % 8));
    else
        m->manifest.n_articles++;
    m->waiting = kh_arena_grow(m->arena, m->waiting, m->n_waiting, &m->waiting_capacity,
                               sizeof(kh_spooled));
    must(kh_spooled_read(&m->waiting[m->n_waiting++], &cursor, m->arena, &err), &err);
}

/* ---- a segment ---- */

static int by_key(const void *a, const void *b)
{
    uint64_t x = ((const uint64_t *)a)[0];
    uint64_t y = ((const uint64_t *)b)[0];
    return x < y ? -1 : x > y;
}

/* The run of Q terms. */
static const char *write_ids(making *m)
{
    uint64_t(*keys)[2] = kh_arena_alloc(m->arena, (m->n_waiting + 1) * sizeof(*keys));
    for (size_t i = 0; i < m->n_waiting; i++) {
        keys[i][0] = kh_article_key(m->waiting[i].article.id);
        keys[i][1] = i;
    }
    qsort(keys, m->n_waiting, sizeof(*keys), by_key);
    kh_error err;
    kh_run_writer *writer = NULL;
    const char *path = kh_arena_printf(m->arena, "%s/ids", m->folder).ptr;
    must(kh_run_writer_open(&writer, path, &err), &err);
    for (size_t i = 0; i < m->n_waiting; i++) {
        KH_AUTO_BUF term;
        kh_buf_init(&term, KH_BUF_MAX);
        char letters[KH_KEY_CHARS + 1];
        kh_article_key_text(letters, keys[i][0]);
        kh_field_term(&term, KH_FIELD_ID, kh_str_from(letters));
        kh_run_writer_term(writer, kh_buf_str(&term));
        kh_run_writer_add(writer, keys[i][1], 0);
    }
    must(kh_run_writer_close(writer, &err), &err);
    return path;
}

static void add_runs(making *m, kh_numbers *numbers)
{
    size_t n_runs = 0;
    size_t n_batches = 0;
    const char *const *run = kh_inverter_runs(m->inverter, &n_runs);
    const kh_inverter_batch_files *batch = kh_inverter_batches(m->inverter, &n_batches);
    cr_assert(eq(sz, n_runs, 1));
    cr_assert(eq(sz, n_batches, 1));
    m->content.terms[m->content.n_terms++] = *run;
    m->content.terms[m->content.n_terms++] = write_ids(m);
    m->content.spellings[m->content.n_spellings++] = batch->spellings;
    (void)kh_numbers_add(numbers, batch->words);
    bool has_pairs = false;
    kh_error err;
    must(kh_numbers_choose(numbers, &has_pairs, &err), &err);
    for (size_t i = 0; i < m->n_waiting && has_pairs; i++)
        kh_numbers_sample(numbers, m->waiting[i].cut);
    kh_numbers_finish(numbers);
}

static void write_records(making *m, kh_record_writer *records, const kh_batch *batch)
{
    kh_error err;
    kh_record_source *sources =
        kh_arena_alloc(m->arena, (m->n_waiting + 1) * sizeof(*sources));
    for (size_t i = 0; i < m->n_waiting; i++) {
        const kh_spooled *w = &m->waiting[i];
        sources[i] = (kh_record_source){ .article = &w->article,
                                         .cuts = { { batch, w->cut } },
                                         .n_cuts = 1,
                                         .key = kh_article_key(w->article.id),
                                         .length = m->content.lengths[i],
                                         .text_hash = w->text_hash,
                                         .title_is_block = w->title_is_block,
                                         .deck_is_block = w->deck_is_block };
    }
    must(kh_record_writer_begin(records, NULL, &err), &err);
    made_records(records, sources, m->n_waiting);
}

/* Codes with a stemmer that occur, sorted. */
static void list_languages(making *m)
{
    m->content.languages = kh_arena_alloc(m->arena, 64 * sizeof(kh_str));
    m->content.n_languages = 0;
    static const char *const codes[] = { "ar", "de", "en", "es", "fr",
                                         "hi", "it", "pt", "ru", "tr" };
    for (size_t c = 0; c < KH_COUNT_OF(codes); c++)
        for (size_t i = 0; i < m->n_waiting; i++)
            if (kh_str_equal(m->waiting[i].article.lang, kh_str_from(codes[c])) &&
                kh_language_find(kh_str_from(codes[c]))->stemmer != NULL) {
                m->content.languages[m->content.n_languages++] = kh_str_from(codes[c]);
                break;
            }
}

static void close_segment(making *m, kh_str *dead)
{
    kh_error err;
    kh_segment_counts counts;
    KH_AUTO(kh_numbers_free) kh_numbers *numbers = kh_numbers_open();
    kh_numbers_sign_from(numbers, 0);
    KH_AUTO(kh_batch_free) kh_batch *batch = NULL;
    must(kh_inverter_finish(m->inverter, &err), &err);
    add_runs(m, numbers);
    must(kh_batch_open(&batch, numbers, 0, &err), &err);
    kh_segment_writer *writer = NULL;
    must(kh_segment_writer_open(&writer, m->segment.ptr, m->manifest.fingerprint,
                                numbers, &err),
         &err);
    write_records(m, kh_segment_writer_records(writer), batch);
    list_languages(m);
    made_postings(&m->content, writer, KH_MAKER_DIRECT);
    must(kh_segment_writer_close(writer, &counts, &err), &err);
    made_content_release(&m->content);
    kh_inverter_free(KH_TAKE(m->inverter));
    *dead = kh_arena_copy(m->arena, kh_buf_str(&m->dead));
    uint32_t *first = &m->manifest.first_date;
    if (counts.first_date != 0 && (*first == 0 || counts.first_date < *first))
        *first = counts.first_date;
    if (counts.last_date > m->manifest.last_date)
        m->manifest.last_date = counts.last_date;
}

static void publish(making *m, const kh_str *dead, bool with_dead)
{
    kh_error err;
    m->manifest.number = 1;
    must(kh_generation_publish(m->folder, &m->manifest, KH_STR(""), &err), &err);
    for (size_t i = 0; i < m->manifest.n_segments && with_dead; i++) {
        kh_str path = kh_arena_printf(m->arena, "%s/gen-000001/dead-%s.bits", m->folder,
                                      m->manifest.segments[i].ptr);
        must(kh_file_replace(path.ptr, dead[i], &err), &err);
    }
}

#define SEGMENTS_MAX 3

static void make(const char *folder, const made_article *articles, size_t n,
                 size_t n_segments, bool with_dead)
{
    making m = { .folder = folder, .arena = kh_arena_open() };
    kh_buf_init(&m.dead, KH_BUF_MAX);
    KH_AUTO_BUF fingerprint;
    kh_buf_init(&fingerprint, KH_BUF_MAX);
    kh_fingerprint_write(&fingerprint, NULL, 0);
    m.manifest.fingerprint = kh_buf_str(&fingerprint);
    m.manifest.phases = KH_STR("{}");
    m.manifest.segments = kh_arena_alloc(m.arena, SEGMENTS_MAX * sizeof(kh_str));
    kh_error err;
    kh_str path = kh_arena_printf(m.arena, "%s/segments", folder);
    must(kh_folder_make(path.ptr, &err), &err);
    kh_str dead[SEGMENTS_MAX] = { 0 };
    for (size_t s = 0; s < n_segments; s++) {
        open_segment(&m);
        for (size_t i = s; i < n; i += n_segments) {
            if (with_dead && i % 3 == s)
                add_article(&m, &articles[i], true);
            add_article(&m, &articles[i], false);
        }
        close_segment(&m, &dead[s]);
    }
    publish(&m, dead, with_dead);
    kh_buf_release(&m.dead);
    kh_arena_free(m.arena);
}

void make_index(const char *folder, const made_article *articles, size_t n)
{
    make(folder, articles, n, 1, false);
}

void make_index_split(const char *folder, const made_article *articles, size_t n,
                      bool with_dead)
{
    make(folder, articles, n, SEGMENTS_MAX, with_dead);
}

kh_index *made_open(const char *folder)
{
    kh_index *index = NULL;
    kh_error err;
    must(kh_index_open(&index, folder, 0, &err), &err);
    return index;
}
