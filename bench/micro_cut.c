/* micro_cut - the inner loops of writing records: cutting and packing.
 *
 *   micro_cut FILE FOLDER [ARTICLES]
 *
 * Prints LOOP<TAB>ns<TAB>unit. The first articles of a file (20,000) are analysed and
 * cut, a few at a time, twice by one cutter (the second time it knows all words), then
 * numbered and packed. Records go to FOLDER, which must be there and empty. Only CPU
 * time is counted. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/alloc.h"
#include "base/file.h"
#include "formats/reader.h"
#include "record/writer.h"

#define LANGUAGES_MAX 1024u
#define TOGETHER      4u /* articles analysed, then cut: the cache has their words */

typedef struct subject {
    kh_article article;
    kh_buf cut;
} subject;

typedef struct bench {
    kh_arena *arena;
    kh_analyser *analysers[LANGUAGES_MAX];
    subject *subjects; /* owned */
    size_t n;
    size_t capacity;
    kh_token *tokens; /* owned; of articles that are cut together */
    size_t n_tokens;
    size_t tokens_capacity;
    size_t *ends; /* owned; of each block in tokens */
    size_t n_ends;
    size_t ends_capacity;
    uint64_t n_words;
    kh_cutter *cutter;
    kh_numbers *numbers;
    kh_batch *batch;
    kh_record_writer *writer;
    kh_record_packer *packer;
    char *folder;
} bench;

static double cpu_ns(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static void print_words(const bench *b, const char *loop, double ns)
{
    printf("%s\t%.1f\tword\n", loop, ns / (double)b->n_words);
}

static void add_article(bench *b, const kh_article *article)
{
    subject s = { .article = { .id = kh_arena_copy(b->arena, article->id),
                               .lang = kh_arena_copy(b->arena, article->lang),
                               .title = kh_arena_copy(b->arena, article->title),
                               .date = article->date,
                               .format = article->format,
                               .n_blocks = article->n_blocks } };
    kh_buf_init(&s.cut, KH_BUF_MAX);
    s.article.blocks = kh_arena_alloc(b->arena, article->n_blocks * sizeof(kh_block));
    for (size_t i = 0; i < article->n_blocks; i++) {
        s.article.blocks[i] = article->blocks[i];
        s.article.blocks[i].text = kh_arena_copy(b->arena, article->blocks[i].text);
    }
    KH_PUSH(b->subjects, b->n, b->capacity) = s;
}

static kh_status read_articles(bench *b, const char *path, size_t max, kh_error *err)
{
    KH_AUTO(kh_reader_free) kh_reader *reader = NULL;
    kh_reader_options options = { 0 };
    kh_status status = kh_reader_open(&reader, path, kh_str_from(path), &options, err);
    while (status == KH_OK && b->n < max) {
        kh_article *article = NULL;
        status = kh_reader_next(reader, &article, err);
        if (status == KH_OK)
            add_article(b, article);
        else if (status == KH_ERR_FORMAT || status == KH_ERR_LIMIT)
            status = KH_OK;
    }
    return status == KH_END ? KH_OK : status;
}

static kh_status analyse(bench *b, const kh_article *article, kh_error *err)
{
    const kh_language *language = kh_language_find(article->lang);
    kh_analyser **analyser = &b->analysers[kh_language_number(language)];
    kh_status status =
        *analyser == NULL ? kh_analyser_open(analyser, language, err) : KH_OK;
    for (size_t i = 0; i < article->n_blocks && status == KH_OK; i++) {
        kh_analyser_reset(*analyser, article->blocks[i].text, 0);
        kh_token token;
        while (kh_analyser_next(*analyser, &token))
            if (token.kind == KH_TOKEN_WORD)
                KH_PUSH(b->tokens, b->n_tokens, b->tokens_capacity) = token;
        KH_PUSH(b->ends, b->n_ends, b->ends_capacity) = b->n_tokens;
    }
    return status;
}

static void cut(bench *b, subject *s, size_t *block, size_t *token)
{
    kh_buf_reset(&s->cut);
    kh_cutter_begin(b->cutter, &s->cut, s->article.lang);
    for (size_t k = 0; k < s->article.n_blocks; k++) {
        kh_cutter_block(b->cutter, &s->article.blocks[k]);
        size_t end = b->ends[(*block)++];
        kh_cutter_units(b->cutter, b->tokens + *token, end - *token);
        *token = end;
        kh_cutter_block_end(b->cutter);
    }
}

static kh_status cut_all(bench *b, const char *loop, kh_error *err)
{
    double ns = 0;
    b->n_words = 0;
    kh_status status = KH_OK;
    for (size_t i = 0; i < b->n && status == KH_OK; i += TOGETHER) {
        size_t end = i + TOGETHER < b->n ? i + TOGETHER : b->n;
        b->n_tokens = b->n_ends = 0;
        for (size_t k = i; k < end && status == KH_OK; k++)
            status = analyse(b, &b->subjects[k].article, err);
        size_t block = 0;
        size_t token = 0;
        double begin = cpu_ns();
        for (size_t k = i; k < end && status == KH_OK; k++)
            cut(b, &b->subjects[k], &block, &token);
        ns += cpu_ns() - begin;
        b->n_words += b->n_tokens;
    }
    print_words(b, loop, ns);
    return status;
}

static kh_status number_all(bench *b, kh_error *err)
{
    KH_AUTO_BUF tables;
    kh_buf_init(&tables, KH_BUF_MAX);
    kh_path_join(&tables, b->folder, "tables");
    double begin = cpu_ns();
    kh_status status = kh_cutter_batch_end(b->cutter, kh_buf_text(&tables), err);
    print_words(b, "tables of the batch", cpu_ns() - begin);
    begin = cpu_ns();
    bool has_pairs = false;
    uint32_t number = kh_numbers_add(b->numbers, kh_buf_text(&tables));
    if (status == KH_OK)
        status = kh_numbers_choose(b->numbers, &has_pairs, err);
    if (status != KH_OK)
        return status;
    for (size_t i = 0; i < b->n && has_pairs; i++)
        if (i % 16 == 0)
            kh_numbers_sample(b->numbers, kh_buf_str(&b->subjects[i].cut));
    kh_numbers_finish(b->numbers);
    print_words(b, "numbers", cpu_ns() - begin);
    begin = cpu_ns();
    status = kh_batch_open(&b->batch, b->numbers, number, err);
    print_words(b, "codes of the batch", cpu_ns() - begin);
    return status;
}

static kh_record_source source_of(const bench *b, const subject *s)
{
    return (kh_record_source){ .article = &s->article,
                               .cuts = { { b->batch, kh_buf_str(&s->cut) } },
                               .n_cuts = 1,
                               .key = kh_article_key(s->article.id) };
}

static kh_status pack_all(bench *b, kh_error *err)
{
    kh_status status = kh_record_writer_open(&b->writer, b->folder, b->numbers, err);
    for (size_t i = 0; i < b->n && status == KH_OK; i += 16) {
        kh_record_source source = source_of(b, &b->subjects[i]);
        status = kh_record_writer_sample(b->writer, &source, err);
    }
    if (status == KH_OK)
        status = kh_record_writer_begin(b->writer, NULL, err);
    if (status == KH_OK)
        status = kh_record_packer_open(&b->packer, b->writer, err);
    KH_AUTO_BUF packed;
    kh_buf_init(&packed, KH_BUF_MAX);
    double pack_ns = 0;
    double add_ns = 0;
    for (size_t i = 0; i < b->n && status == KH_OK;) {
        kh_buf_reset(&packed);
        double begin = cpu_ns();
        for (size_t end = i + 1000; i < end && i < b->n && status == KH_OK; i++) {
            kh_record_source source = source_of(b, &b->subjects[i]);
            status = kh_record_pack(b->packer, &source, &packed, err);
        }
        double middle = cpu_ns();
        pack_ns += middle - begin;
        if (status == KH_OK)
            status = kh_record_writer_add(b->writer, kh_buf_str(&packed), err);
        add_ns += cpu_ns() - middle;
    }
    print_words(b, "pack", pack_ns);
    print_words(b, "add", add_ns);
    kh_record_writer *writer = KH_TAKE(b->writer);
    return status == KH_OK ? kh_record_writer_close(writer, err) : status;
}

static kh_status run(bench *b, const char *path, size_t max, kh_error *err)
{
    kh_status status = read_articles(b, path, max, err);
    if (status == KH_OK)
        status = kh_cutter_open(&b->cutter, err);
    if (status != KH_OK)
        return status;
    status = cut_all(b, "cut, words new", err);
    if (status == KH_OK)
        status = cut_all(b, "cut, words known", err);
    if (status == KH_OK)
        status = number_all(b, err);
    return status == KH_OK ? pack_all(b, err) : status;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: micro_cut FILE FOLDER [ARTICLES]\n");
        return 2;
    }
    kh_error err = { 0 };
    bench b = { .arena = kh_arena_open(),
                .numbers = kh_numbers_open(),
                .folder = argv[2] };
    size_t max = argc > 3 ? strtoul(argv[3], NULL, 10) : 20000;
    kh_status status = run(&b, argv[1], max, &err);
    if (status != KH_OK)
        fprintf(stderr, "micro_cut: %s\n", err.message);
    return status == KH_OK ? 0 : 2; /* memory goes with the process */
}
