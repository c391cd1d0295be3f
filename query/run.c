/* run - the modes of khabar-query: search and tags, and what all modes share. */
#include "query/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "article/tags.h"
#include "base/file.h"
#include "cli/message.h"
#include "query/pager.h"
#include "query/show.h"

int kh_session_error(const kh_session *session, const kh_error *err)
{
    kh_error shown = *err;
    if (shown.status == KH_ERR_CORRUPT && shown.hint[0] == '\0')
        kh_hint(&shown, KH_HINT_DAMAGE, session->settings->folder,
                session->settings->folder);
    kh_message_error(KH_PROGRAM, &shown);
    return KH_EXIT_TROUBLE;
}

/* People at a terminal, who ask one thing, see more than a screen through a pager. */
static void page(kh_session *session)
{
    const kh_settings *settings = session->settings;
    bool is_one =
        settings->mode != KH_MODE_BATCH && settings->mode != KH_MODE_HELP &&
        !(settings->mode == KH_MODE_SHOW && kh_str_equal(settings->show, KH_STR("-")));
    if (is_one && settings->terminal.is_terminal &&
        kh_pager_show(settings->pager, kh_buf_str(&session->out)))
        kh_buf_reset(&session->out);
}

bool kh_session_flush(kh_session *session, int *code)
{
    if (session->is_pipe_closed)
        return false;
    page(session);
    kh_error err = { 0 };
    kh_status status = kh_output_write(&session->out, &err);
    if (status == KH_OK)
        return true;
    session->is_pipe_closed = true;
    *code = status == KH_END ? KH_EXIT_FOUND : kh_session_error(session, &err);
    return false;
}

static void say_notes(const kh_session *session, const kh_str *notes, size_t n)
{
    if (session->settings->is_quiet || session->settings->mode == KH_MODE_BATCH)
        return;
    for (size_t i = 0; i < n; i++)
        kh_message_note(KH_PROGRAM, notes[i]);
}

/* People at a terminal are told how many there are. */
static bool has_footer(const kh_settings *settings)
{
    return settings->mode == KH_MODE_SEARCH && settings->form == KH_FORM_TEXT &&
           !settings->is_quiet && settings->terminal.is_terminal;
}

static bool has_passages(kh_form form)
{
    return form == KH_FORM_TEXT || form == KH_FORM_JSON || form == KH_FORM_ONELINE ||
           form == KH_FORM_TSV || form == KH_FORM_VIMGREP;
}

/* Which results, for the form that shows them. */
static kh_search_options options_of(const kh_settings *settings)
{
    kh_search_options options = settings->search;
    bool needs_passages = has_passages(settings->form);
    options.want_passages = needs_passages && !settings->is_quiet;
    if (!needs_passages)
        options.per_article = 1;
    if (settings->form == KH_FORM_FILES)
        options.limit = UINT32_MAX; /* many articles may share a file */
    if (settings->form == KH_FORM_COUNT) {
        options.limit = 0;
        options.want_count = true;
    }
    options.want_total = has_footer(settings);
    options.want_count |= settings->has_summary;
    if (settings->is_quiet && settings->form != KH_FORM_COUNT) {
        options.limit = 1;
        options.offset = 0;
    }
    return options;
}

static void show(kh_session *session, const kh_shown *shown)
{
    static void (*const forms[])(kh_buf *, const kh_shown *) = {
        [KH_FORM_TEXT] = kh_show_text,       [KH_FORM_JSON] = kh_show_json,
        [KH_FORM_TREC] = kh_show_trec,       [KH_FORM_FILES] = kh_show_files,
        [KH_FORM_IDS] = kh_show_ids,         [KH_FORM_COUNT] = kh_show_count,
        [KH_FORM_ONELINE] = kh_show_oneline, [KH_FORM_TSV] = kh_show_tsv,
        [KH_FORM_VIMGREP] = kh_show_vimgrep,
    };
    if (!session->settings->is_quiet)
        forms[session->settings->form](&session->out, shown);
}

static void note_number(const kh_session *session, size_t n, const char *of_what)
{
    if (n == 0)
        return;
    char text[96];
    int len = snprintf(text, sizeof(text), "%zu result%s %s left out", n,
                       n == 1 ? "" : "s", of_what);
    const kh_str note = kh_str_make(text, (size_t)len);
    say_notes(session, &note, 1);
}

/* Results that --vimgrep cannot show, and -l. */
static void note_left_out(const kh_session *session, const kh_answer *answer)
{
    kh_form form = session->settings->form;
    if (form != KH_FORM_VIMGREP && form != KH_FORM_FILES)
        return;
    size_t n_streamed = 0;
    size_t n_packed = 0;
    for (size_t i = 0; i < answer->n_results; i++) {
        const kh_article *article = &answer->results[i].article;
        n_streamed += article->path.len == 0;
        n_packed += article->path.len > 0 && !kh_show_has_place(article);
    }
    note_number(session, n_streamed, "from standard input");
    if (form == KH_FORM_VIMGREP)
        note_number(session, n_packed, "in packed files");
}

static void say_footer(kh_session *session, const kh_answer *answer, uint64_t ms)
{
    if (!has_footer(session->settings))
        return;
    KH_AUTO_BUF line;
    kh_buf_init(&line, 1024);
    size_t n = answer->n_results;
    uint32_t last = n > 0 ? answer->results[n - 1].rank : 0;
    if (n > 0)
        kh_buf_printf(&line, "%u-%u of ", answer->results[0].rank, last);
    kh_buf_printf(&line, "%s%llu articles%s; ",
                  answer->is_count_exact ? "" : "at most ",
                  (unsigned long long)answer->n_articles, n > 0 ? "" : " match");
    time_t built = (time_t)kh_index_manifest(session->index)->built_at;
    struct tm day;
    char date[64] = "";
    if (localtime_r(&built, &day) != NULL)
        (void)strftime(date, sizeof(date), "%d %B %Y %H:%M", &day);
    kh_buf_printf(&line, "index of %s; %llu ms", date + (date[0] == '0'),
                  (unsigned long long)ms);
    if (n > 0 && answer->n_articles > last)
        kh_buf_printf(&line, "; more: --offset %u", last);
    kh_error err = { 0 };
    page(session);
    if (kh_output_write(&session->out, &err) == KH_OK) /* the answer first */
        fprintf(stderr, "%s\n", kh_buf_text(&line));
}

kh_status kh_session_query(kh_session *session, kh_str text, kh_str query_id,
                           bool *is_found, kh_error *err)
{
    uint64_t start = kh_clock_ms();
    const kh_settings *settings = session->settings;
    kh_search_options options = options_of(settings);
    kh_parsed parsed;
    kh_answer answer;
    kh_status status = kh_parse(&parsed, text, &settings->parse, session->arena, err);
    if (status == KH_OK)
        status = kh_search_run(&answer, session->search, &parsed, &options,
                               session->arena, err);
    if (status != KH_OK)
        return status;
    say_notes(session, parsed.notes, parsed.n_notes);
    say_notes(session, answer.notes, answer.n_notes);
    kh_shown shown = { .settings = settings, .query_id = query_id, .answer = &answer };
    show(session, &shown);
    note_left_out(session, &answer);
    if (settings->has_summary && !settings->is_quiet)
        kh_show_json_summary(&session->out, &shown,
                             kh_index_manifest(session->index)->number,
                             kh_clock_ms() - start);
    say_footer(session, &answer, kh_clock_ms() - start);
    *is_found = answer.n_results > 0 || (options.limit == 0 && answer.n_articles > 0);
    if (answer.damage != KH_OK)
        return kh_fail(err, answer.damage, "%" KH_FMT, KH_ARG(answer.damage_text));
    return KH_OK;
}

int kh_run_search(kh_session *session)
{
    bool is_found = false;
    kh_error err = { 0 };
    kh_status status = kh_session_query(session, session->settings->query,
                                        (kh_str){ NULL, 0 }, &is_found, &err);
    int code = is_found ? KH_EXIT_FOUND : KH_EXIT_NOTHING;
    if (status == KH_OK && !is_found && session->settings->word_note.len > 0)
        say_notes(session, &session->settings->word_note, 1);
    if (!kh_session_flush(session, &code))
        return code;
    return status == KH_OK ? code : kh_session_error(session, &err);
}

/* ---- tags ---- */

static int by_articles(const void *a, const void *b)
{
    const kh_tag_count *x = a;
    const kh_tag_count *y = b;
    if (x->tag.n_articles != y->tag.n_articles)
        return x->tag.n_articles > y->tag.n_articles ? -1 : 1;
    return kh_str_compare(x->tag.name, y->tag.name);
}

/* Leave of the tags those that begin so. A prefix without a letter or digit has no
 * normal form: it is looked for at the beginning of the names as they are. */
static void keep_prefix(kh_tag_count *tags, size_t *n, kh_str prefix)
{
    KH_AUTO_BUF normal;
    kh_buf_init(&normal, KH_BUF_MAX);
    kh_tag_normalise(&normal, prefix);
    bool is_name = normal.len == 0;
    size_t n_kept = 0;
    for (size_t i = 0; i < *n; i++)
        if (is_name ? kh_str_starts(tags[i].tag.name, kh_str_trim(prefix))
                    : kh_str_starts(tags[i].tag.normal, kh_buf_str(&normal)))
            tags[n_kept++] = tags[i];
    *n = n_kept;
}

static kh_status all_tags(kh_session *session, kh_tag_count **out, size_t *n,
                          kh_error *err)
{
    KH_AUTO_BUF prefix;
    kh_buf_init(&prefix, KH_BUF_MAX);
    kh_tag_normalise(&prefix, session->settings->tag_prefix);
    kh_tag_entry *tags = NULL;
    kh_status status = kh_index_tags(&tags, n, session->index, kh_buf_str(&prefix),
                                     session->arena, err);
    if (status != KH_OK)
        return status;
    *out = kh_arena_alloc(session->arena, (*n + 1) * sizeof(kh_tag_count));
    for (size_t i = 0; i < *n; i++)
        (*out)[i] = (kh_tag_count){ .tag = tags[i] };
    keep_prefix(*out, n, session->settings->tag_prefix);
    qsort(*out, *n, sizeof(kh_tag_count), by_articles);
    return KH_OK;
}

static kh_status tags_of_matches(kh_session *session, kh_shown_tags *shown,
                                 kh_tag_count **tags, kh_error *err)
{
    const kh_settings *settings = session->settings;
    kh_search_options options = options_of(settings);
    kh_parsed parsed;
    kh_status status =
        kh_parse(&parsed, settings->query, &settings->parse, session->arena, err);
    if (status == KH_OK)
        status = kh_search_tags(tags, &shown->n, &shown->n_matches, session->search,
                                &parsed, &options, session->arena, err);
    if (status == KH_OK)
        say_notes(session, parsed.notes, parsed.n_notes);
    return status;
}

int kh_run_tags(kh_session *session)
{
    const kh_settings *settings = session->settings;
    kh_shown_tags shown = { .settings = settings, .n_matches = UINT64_MAX };
    kh_tag_count *tags = NULL;
    kh_error err = { 0 };
    bool has_query = settings->has_query || settings->search.n_tags > 0 ||
                     settings->search.dates.first > 0 ||
                     settings->search.dates.last < UINT32_MAX;
    kh_status status = has_query ? tags_of_matches(session, &shown, &tags, &err)
                                 : all_tags(session, &tags, &shown.n, &err);
    if (status != KH_OK)
        return kh_session_error(session, &err);
    if (has_query)
        keep_prefix(tags, &shown.n, settings->tag_prefix);
    size_t offset =
        settings->search.offset < shown.n ? settings->search.offset : shown.n;
    shown.tags = tags != NULL ? tags + offset : NULL;
    shown.n -= offset;
    if (shown.n > settings->search.limit)
        shown.n = settings->search.limit;
    int code = shown.n > 0 ? KH_EXIT_FOUND : KH_EXIT_NOTHING;
    if (settings->is_quiet)
        return code;
    if (settings->form == KH_FORM_JSON)
        kh_show_tags_json(&session->out, &shown);
    else if (settings->form == KH_FORM_TSV)
        kh_show_tags_tsv(&session->out, &shown);
    else if (settings->ends_names_in_nul)
        kh_show_tags_names(&session->out, &shown);
    else if (shown.n > 0)
        kh_show_tags_text(&session->out, &shown);
    (void)kh_session_flush(session, &code);
    return code;
}

/* ---- all ---- */

static int run_mode(kh_session *session)
{
    if (session->settings->has_header && !session->settings->is_quiet)
        kh_show_tsv_header(&session->out, session->settings->mode == KH_MODE_TAGS);
    switch (session->settings->mode) {
    case KH_MODE_TAGS:
        return kh_run_tags(session);
    case KH_MODE_BATCH:
        return kh_run_batch(session);
    case KH_MODE_SHOW:
        return kh_run_show(session);
    default:
        return kh_run_search(session);
    }
}

/* Unmapping a segment file by file costs a tenth of a short query; the end of the
 * process does it at once. What looks for leaks wants to see it done. */
static void close_session(kh_session *session)
{
#ifdef KH_HAS_ASAN
    kh_search_free(session->search);
    kh_index_free(session->index);
    kh_arena_free(session->arena);
    kh_buf_release(&session->out);
#else
    (void)session;
#endif
}

int kh_run(const kh_settings *settings)
{
    kh_session session = { .settings = settings };
    kh_buf_init(&session.out, KH_BUF_MAX);
    int code = KH_EXIT_TROUBLE;
    if (settings->mode == KH_MODE_HELP) {
        kh_buf_add(&session.out, settings->help);
        code = KH_EXIT_FOUND;
        (void)kh_session_flush(&session, &code);
        kh_buf_release(&session.out);
        return code;
    }
    kh_error err = { 0 };
    session.arena = kh_arena_open();
    kh_status status =
        kh_index_open(&session.index, settings->folder, settings->generation, &err);
    uint32_t live = 0;
    bool is_index = kh_generation_current(&live, settings->folder, NULL) == KH_OK;
    if (status == KH_ERR_NOT_FOUND && is_index && settings->generation > 0) {
        kh_fail(&err, status, "no generation %u at '%s'", settings->generation,
                settings->folder);
        kh_hint(&err, "those that are kept: khabar-index generations");
    } else if (status == KH_ERR_NOT_FOUND && is_index) {
        err.status = status = KH_ERR_CORRUPT; /* a file that should be there */
    } else if (status == KH_ERR_NOT_FOUND) {
        kh_fail(&err, status, "no index at '%s'", settings->folder);
        kh_hint(&err, "make one: khabar-index FOLDER   or name one: --index DIR");
        if (settings->is_word_folder)
            kh_hint(&err, "%" KH_FMT, KH_ARG(settings->word_note));
    }
    if (status == KH_OK)
        status = kh_search_open(&session.search, session.index, &err);
    code = status == KH_OK ? run_mode(&session) : kh_session_error(&session, &err);
    close_session(&session);
    return code;
}
