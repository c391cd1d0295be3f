/* score_answers - passages against questions whose answer is known. */
#include "score.h"

#include <stdio.h>
#include <stdlib.h>

#include <jansson.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/table.h"

typedef struct wide {
    UChar32 *letters; /* owned */
    size_t n;
} wide;

typedef struct question {
    char *article; /* owned */
    wide *answers; /* owned */
    size_t n_answers;
    size_t best; /* rank of the first right passage; 0: none */
} question;

typedef struct scoring {
    kh_table ids;
    question *questions; /* by number of the id */
    size_t n;
    size_t capacity;
    size_t n_passages;
    size_t n_words;
    size_t longest;
} scoring;

static void scoring_release(scoring *s)
{
    for (size_t i = 0; i < s->n; i++) {
        for (size_t j = 0; j < s->questions[i].n_answers; j++)
            kh_free(s->questions[i].answers[j].letters);
        kh_free(s->questions[i].answers);
        kh_free(s->questions[i].article);
    }
    kh_free(s->questions);
    kh_table_release(&s->ids);
}

static bool is_space(UChar32 c)
{
    return u_isUWhiteSpace(c) || (c >= 0x1C && c <= 0x1F);
}

/* Case folded, each run of white space one space, none at the ends. */
static wide squeeze(const char *text)
{
    size_t room = strlen(text) * 3 + 8; /* folding makes a letter three at most */
    UChar *raw = kh_alloc(room * sizeof(UChar));
    UChar *folded = kh_alloc(room * sizeof(UChar));
    UErrorCode icu = U_ZERO_ERROR;
    int32_t n_raw = 0;
    (void)u_strFromUTF8WithSub(raw, (int32_t)room, &n_raw, text, -1, 0xFFFD, NULL,
                               &icu);
    int32_t n =
        u_strFoldCase(folded, (int32_t)room, raw, n_raw, U_FOLD_CASE_DEFAULT, &icu);
    wide out = { kh_alloc(room * sizeof(UChar32)), 0 };
    int32_t n_letters = 0;
    (void)u_strToUTF32(out.letters, (int32_t)room, &n_letters, folded, n, &icu);
    bool is_gap = false;
    for (int32_t i = 0; i < n_letters; i++) {
        UChar32 c = out.letters[i];
        if (is_space(c)) {
            is_gap = out.n > 0;
            continue;
        }
        if (is_gap)
            out.letters[out.n++] = ' ';
        is_gap = false;
        out.letters[out.n++] = c;
    }
    kh_free(raw);
    kh_free(folded);
    return out;
}

/* Joins its neighbour into one word; scripts without spaces have no such. */
static bool is_wordy(UChar32 c)
{
    if ((c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) ||
        (c >= 0x1780 && c <= 0x17FF) || c >= 0x2E80)
        return false;
    return u_isalpha(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0 ||
           u_getIntPropertyValue(c, UCHAR_NUMERIC_TYPE) != U_NT_NONE;
}

static bool is_cut(const wide *text, size_t at)
{
    return at == 0 || at == text->n || !is_wordy(text->letters[at - 1]) ||
           !is_wordy(text->letters[at]);
}

static bool holds(const wide *text, const wide *answer)
{
    if (answer->n == 0)
        return false;
    for (size_t at = 0; at + answer->n <= text->n; at++)
        if (memcmp(text->letters + at, answer->letters, answer->n * sizeof(UChar32)) ==
                0 &&
            is_cut(text, at) && is_cut(text, at + answer->n))
            return true;
    return false;
}

static const char *text_of(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text != NULL ? text : "";
}

static void add_question(scoring *s, const json_t *object)
{
    kh_str id = kh_str_from(text_of(object, "qid"));
    if (kh_table_add(&s->ids, id, kh_table_hash(id)) < s->n)
        return;
    question *q = &KH_PUSH(s->questions, s->n, s->capacity);
    json_t *answers = json_object_get(object, "answers");
    *q = (question){ .article = kh_str_dup(kh_str_from(text_of(object, "article"))),
                     .answers = kh_alloc(json_array_size(answers) * sizeof(wide)) };
    size_t i;
    json_t *answer;
    json_array_foreach(answers, i, answer) q->answers[q->n_answers++] =
        squeeze(json_string_value(answer));
}

static void add_result(scoring *s, const json_t *object)
{
    kh_str id = kh_str_from(text_of(object, "query_id"));
    uint32_t number = kh_table_find(&s->ids, id, kh_table_hash(id));
    if (number == UINT32_MAX)
        return;
    question *q = &s->questions[number];
    wide text = squeeze(text_of(json_object_get(object, "passage"), "text"));
    size_t n_words = text.n > 0;
    for (size_t i = 0; i < text.n; i++)
        n_words += text.letters[i] == ' ';
    s->n_passages++;
    s->n_words += n_words;
    s->longest = n_words > s->longest ? n_words : s->longest;
    const char *article = text_of(json_object_get(object, "article"), "id");
    bool is_right = false;
    for (size_t i = 0; i < q->n_answers && strcmp(article, q->article) == 0; i++)
        is_right |= holds(&text, &q->answers[i]);
    size_t rank = (size_t)json_integer_value(json_object_get(object, "rank"));
    if (is_right && (q->best == 0 || rank < q->best))
        q->best = rank;
    kh_free(text.letters);
}

static kh_status read_lines(scoring *s, const char *path,
                            void (*add)(scoring *, const json_t *), kh_error *err)
{
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return kh_fail_errno(err, KH_ERR_IO, "cannot read '%s'", path);
    char *line = NULL;
    size_t capacity = 0;
    kh_status status = KH_OK;
    while (status == KH_OK && getline(&line, &capacity, file) > 0) {
        json_error_t why;
        json_t *object = json_loads(line, 0, &why);
        if (object != NULL)
            add(s, object);
        else
            status =
                kh_fail(err, KH_ERR_FORMAT, "cannot read '%s': %s", path, why.text);
        json_decref(object);
    }
    free(line);
    (void)fclose(file);
    return status;
}

kh_status kh_score_answers(kh_answer_score *out, const char *answers,
                           const char *results, kh_error *err)
{
    KH_CLEANUP(scoring_release) scoring s = { 0 };
    kh_table_init(&s.ids);
    kh_status status = read_lines(&s, answers, add_question, err);
    if (status == KH_OK && s.n == 0)
        status = kh_fail(err, KH_ERR_FORMAT, "no question in '%s'", answers);
    if (status == KH_OK)
        status = read_lines(&s, results, add_result, err);
    if (status != KH_OK)
        return status;
    kh_answer_score score = { .n_questions = s.n, .longest = s.longest };
    for (size_t i = 0; i < s.n; i++) {
        size_t best = s.questions[i].best;
        if (best == 0)
            continue;
        score.hit_1 += best <= 1;
        score.hit_3 += best <= 3;
        score.hit_10 += best <= 10;
        score.mrr_10 += best <= 10 ? 1 / (double)best : 0;
    }
    double n = (double)s.n;
    score.hit_1 /= n;
    score.hit_3 /= n;
    score.hit_10 /= n;
    score.mrr_10 /= n;
    score.words = (double)s.n_words / (double)(s.n_passages > 0 ? s.n_passages : 1);
    *out = score;
    return KH_OK;
}
