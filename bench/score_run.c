/* score_run - a TREC run against TREC judgements.
 *
 * Source: the definitions of trec_eval; nDCG with gain = relevance and a discount of
 * log2(rank + 1). */
#include "score.h"

#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/file.h"

#define FILE_BYTES_MAX ((size_t)1 << 32)
#define DEPTH          1000 /* documents of a query that are looked at */

/* A line of either file. */
typedef struct row {
    kh_str query;
    kh_str document;
    double value; /* relevance, or score */
    long rank;
} row;

typedef struct rows {
    kh_buf text;
    row *items; /* views of text */
    size_t n;
    size_t capacity;
} rows;

static void rows_release(rows *list)
{
    kh_buf_release(&list->text);
    kh_free(list->items);
}

static kh_str next_word(kh_str *line)
{
    *line = kh_str_trim(*line);
    size_t end = 0;
    while (end < line->len && line->ptr[end] != ' ' && line->ptr[end] != '\t')
        end++;
    kh_str word = kh_str_slice(*line, 0, end);
    *line = kh_str_slice(*line, end, line->len);
    return word;
}

static double number(kh_str text)
{
    char copy[64] = "";
    if (text.len > 0 && text.len < sizeof(copy))
        memcpy(copy, text.ptr, text.len);
    return strtod(copy, NULL);
}

static kh_status read_rows(rows *out, const char *path, bool is_run, kh_error *err)
{
    kh_buf_init(&out->text, FILE_BYTES_MAX);
    kh_status status = kh_file_read(&out->text, path, FILE_BYTES_MAX, err);
    if (status != KH_OK)
        return status;
    kh_str rest = kh_buf_str(&out->text);
    kh_str line;
    while (kh_str_line(&rest, &line)) {
        row r = { .query = next_word(&line) };
        (void)next_word(&line);
        r.document = next_word(&line);
        if (r.document.len == 0)
            continue;
        if (is_run)
            r.rank = (long)number(next_word(&line));
        r.value = number(next_word(&line));
        KH_PUSH(out->items, out->n, out->capacity) = r;
    }
    return KH_OK;
}

static int by_document(const void *a, const void *b)
{
    const row *x = a;
    const row *y = b;
    int order = kh_str_compare(x->query, y->query);
    return order != 0 ? order : kh_str_compare(x->document, y->document);
}

static int by_score(const void *a, const void *b)
{
    const row *x = a;
    const row *y = b;
    int order = kh_str_compare(x->query, y->query);
    if (order != 0)
        return order;
    if (x->value != y->value)
        return x->value > y->value ? -1 : 1;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return kh_str_compare(x->document, y->document);
}

static int by_gain(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return x > y ? -1 : x < y;
}

/* The rows of the query that begins at `from`. */
static size_t end_of(const rows *list, size_t from)
{
    size_t end = from;
    while (end < list->n &&
           kh_str_equal(list->items[end].query, list->items[from].query))
        end++;
    return end;
}

static double ideal_gain(const row *judged, size_t n)
{
    double *gains = kh_alloc(n * sizeof(double));
    for (size_t i = 0; i < n; i++)
        gains[i] = judged[i].value > 0 ? judged[i].value : 0;
    qsort(gains, n, sizeof(double), by_gain);
    double sum = 0;
    for (size_t i = 0; i < n && i < 10; i++)
        sum += gains[i] / log2((double)i + 2);
    kh_free(gains);
    return sum;
}

static bool is_seen(const row *found, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (kh_str_equal(found[i].document, found[n].document))
            return true;
    return false;
}

/* Add the marks of one query. */
static void score_query(kh_run_score *sum, const row *judged, size_t n_judged,
                        const row *found, size_t n_found)
{
    size_t n_good = 0;
    for (size_t i = 0; i < n_judged; i++)
        n_good += judged[i].value > 0;
    size_t rank = 0;
    size_t hits = 0;
    double precision = 0;
    double gain = 0;
    for (size_t i = 0; i < n_found && rank < DEPTH; i++) {
        if (is_seen(found, i))
            continue;
        rank++;
        const row *match =
            bsearch(&found[i], judged, n_judged, sizeof(row), by_document);
        if (match == NULL || match->value <= 0)
            continue;
        hits++;
        precision += (double)hits / (double)rank;
        if (rank <= 10) {
            gain += match->value / log2((double)rank + 1);
            sum->mrr_10 += hits == 1 ? 1 / (double)rank : 0;
            sum->recall_10 += 1 / (double)n_good;
        }
        sum->recall_100 += rank <= 100 ? 1 / (double)n_good : 0;
    }
    sum->map += precision / (double)n_good;
    sum->ndcg_10 += gain / ideal_gain(judged, n_judged);
}

static bool has_good(const row *judged, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (judged[i].value > 0)
            return true;
    return false;
}

static void score_all(kh_run_score *sum, const rows *judged, const rows *found)
{
    size_t at = 0;
    for (size_t i = 0; i < judged->n;) {
        size_t end = end_of(judged, i);
        kh_str query = judged->items[i].query;
        while (at < found->n && kh_str_compare(found->items[at].query, query) < 0)
            at++;
        size_t found_end = at;
        if (at < found->n && kh_str_equal(found->items[at].query, query))
            found_end = end_of(found, at);
        if (has_good(&judged->items[i], end - i)) {
            sum->n_queries++;
            score_query(sum, &judged->items[i], end - i,
                        found_end > at ? &found->items[at] : NULL, found_end - at);
        }
        at = found_end;
        i = end;
    }
}

kh_status kh_score_run(kh_run_score *out, const char *qrels, const char *run,
                       kh_error *err)
{
    KH_CLEANUP(rows_release) rows judged = { 0 };
    KH_CLEANUP(rows_release) rows found = { 0 };
    kh_status status = read_rows(&judged, qrels, false, err);
    if (status == KH_OK)
        status = read_rows(&found, run, true, err);
    if (status != KH_OK)
        return status;
    if (judged.n > 0)
        qsort(judged.items, judged.n, sizeof(row), by_document);
    if (found.n > 0)
        qsort(found.items, found.n, sizeof(row), by_score);
    kh_run_score sum = { 0 };
    score_all(&sum, &judged, &found);
    if (sum.n_queries == 0)
        return kh_fail(err, KH_ERR_FORMAT, "no query of '%s' has a relevant document",
                       qrels);
    double n = (double)sum.n_queries;
    *out = (kh_run_score){ .n_queries = sum.n_queries,
                           .map = sum.map / n,
                           .ndcg_10 = sum.ndcg_10 / n,
                           .mrr_10 = sum.mrr_10 / n,
                           .recall_10 = sum.recall_10 / n,
                           .recall_100 = sum.recall_100 / n };
    return KH_OK;
}
