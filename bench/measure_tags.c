/* measure_tags - how well glued tag lines are cut.
 *
 *   measure_tags FILE.jsonl [-v] [NAME=VALUE ...]
 *
 * FILE has a JSON object a line: "title", "body", "tags" (the true ones, in the order
 * of the line) and "tagline" (the same glued; made from tags where it is missing).
 * Prints lines exact, tag precision and recall, and how right tags of each confidence
 * are: by the article's own evidence, and with the tags of all other articles known. -v
 * prints the lines that came out wrong. NAME=VALUE sets a weight of lib/article/glue.h.
 */
#include <jansson.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/file.h"
#include "glue.h"

typedef struct sample {
    json_t *object; /* owned */
    kh_glue *glue;
    json_t *tags;
} sample;

typedef struct score {
    size_t lines;
    size_t exact;
    size_t given;
    size_t wanted;
    size_t right;
    size_t sure_given[10]; /* by tenth of confidence */
    size_t sure_right[10];
} score;

static sample *samples;
static size_t n_samples;
static size_t samples_capacity;
static kh_glue_weights weights;
static bool is_verbose;
static uint64_t collect_ms;
static size_t line_bytes;
static size_t body_bytes;
static size_t evidence_bytes;

#define WEIGHT(name)                           \
    {                                          \
#name, offsetof(kh_glue_weights, name) \
    }
static const struct {
    const char *name;
    size_t at;
} names[] = {
    WEIGHT(tag),          WEIGHT(word),        WEIGHT(word_share),
    WEIGHT(inflected),    WEIGHT(alike),       WEIGHT(alike_more),
    WEIGHT(unseen),       WEIGHT(unseen_more), WEIGHT(unseen_unspaced),
    WEIGHT(number),       WEIGHT(stub),        WEIGHT(said),
    WEIGHT(said_word),    WEIGHT(said_again),  WEIGHT(known),
    WEIGHT(known_share),  WEIGHT(cut_case),    WEIGHT(cut_capitals),
    WEIGHT(cut_digit),    WEIGHT(cut_plain),   WEIGHT(cut_unseen),
    WEIGHT(cut_scrap),    WEIGHT(lower_start), WEIGHT(inside_case),
    WEIGHT(inside_other), WEIGHT(disorder),    WEIGHT(unsorted),
    WEIGHT(sharpness),
};

static float *weight_at(size_t i)
{
    return (float *)(void *)((char *)&weights + names[i].at);
}

static kh_str text_of(json_t *value)
{
    return json_is_string(value)
               ? kh_str_make(json_string_value(value), json_string_length(value))
               : KH_STR("");
}

static kh_glue *evidence_of(json_t *object, kh_arena *arena)
{
    json_t *line = json_object_get(object, "tagline");
    KH_AUTO_BUF glued;
    kh_buf_init(&glued, KH_BUF_MAX);
    size_t i;
    json_t *tag;
    json_array_foreach(json_object_get(object, "tags"), i, tag)
        kh_buf_add(&glued, text_of(tag));
    kh_str text =
        line != NULL ? text_of(line) : kh_arena_copy(arena, kh_buf_str(&glued));

    kh_block blocks[2] = {
        { .kind = KH_BLOCK_TITLE, .text = text_of(json_object_get(object, "title")) },
        { .kind = KH_BLOCK_PARAGRAPH,
          .text = text_of(json_object_get(object, "body")) },
    };
    uint64_t before = kh_clock_ms();
    kh_glue *glue = kh_glue_collect(text, blocks, 2, arena);
    collect_ms += kh_clock_ms() - before;
    KH_AUTO_BUF bytes;
    kh_buf_init(&bytes, KH_BUF_MAX);
    kh_glue_write(&bytes, glue);
    line_bytes += text.len;
    body_bytes += blocks[1].text.len;
    evidence_bytes += bytes.len;
    return glue;
}

static bool read_samples(const char *path, kh_arena *arena)
{
    KH_AUTO_BUF file;
    kh_buf_init(&file, KH_BUF_MAX);
    kh_error err;
    if (kh_file_read(&file, path, (size_t)1 << 30, &err) != KH_OK) {
        fprintf(stderr, "measure_tags: %s\n", err.message);
        return false;
    }
    kh_str rest = kh_buf_str(&file);
    kh_str line;
    while (kh_str_line(&rest, &line)) {
        json_t *object = json_loadb(line.ptr, line.len, 0, NULL);
        json_t *tags = json_object_get(object, "tags");
        if (json_array_size(tags) < 2) {
            json_decref(object);
            continue;
        }
        KH_PUSH(samples, n_samples, samples_capacity) =
            (sample){ object, evidence_of(object, arena), tags };
    }
    return true;
}

/* Tags of all articles but one. */
static kh_known_tags *known_without(size_t left_out)
{
    kh_known_tags *known = kh_known_tags_open();
    for (size_t s = 0; s < n_samples; s++) {
        size_t i;
        json_t *tag;
        json_array_foreach(samples[s].tags, i, tag)
        {
            if (s != left_out)
                kh_known_tags_add(known, text_of(tag), 1);
        }
    }
    return known;
}

static void print_wrong(const kh_tag *tags, size_t n, json_t *wanted)
{
    printf("  got ");
    for (size_t i = 0; i < n; i++)
        printf(" | %" KH_FMT " %.2f", KH_ARG(tags[i].name), (double)tags[i].confidence);
    printf("\n  want");
    size_t i;
    json_t *tag;
    json_array_foreach(wanted, i, tag) printf(" | %s", json_string_value(tag));
    printf("\n");
}

static void count_line(score *sum, const kh_tag *tags, size_t n, json_t *wanted)
{
    size_t right = 0;
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        bool is_right = false;
        for (size_t k = at; k < json_array_size(wanted) && !is_right; k++) {
            if (kh_str_equal(tags[i].name, text_of(json_array_get(wanted, k)))) {
                is_right = true;
                at = k + 1;
            }
        }
        size_t tenth = (size_t)(tags[i].confidence * 9.999f);
        sum->sure_given[tenth]++;
        sum->sure_right[tenth] += is_right;
        right += is_right;
    }
    bool is_exact = right == n && n == json_array_size(wanted);
    sum->lines++;
    sum->exact += is_exact;
    sum->given += n;
    sum->wanted += json_array_size(wanted);
    sum->right += right;
    if (is_verbose && !is_exact)
        print_wrong(tags, n, wanted);
}

static double report(const char *what, const score *sum)
{
    double exact = (double)sum->exact / (double)sum->lines;
    double precision = (double)sum->right / (double)sum->given;
    double recall = (double)sum->right / (double)sum->wanted;
    printf("%-12s lines %zu  exact %.3f  precision %.3f  recall %.3f\n", what,
           sum->lines, exact, precision, recall);
    printf("  confidence ");
    for (int i = 0; i < 10; i++) {
        if (sum->sure_given[i] > 0)
            printf(" .%d: %zu/%zu", i, sum->sure_right[i], sum->sure_given[i]);
    }
    printf("\n");
    return exact;
}

static void measure(const char *what, bool with_known)
{
    score sum = { 0 };
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    uint64_t spent = 0;
    for (size_t s = 0; s < n_samples; s++) {
        KH_AUTO(kh_known_tags_free)
        kh_known_tags *known = with_known ? known_without(s) : NULL;
        uint64_t before = kh_clock_ms();
        kh_tag *tags = NULL;
        size_t n = kh_glue_cut_by(&tags, samples[s].glue, known, &weights, arena);
        spent += kh_clock_ms() - before;
        count_line(&sum, tags, n, samples[s].tags);
        kh_arena_reset(arena);
    }
    if (sum.lines > 0)
        report(what, &sum);
    printf("  cut in %llu ms\n", (unsigned long long)spent);
}

int main(int argc, char **argv)
{
    weights = kh_glue_weights_default;
    const char *path = NULL;
    for (int i = 1; i < argc; i++) {
        const char *equals = strchr(argv[i], '=');
        if (strcmp(argv[i], "-v") == 0)
            is_verbose = true;
        else if (equals == NULL)
            path = argv[i];
        for (size_t k = 0; equals != NULL && k < KH_COUNT_OF(names); k++) {
            if (kh_str_equal(kh_str_make(argv[i], (size_t)(equals - argv[i])),
                             kh_str_from(names[k].name)))
                *weight_at(k) = strtof(equals + 1, NULL);
        }
    }
    if (path == NULL) {
        fprintf(stderr, "usage: measure_tags FILE.jsonl [-v] [NAME=VALUE ...]\n");
        return 2;
    }

    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    if (!read_samples(path, arena))
        return 2;
    printf("%zu lines, %zu bytes; bodies %zu bytes; evidence %zu bytes in %llu ms\n",
           n_samples, line_bytes, body_bytes, evidence_bytes,
           (unsigned long long)collect_ms);
    measure("own evidence", false);
    measure("with known", true);
    for (size_t s = 0; s < n_samples; s++)
        json_decref(samples[s].object);
    kh_free(samples);
    return 0;
}
