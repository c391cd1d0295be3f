/* make_index - small real indexes for tests, made the way khabar-index makes them. */
#include "make_index.h"

#include <stdio.h>
#include <stdlib.h>

#include "article/fields.h"
#include "base/file.h"
#include "indexer/invert.h"
#include "indexer/spool.h"
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
    kh_article article = { .lang = kh_str_from(made->lang),
                           .title = kh_str_from(made->title),
                           .input = KH_STR("/made"),
                           .format = "text",
                           .has_own_id = true };
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

/* An article inverted, waiting for its segment. */
typedef struct waiting {
    kh_spool_entry entry;
    kh_posting *postings;
    size_t n_postings;
} waiting;

typedef struct making {
    const char *folder;
    kh_arena *arena;
    kh_inverter *inverter;
    waiting *waiting;
    size_t n_waiting;
    size_t waiting_capacity;
    kh_str segment; /* path */
    kh_buf dead;
    size_t n_in_segment;
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
    must(kh_inverter_open(&m->inverter, NULL, &err), &err);
    kh_buf_reset(&m->dead);
    m->n_in_segment = 0;
}

static void add_article(making *m, const made_article *made, bool is_dead)
{
    kh_article article = article_of(made, is_dead ? "dead-" : "", m->arena);
    KH_AUTO_BUF piece;
    KH_AUTO_BUF facts;
    kh_buf_init(&piece, KH_BUF_MAX);
    kh_buf_init(&facts, KH_BUF_MAX);
    kh_error err;
    must(kh_invert(m->inverter, &article, &piece, &facts, &err), &err);

    kh_cursor cursor = kh_cursor_of(kh_arena_copy(m->arena, kh_buf_str(&piece)));
    m->waiting = kh_arena_grow(m->arena, m->waiting, m->n_waiting, &m->waiting_capacity,
                               sizeof(waiting));
    waiting *w = &m->waiting[m->n_waiting++];
    must(kh_spool_entry_read(&w->entry, &cursor, m->arena, &err), &err);
    must(kh_spool_postings_read(&w->postings, &w->n_postings, &cursor, m->arena, &err),
         &err);

    if (m->n_in_segment % 8 == 0)
        kh_buf_add_char(&m->dead, 0);
    if (is_dead)
        m->dead.ptr[m->dead.len - 1] |= (char)(1 << (m->n_in_segment % 8));
    else
        m->manifest.n_articles++;
    m->n_in_segment++;
}

static void write_waiting(making *m, kh_segment_writer *writer, kh_batch *batch,
                          const waiting *w)
{
    KH_AUTO_BUF id_term;
    kh_buf_init(&id_term, KH_BUF_MAX);
    size_t n = w->n_postings;
    kh_posting *all = kh_arena_alloc(m->arena, (n + 1) * sizeof(*all));
    memcpy(all, w->postings, n * sizeof(*all));
    uint64_t key = kh_article_key(w->entry.article.id);
    char letters[KH_KEY_CHARS + 1];
    kh_article_key_text(letters, key);
    kh_field_term(&id_term, KH_FIELD_ID, kh_str_from(letters));
    all[n] = (kh_posting){ kh_buf_str(&id_term), 0 };
    kh_record_source source = { .article = &w->entry.article,
                                .cuts = { { batch, w->entry.cut } },
                                .n_cuts = 1,
                                .key = key,
                                .text_hash = w->entry.text_hash,
                                .title_is_block = w->entry.title_is_block,
                                .deck_is_block = w->entry.deck_is_block };
    kh_error err;
    must(kh_segment_writer_add(writer, &source, all, n + 1, &err), &err);
}

/* The numbers of the segment's words, all articles as one batch. */
static kh_numbers *number_all(making *m, kh_batch **batch)
{
    KH_AUTO_BUF tables;
    kh_buf_init(&tables, KH_BUF_MAX);
    kh_inverter_batch_end(m->inverter, &tables);
    kh_numbers *numbers = kh_numbers_open();
    kh_error err;
    must(kh_numbers_add(numbers, kh_buf_str(&tables), &err), &err);
    if (kh_numbers_choose(numbers))
        for (size_t i = 0; i < m->n_waiting; i++)
            kh_numbers_sample(numbers, m->waiting[i].entry.cut);
    kh_numbers_finish(numbers);
    must(kh_batch_open(batch, numbers, kh_buf_str(&tables), &err), &err);
    return numbers;
}

static void close_segment(making *m, kh_str *dead)
{
    kh_error err;
    kh_segment_counts counts;
    KH_AUTO(kh_batch_free) kh_batch *batch = NULL;
    KH_AUTO(kh_numbers_free) kh_numbers *numbers = number_all(m, &batch);
    kh_segment_writer *writer = NULL;
    must(kh_segment_writer_open(&writer, m->segment.ptr, m->manifest.fingerprint,
                                numbers, &err),
         &err);
    for (size_t i = 0; i < m->n_waiting; i++)
        write_waiting(m, writer, batch, &m->waiting[i]);
    kh_inverter_spellings(m->inverter, kh_segment_writer_vocabulary(writer));
    must(kh_segment_writer_close(writer, &counts, &err), &err);
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
