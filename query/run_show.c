/* run_show - print articles by id or REF. */
#include <stdio.h>
#include <stdlib.h>

#include "cli/message.h"
#include "cli/options.h"
#include "query/run.h"
#include "query/show.h"

#define REF_MATCHES_MAX 8u

/* An id that several inputs have: the others have REFs of their own. */
static void note_others(const kh_session *session, const uint32_t *documents, size_t n,
                        kh_str name)
{
    KH_AUTO_BUF note;
    kh_buf_init(&note, KH_BUF_MAX);
    kh_buf_printf(&note, "several articles have the id '%" KH_FMT "':", KH_ARG(name));
    for (size_t i = 0; i < n; i++) {
        kh_buf_add(&note, i > 0 ? KH_STR(", ") : KH_STR(" "));
        kh_show_ref(&note, kh_index_head(session->index, documents[i]).key, NULL);
    }
    kh_buf_add(&note, KH_STR("; this is the first"));
    if (n > 1 && !session->settings->is_quiet)
        kh_message_note(KH_PROGRAM, kh_buf_str(&note));
}

/* A full id as it is. */
static kh_status find_id(kh_session *session, uint32_t *document, kh_str name,
                         kh_error *err)
{
    uint32_t found[REF_MATCHES_MAX];
    size_t n = 0;
    kh_status status =
        kh_index_find_id(found, &n, REF_MATCHES_MAX, session->index, name, err);
    if (status != KH_OK)
        return status;
    if (n == 0)
        return KH_ERR_NOT_FOUND;
    note_others(session, found, n, name);
    *document = found[0];
    return KH_OK;
}

static kh_status read_id(kh_session *session, kh_str *out, uint32_t document,
                         kh_error *err)
{
    kh_location at = kh_index_locate(session->index, document);
    kh_article article;
    uint32_t n_words = 0;
    kh_status status = kh_record_article(
        &article, &n_words,
        kh_segment_records(kh_index_segment(session->index, at.segment)), at.document,
        session->arena, err);
    if (status == KH_OK)
        *out = article.id;
    return status;
}

static kh_status fits_several(kh_session *session, const uint32_t *documents, size_t n,
                              kh_str name, kh_error *err)
{
    KH_AUTO_BUF list;
    kh_buf_init(&list, 900);
    for (size_t i = 0; i < n; i++) {
        kh_str id = { 0 };
        kh_status status = read_id(session, &id, documents[i], err);
        if (status != KH_OK)
            return status;
        kh_buf_printf(&list, "%s'%" KH_FMT "'", i > 0 ? ", " : "", KH_ARG(id));
    }
    kh_fail(err, KH_ERR_ARGUMENT, "'%" KH_FMT "' fits several articles: %s",
            KH_ARG(name), kh_buf_text(&list));
    kh_hint(err, "name one by its whole id: --show ID");
    return KH_ERR_ARGUMENT;
}

/* Sentences of a passage, both included. */
typedef struct range {
    uint32_t first;
    uint32_t last;
} range;

static const range all_sentences = { 0, UINT32_MAX };

/* ":14" or ":14-17". */
static bool read_range(range *out, kh_str text)
{
    if (text.len == 0 || text.ptr[0] != ':')
        return false;
    text = kh_str_slice(text, 1, text.len);
    size_t dash = kh_str_find(text, KH_STR("-"), 0);
    unsigned long long first = 0;
    unsigned long long last = 0;
    if (!kh_str_number(kh_str_slice(text, 0, dash), UINT32_MAX - 1, &first))
        return false;
    last = first;
    if (dash != SIZE_MAX &&
        !kh_str_number(kh_str_slice(text, dash + 1, text.len), UINT32_MAX - 1, &last))
        return false;
    *out = (range){ (uint32_t)first, (uint32_t)last };
    return first <= last;
}

/* @k7m2qx9f or @k7m2qx9f:14-17. */
static kh_status find_ref(kh_session *session, uint32_t *document, range *sentences,
                          kh_str name, kh_error *err)
{
    if (name.len < KH_REF_CHARS + 1 || name.ptr[0] != '@')
        return KH_ERR_NOT_FOUND;
    if (name.len > KH_REF_CHARS + 1 &&
        !read_range(sentences, kh_str_slice(name, KH_REF_CHARS + 1, name.len)))
        return KH_ERR_NOT_FOUND;
    uint32_t found[REF_MATCHES_MAX];
    size_t n = 0;
    kh_status status = kh_index_find(found, &n, REF_MATCHES_MAX, session->index,
                                     kh_str_slice(name, 1, KH_REF_CHARS + 1), err);
    if (status != KH_OK)
        return status;
    if (n > 1)
        return fits_several(session, found, n, name, err);
    *document = found[0];
    return n > 0 ? KH_OK : KH_ERR_NOT_FOUND;
}

/* Places of the words of the query in the article. */
static kh_status find_words(kh_session *session, kh_excerpt_request *request,
                            uint32_t document, kh_error *err)
{
    if (!session->settings->has_query)
        return KH_OK;
    kh_parsed parsed;
    uint32_t *positions = NULL;
    kh_status status = kh_parse(&parsed, session->settings->query,
                                &session->settings->parse, session->arena, err);
    if (status == KH_OK)
        status = kh_search_positions(&positions, &request->n_positions, session->search,
                                     &parsed, document, session->arena, err);
    request->positions = positions;
    return status;
}

/* Leave of the blocks what lies in the range. */
static void cut_blocks(kh_outline_block *blocks, size_t *n, range sentences)
{
    size_t n_kept = 0;
    for (size_t i = 0; i < *n; i++) {
        kh_outline_block block = blocks[i];
        uint32_t first = block.first_sentence;
        uint32_t last = first + block.n_sentences - 1;
        if (last < sentences.first || first > sentences.last)
            continue;
        first = first > sentences.first ? first : sentences.first;
        last = last < sentences.last ? last : sentences.last;
        block.first_sentence = first;
        block.n_sentences = last - first + 1;
        blocks[n_kept++] = block;
    }
    *n = n_kept;
}

static kh_status read_blocks(kh_session *session, kh_shown_article *shown,
                             uint32_t document, range sentences, kh_error *err)
{
    kh_location at = kh_index_locate(session->index, document);
    kh_records *records =
        kh_segment_records(kh_index_segment(session->index, at.segment));
    kh_outline_block *blocks = NULL;
    kh_excerpt_request request = { .document = at.document };
    kh_status status = kh_record_outline(&blocks, &shown->n_blocks, records,
                                         at.document, session->arena, err);
    bool is_bare = status == KH_OK && shown->n_blocks == 0;
    if (status == KH_OK)
        status = find_words(session, &request, document, err);
    if (status != KH_OK || (is_bare && !shown->is_passage))
        return status;

    kh_excerpt whole;
    kh_excerpt_request all = { .document = at.document, .last = UINT32_MAX };
    status = kh_record_excerpt(&whole, records, &all, session->arena, err);
    if (status != KH_OK)
        return status;
    shown->text = shown->passage = whole.text;
    cut_blocks(blocks, &shown->n_blocks, sentences);
    shown->blocks = blocks;
    kh_excerpt *excerpts =
        kh_arena_alloc(session->arena, (shown->n_blocks + 1) * sizeof(kh_excerpt));
    shown->excerpts = excerpts;
    for (size_t i = 0; i < shown->n_blocks && status == KH_OK; i++) {
        request.first = blocks[i].first_sentence;
        request.last = request.first + blocks[i].n_sentences - 1;
        status =
            kh_record_excerpt(&excerpts[i], records, &request, session->arena, err);
    }
    if (status != KH_OK || !shown->is_passage)
        return status;
    all.first = sentences.first;
    all.last = sentences.last;
    status = kh_record_excerpt(&whole, records, &all, session->arena, err);
    shown->passage = whole.text;
    return status;
}

static kh_status show_document(kh_session *session, uint32_t document, range sentences,
                               kh_error *err)
{
    kh_location at = kh_index_locate(session->index, document);
    kh_records *records =
        kh_segment_records(kh_index_segment(session->index, at.segment));
    kh_shown_article shown = { .settings = session->settings };
    shown.key = kh_index_head(session->index, document).key;
    shown.is_passage = sentences.last != UINT32_MAX;
    shown.sentences[0] = sentences.first;
    shown.sentences[1] = sentences.last;
    kh_status status = kh_record_article(&shown.article, &shown.n_words, records,
                                         at.document, session->arena, err);
    if (status == KH_OK)
        status = read_blocks(session, &shown, document, sentences, err);
    if (status != KH_OK)
        return status;
    if (session->settings->is_quiet)
        return KH_OK;
    if (session->settings->form == KH_FORM_JSON)
        kh_show_article_json(&session->out, &shown);
    else
        kh_show_article_text(&session->out, &shown);
    return KH_OK;
}

/* Exit code of one name: found, unknown, trouble. */
static int show_name(kh_session *session, kh_str name)
{
    uint32_t document = 0;
    range sentences = all_sentences;
    kh_error err = { 0 };
    kh_arena_reset(session->arena);
    kh_status status = find_id(session, &document, name, &err);
    if (status == KH_ERR_NOT_FOUND)
        status = find_ref(session, &document, &sentences, name, &err);
    if (status == KH_ERR_NOT_FOUND) {
        if (session->settings->is_quiet)
            return KH_EXIT_NOTHING;
        kh_fail(&err, status, "no article '%" KH_FMT "'", KH_ARG(name));
        kh_message_error(KH_PROGRAM, &err);
        return KH_EXIT_NOTHING;
    }
    if (status == KH_OK)
        status = show_document(session, document, sentences, &err);
    if (status == KH_ERR_ARGUMENT && sentences.last != UINT32_MAX) {
        kh_error why = err; /* it has no such sentence */
        kh_fail(&err, status, "'%" KH_FMT "': %s", KH_ARG(name), why.message);
        if (!session->settings->is_quiet)
            kh_message_error(KH_PROGRAM, &err);
        return KH_EXIT_NOTHING;
    }
    return status == KH_OK ? KH_EXIT_FOUND : kh_session_error(session, &err);
}

/* An article of several: it ends its line, and an empty one stands before all but the
 * first. */
static int show_one_of(kh_session *session, size_t *n_shown, kh_str name)
{
    kh_buf *out = &session->out;
    bool is_text = session->settings->form == KH_FORM_TEXT;
    size_t before = out->len;
    if (is_text && *n_shown > 0)
        kh_buf_add_char(out, '\n');
    size_t from = out->len;
    int code = show_name(session, name);
    if (out->len == from) {
        out->len = before; /* nothing was shown */
        return code;
    }
    ++*n_shown;
    if (is_text && out->ptr[out->len - 1] != '\n')
        kh_buf_add_char(out, '\n');
    return code;
}

/* One name a line; with --null a NUL behind each, and line ends are part of it. */
static int show_list(kh_session *session)
{
    bool ends_in_nul = session->settings->ends_names_in_nul;
    size_t n_shown = 0;
    char *line = NULL;
    size_t capacity = 0;
    ssize_t n = 0;
    int worst = KH_EXIT_FOUND;
    int code = KH_EXIT_FOUND;
    bool is_first = true;
    while (!session->is_pipe_closed &&
           (n = getdelim(&line, &capacity, ends_in_nul ? '\0' : '\n', stdin)) >= 0) {
        if (ends_in_nul && n > 0 && line[n - 1] == '\0')
            n--;
        while (!ends_in_nul && n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r'))
            n--;
        kh_str name = kh_str_make(line, (size_t)n);
        name = is_first ? kh_without_mark(name) : name;
        is_first = false;
        if (name.len == 0)
            continue;
        int one = show_one_of(session, &n_shown, name);
        worst = one > worst ? one : worst;
        (void)kh_session_flush(session, &code);
    }
    free(line);
    return session->is_pipe_closed ? code : worst;
}

int kh_run_show(kh_session *session)
{
    if (kh_str_equal(session->settings->show, KH_STR("-")))
        return show_list(session);
    int code = show_name(session, session->settings->show);
    (void)kh_session_flush(session, &code);
    return code;
}
