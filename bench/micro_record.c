/* micro_record - the inner loops over stored articles: is a phrase there, where are the
 * words.
 *
 *   micro_record INDEX QUERIES
 *
 * Prints LOOP<TAB>ns<TAB>unit. By way of record/record.h alone, so it measures whatever
 * record lies behind it: each phrase of the kinds count:common, :mid and :rare is
 * looked for in every article of the first segment (most have none of its words, as the
 * loop over the codes of a text sees it), then in those alone that hold all its words
 * (a check of a candidate), then all places of its words are read in these (what the
 * scoring of passages begins with). */
#include <stdio.h>
#include <time.h>

#include "base/alloc.h"
#include "base/file.h"
#include "index/index.h"

#define MAX_BYTES     ((size_t)1 << 28)
#define PHRASES_MAX   30
#define WORDS_MAX     3
#define DOCUMENTS_MAX 3000

typedef struct sum {
    double ns;
    size_t n;
} sum;

typedef struct subject {
    kh_records *records;
    kh_arena *arena;
    kh_record_query *query;
    size_t n_words;
    uint32_t n_documents;
    uint32_t *candidates; /* owned */
    size_t n_candidates;
    sum search, check, hits;
} subject;

static double cpu_ns(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

/* The words of a phrase as forms; a query in quotes looks for these. */
static kh_status open_phrase(subject *s, kh_str phrase, kh_error *err)
{
    kh_record_word words[WORDS_MAX];
    kh_str *forms = kh_arena_alloc(s->arena, WORDS_MAX * sizeof(kh_str));
    s->n_words = 0;
    for (size_t at = 0; at < phrase.len && s->n_words < WORDS_MAX;) {
        size_t end = kh_str_find(phrase, KH_STR(" "), at);
        forms[s->n_words] = kh_str_slice(phrase, at, end);
        words[s->n_words] = (kh_record_word){ .kind = KH_RECORD_FORM,
                                              .variants = &forms[s->n_words],
                                              .n_variants = 1 };
        s->n_words++;
        at = end == SIZE_MAX ? phrase.len : end + 1;
    }
    return kh_record_query_open(&s->query, s->records, words, s->n_words, err);
}

static kh_record_phrase phrase_of(size_t first, size_t n)
{
    static const uint8_t numbers[WORDS_MAX] = { 0, 1, 2 };
    kh_record_phrase phrase = { .words = numbers + first, .n = n };
    return phrase;
}

/* Articles that hold all words, somewhere. */
static kh_status find_candidates(subject *s, kh_error *err)
{
    s->n_candidates = 0;
    kh_status status = KH_OK;
    for (uint32_t d = 1; d <= s->n_documents && status == KH_OK; d++) {
        bool has_all = true;
        for (size_t i = 0; i < s->n_words && has_all && status == KH_OK; i++) {
            kh_record_phrase word = phrase_of(i, 1);
            status = kh_record_holds(&has_all, s->query, d, &word, err);
        }
        if (has_all)
            s->candidates[s->n_candidates++] = d;
    }
    return status;
}

static kh_status time_phrase(subject *s, kh_error *err)
{
    kh_record_phrase phrase = phrase_of(0, s->n_words);
    kh_status status = find_candidates(s, err);
    bool is_there;
    double begin = cpu_ns();
    for (uint32_t d = 1; d <= s->n_documents && status == KH_OK; d++)
        status = kh_record_holds(&is_there, s->query, d, &phrase, err);
    double middle = cpu_ns();
    for (size_t i = 0; i < s->n_candidates && status == KH_OK; i++)
        status = kh_record_holds(&is_there, s->query, s->candidates[i], &phrase, err);
    double end = cpu_ns();
    size_t n_hits = 0;
    for (size_t i = 0; i < s->n_candidates && status == KH_OK; i++) {
        kh_record_hits hits;
        status = kh_record_hits_read(&hits, s->query, s->candidates[i], err);
        n_hits += status == KH_OK ? hits.n_hits : 0;
    }
    s->hits.ns += cpu_ns() - end;
    s->check.ns += end - middle;
    s->search.ns += middle - begin;
    s->search.n += s->n_documents;
    s->check.n += s->n_candidates;
    s->hits.n += s->n_candidates;
    return n_hits > 0 || s->n_candidates == 0
               ? status
               : kh_fail(err, KH_ERR_CORRUPT, "words that are there have no place");
}

static void print_sum(const char *loop, const char *kind, sum *times)
{
    if (times->n > 0)
        printf("%s, %s phrases\t%.2f\tarticle\n", loop, kind,
               times->ns / (double)times->n);
    *times = (sum){ 0 };
}

static kh_status time_kind(subject *s, kh_str queries, const char *kind, kh_error *err)
{
    KH_AUTO_BUF begin;
    kh_buf_init(&begin, 100);
    kh_buf_printf(&begin, "count:%s\t", kind);
    kh_str line;
    size_t n = 0;
    kh_status status = KH_OK;
    while (kh_str_line(&queries, &line) && n < PHRASES_MAX && status == KH_OK) {
        if (!kh_str_starts(line, kh_buf_str(&begin)))
            continue;
        n++;
        kh_arena_reset(s->arena);
        status = open_phrase(s, kh_str_slice(line, begin.len, line.len), err);
        if (status == KH_OK)
            status = time_phrase(s, err);
        kh_record_query_free(s->query);
        s->query = NULL;
    }
    print_sum("phrase, all articles", kind, &s->search);
    print_sum("phrase check, a candidate", kind, &s->check);
    print_sum("places of words, a candidate", kind, &s->hits);
    return status;
}

int main(int argc, char **argv)
{
    static const char *const kinds[] = { "common", "mid", "rare" };
    if (argc != 3) {
        fprintf(stderr, "usage: micro_record INDEX QUERIES\n");
        return 2;
    }
    kh_error err = { 0 };
    KH_AUTO_BUF queries;
    kh_buf_init(&queries, MAX_BYTES);
    KH_AUTO(kh_index_free) kh_index *index = NULL;
    kh_status status = kh_file_read(&queries, argv[2], MAX_BYTES, &err);
    if (status == KH_OK)
        status = kh_index_open(&index, argv[1], 0, &err);
    if (status == KH_OK && kh_index_n_segments(index) == 0)
        status = kh_fail(&err, KH_ERR_NOT_FOUND, "no article in '%s'", argv[1]);
    subject s = { .arena = kh_arena_open() };
    if (status == KH_OK) {
        s.records = kh_segment_records(kh_index_segment(index, 0));
        s.n_documents = kh_records_n(s.records);
        if (s.n_documents > DOCUMENTS_MAX)
            s.n_documents = DOCUMENTS_MAX;
        s.candidates = kh_alloc((s.n_documents + 1) * sizeof(uint32_t));
    }
    for (size_t i = 0; i < KH_COUNT_OF(kinds) && status == KH_OK; i++)
        status = time_kind(&s, kh_buf_str(&queries), kinds[i], &err);
    kh_free(s.candidates);
    kh_arena_free(s.arena);
    if (status != KH_OK)
        fprintf(stderr, "micro_record: %s\n", err.message);
    return status == KH_OK ? 0 : 2;
}
