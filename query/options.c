/* options - the command line of khabar-query, read. */
#include "query/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "query/option_table.h"
#include "text/analysis.h"
#include "xapian-c/database.h"

typedef struct reading {
    kh_settings *s;
    kh_arena *arena;
    kh_error *err;
    const char *mode_name; /* of the mode given, for two of them */
    const char *form_name;
    kh_buf query;
    bool is_from_input; /* "-" is the query */
    size_t tags_capacity;
    kh_when color;
    int highlight;
    uint32_t width;
} reading;

typedef struct command {
    int argc;
    char *const *argv;
} command;

static kh_status set_mode(reading *r, kh_mode mode, const char *name)
{
    if (r->mode_name != NULL && strcmp(r->mode_name, name) != 0)
        return kh_fail(r->err, KH_ERR_USAGE, "'%s' and '%s' are two modes: take one",
                       r->mode_name, name);
    r->mode_name = name;
    r->s->mode = mode;
    return KH_OK;
}

static kh_status set_form(reading *r, kh_form form, const char *name)
{
    if (r->form_name != NULL && strcmp(r->form_name, name) != 0)
        return kh_fail(r->err, KH_ERR_USAGE,
                       "'%s' and '%s' are two forms of output: take one", r->form_name,
                       name);
    r->form_name = name;
    r->s->form = form;
    return KH_OK;
}

static kh_status set_date(reading *r, kh_str value, bool is_since)
{
    kh_date_range range;
    kh_status status = kh_date_range_parse(&range, value, &r->s->parse.today, r->err);
    if (status != KH_OK) {
        if (r->err != NULL)
            r->err->status = KH_ERR_USAGE;
        return KH_ERR_USAGE;
    }
    if (is_since)
        r->s->search.dates.first = range.first;
    else
        r->s->search.dates.last = kh_date_is_ago(value) ? range.first : range.last;
    return KH_OK;
}

static void add_tag(reading *r, kh_str name)
{
    kh_search_options *search = &r->s->search;
    search->tags = kh_arena_grow(r->arena, search->tags, search->n_tags,
                                 &r->tags_capacity, sizeof(kh_str));
    search->tags[search->n_tags++] = name;
}

static kh_status set_help(reading *r, bool is_version)
{
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    if (is_version) {
        kh_buf_printf(&text, "khabar-query %s\n", KH_VERSION);
        kh_analysis_versions(&text);
        kh_buf_printf(&text, "\nXapian %s\n", kh_database_version());
    } else {
        kh_options_help(&text, kh_query_usage, kh_query_rules.options);
        kh_buf_add(
            &text,
            KH_STR("\nexit: 0 found, 1 nothing found, 2 trouble. The query language: "
                   "man khabar-query-syntax\n"));
    }
    r->s->mode = KH_MODE_HELP;
    r->s->help = kh_arena_copy(r->arena, kh_buf_str(&text));
    return KH_OK;
}

static kh_status read_mode(reading *r, const kh_given *given)
{
    kh_status status = KH_OK;
    switch (given->id) {
    case OPTION_BATCH:
        status = set_mode(r, KH_MODE_BATCH, "--batch");
        r->s->batch = given->value;
        return status;
    case OPTION_SHOW:
        status = set_mode(r, KH_MODE_SHOW, "--show");
        r->s->show = given->value;
        return status;
    default:
        status = set_mode(r, KH_MODE_TAGS, "--tags");
        r->s->tag_prefix = given->value;
        return status;
    }
}

static kh_status read_output(reading *r, const kh_given *given)
{
    static const char *const whens[] = { "auto", "always", "never", NULL };
    static const char *const marks[] = { "auto", "none", "ansi", "md", "html", NULL };
    size_t choice = 0;
    kh_status status = KH_OK;
    switch (given->id) {
    case OPTION_JSON:
        return set_form(r, KH_FORM_JSON, "--json");
    case OPTION_TREC:
        if (given->has_value)
            r->s->trec_tag = given->value;
        return set_form(r, KH_FORM_TREC, "--trec");
    case OPTION_ONELINE:
        return set_form(r, KH_FORM_ONELINE, "--oneline");
    case OPTION_TSV:
        return set_form(r, KH_FORM_TSV, "--tsv");
    case OPTION_VIMGREP:
        return set_form(r, KH_FORM_VIMGREP, "--vimgrep");
    case OPTION_FILES:
        return set_form(r, KH_FORM_FILES, "--files");
    case OPTION_IDS:
        return set_form(r, KH_FORM_IDS, "--ids");
    case OPTION_COUNT:
        return set_form(r, KH_FORM_COUNT, "--count");
    case OPTION_COLOR:
        status = kh_option_choice(&choice, "--color", given->value, whens, r->err);
        r->color = (kh_when)choice;
        return status;
    case OPTION_HIGHLIGHT:
        status = kh_option_choice(&choice, "--highlight", given->value, marks, r->err);
        r->highlight = (int)choice - 1;
        return status;
    default:
        return kh_option_number(&r->width, "--width", given->value, 20, false, r->err);
    }
}

static kh_status read_which(reading *r, const kh_given *given)
{
    static const char *const sorts[] = { "relevance", "date", NULL };
    kh_search_options *search = &r->s->search;
    size_t choice = 0;
    kh_status status = KH_OK;
    switch (given->id) {
    case OPTION_LIMIT:
        r->s->has_limit = true;
        status = kh_option_number(&search->limit, "-n", given->value, 0, true, r->err);
        if (status != KH_OK && given->value.len > 0 &&
            (given->value.ptr[0] < '0' || given->value.ptr[0] > '9'))
            kh_hint(r->err, "-n is how many results; lines are always shown");
        return status;
    case OPTION_OFFSET:
        return kh_option_number(&search->offset, "--offset", given->value, 0, false,
                                r->err);
    case OPTION_SORT:
        status = kh_option_choice(&choice, "--sort", given->value, sorts, r->err);
        search->sort = (kh_sort)choice;
        return status;
    case OPTION_PER_ARTICLE:
        return kh_option_number(&search->per_article, "--per-article", given->value, 1,
                                true, r->err);
    case OPTION_PASSAGE_WORDS:
        return kh_option_number(&search->passage_words, "--passage-words", given->value,
                                1, false, r->err);
    default:
        search->is_reverse = true;
        return KH_OK;
    }
}

static void read_word(reading *r, const kh_given *given, bool is_only)
{
    if (is_only && !given->is_after_dashes && kh_str_equal(given->value, KH_STR("-"))) {
        r->is_from_input = true;
        return;
    }
    if (r->query.len > 0)
        kh_buf_add_char(&r->query, ' ');
    kh_buf_add(&r->query, given->value);
    r->s->has_query = true;
}

static kh_status read_option(reading *r, const kh_given *given)
{
    switch (given->id) {
    case OPTION_INDEX:
        r->s->folder = given->value.ptr;
        return KH_OK;
    case OPTION_GENERATION:
        return kh_option_number(&r->s->generation, "--generation", given->value, 1,
                                false, r->err);
    case OPTION_LITERAL:
        r->s->parse.is_literal = true;
        return KH_OK;
    case OPTION_ALL:
        r->s->search.must_all = true;
        return KH_OK;
    case OPTION_TAG:
        add_tag(r, given->value);
        return KH_OK;
    case OPTION_SINCE:
    case OPTION_UNTIL:
        return set_date(r, given->value, given->id == OPTION_SINCE);
    case OPTION_LIMIT:
    case OPTION_OFFSET:
    case OPTION_SORT:
    case OPTION_REVERSE:
    case OPTION_PER_ARTICLE:
    case OPTION_PASSAGE_WORDS:
        return read_which(r, given);
    case OPTION_EXPLAIN:
        r->s->search.want_explain = true;
        return KH_OK;
    case OPTION_QUIET:
        r->s->is_quiet = true;
        return KH_OK;
    case OPTION_TEXT:
        r->s->shows_text_alone = true;
        return KH_OK;
    case OPTION_CONFIG:
    case OPTION_NO_CONFIG:
        return KH_OK; /* read before all others */
    case OPTION_PAGER:
        r->s->pager = given->value.ptr;
        return KH_OK;
    case OPTION_NO_PAGER:
        r->s->pager = "never";
        return KH_OK;
    case OPTION_SUMMARY:
        r->s->has_summary = true;
        return KH_OK;
    case OPTION_HEADER:
        r->s->has_header = true;
        return KH_OK;
    case OPTION_NULL:
        r->s->ends_names_in_nul = true;
        return KH_OK;
    case OPTION_IGNORED:
        return KH_OK;
    case OPTION_BATCH:
    case OPTION_SHOW:
    case OPTION_TAGS:
        return read_mode(r, given);
    case OPTION_HELP:
    case OPTION_VERSION:
        return set_help(r, given->id == OPTION_VERSION);
    default:
        return read_output(r, given);
    }
}

/* KHABAR_INDEX, else the user's own, else the machine's. */
static const char *default_folder(kh_arena *arena)
{
    const char *named = getenv("KHABAR_INDEX");
    if (named != NULL && named[0] != '\0')
        return named;
    const char *data = getenv("XDG_DATA_HOME");
    const char *home = getenv("HOME");
    kh_str own =
        data != NULL && data[0] == '/'
            ? kh_arena_printf(arena, "%s/khabar", data)
            : kh_arena_printf(arena, "%s/.local/share/khabar", home ? home : "");
    static const char common[] = "/var/lib/khabar/news";
    return !kh_path_exists(own.ptr) && kh_path_exists(common) ? common : own.ptr;
}

static kh_status read_standard_input(reading *r)
{
    char piece[4096];
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    r->s->has_query = true;
    for (;;) {
        ssize_t n = read(STDIN_FILENO, piece, sizeof(piece));
        if (n < 0)
            return kh_fail_errno(r->err, KH_ERR_IO, "cannot read standard input");
        if (n == 0)
            break;
        if (text.len <= KH_QUERY_BYTES_MAX)
            kh_buf_add_bytes(&text, piece, (size_t)n);
    }
    kh_buf_add(&r->query, kh_without_mark(kh_buf_str(&text)));
    return KH_OK;
}

/* Whether --show reads the names of articles. */
static bool show_reads(const kh_settings *s)
{
    return s->mode == KH_MODE_SHOW && kh_str_equal(s->show, KH_STR("-"));
}

/* What goes with some forms alone. */
static kh_status check_additions(reading *r)
{
    const kh_settings *s = r->s;
    bool has_names = show_reads(s) || s->form == KH_FORM_FILES ||
                     s->form == KH_FORM_IDS ||
                     (s->mode == KH_MODE_TAGS && s->form == KH_FORM_TEXT);
    if (s->ends_names_in_nul && !has_names)
        return kh_fail(
            r->err, KH_ERR_USAGE,
            "'--null' goes with '--files', '--ids', '--tags' and '--show -' alone");
    if (s->has_summary &&
        (s->form != KH_FORM_JSON || s->mode == KH_MODE_SHOW || s->mode == KH_MODE_TAGS))
        return kh_fail(r->err, KH_ERR_USAGE,
                       "'--summary' goes with '--json' and queries alone");
    if (s->has_header && s->form != KH_FORM_TSV)
        return kh_fail(r->err, KH_ERR_USAGE, "'--header' goes with '--tsv' alone");
    return KH_OK;
}

/* What fits together, once everything is known. */
static kh_status check(reading *r)
{
    kh_settings *s = r->s;
    bool batch_reads = s->mode == KH_MODE_BATCH && kh_str_equal(s->batch, KH_STR("-"));
    if (r->is_from_input && (show_reads(s) || batch_reads))
        return kh_fail(r->err, KH_ERR_USAGE, "'-' and '%s -' both read standard input",
                       r->mode_name);
    if (s->mode == KH_MODE_BATCH && (s->has_query || r->is_from_input))
        return kh_fail(r->err, KH_ERR_USAGE,
                       "'--batch' brings its queries: no QUERY beside it");
    bool has_plain_form = s->form == KH_FORM_TEXT || s->form == KH_FORM_JSON;
    bool is_table = s->mode == KH_MODE_TAGS && s->form == KH_FORM_TSV;
    if ((s->mode == KH_MODE_TAGS || s->mode == KH_MODE_SHOW) && !has_plain_form &&
        !is_table)
        return kh_fail(r->err, KH_ERR_USAGE, "'%s' and '%s' do not go together",
                       r->mode_name, r->form_name);
    if (s->shows_text_alone && (s->mode != KH_MODE_SHOW || s->form != KH_FORM_TEXT))
        return kh_fail(r->err, KH_ERR_USAGE, "'--text' goes with '--show' alone");
    if (s->form == KH_FORM_TREC && s->search.sort == KH_SORT_DATE)
        return kh_fail(r->err, KH_ERR_USAGE,
                       "'--trec' is by relevance, not with '--sort date'");
    if (s->search.dates.first > s->search.dates.last)
        return kh_fail(r->err, KH_ERR_USAGE, "'--until' ends before '--since' begins");
    if (s->search.want_explain && !has_plain_form)
        return kh_fail(r->err, KH_ERR_USAGE, "'--explain' works with text and --json");
    return check_additions(r);
}

static void settle_limit(kh_settings *s)
{
    if (s->has_limit)
        return;
    if (s->form == KH_FORM_TREC)
        s->search.limit = 1000;
    else if (s->form == KH_FORM_FILES || s->form == KH_FORM_IDS ||
             s->mode == KH_MODE_TAGS)
        s->search.limit = UINT32_MAX;
}

/* ---- a file of options ---- */

/* Neither a word, nor a mode, nor a form or what is added to one: what a script asks
 * for must not depend on a file. */
static bool may_be_in_config(uint32_t id)
{
    switch (id) {
    case 0:
    case OPTION_CONFIG:
    case OPTION_NO_CONFIG:
    case OPTION_HELP:
    case OPTION_VERSION:
    case OPTION_SUMMARY:
    case OPTION_HEADER:
    case OPTION_NULL:
    case OPTION_TEXT:
    case OPTION_QUIET:
    case OPTION_OFFSET:
        return false;
    default:
        return true;
    }
}

static kh_status read_config_line(reading *r, kh_str line)
{
    char *argv[KH_CONFIG_ARGS_MAX];
    kh_given *given = NULL;
    size_t n = 0;
    int argc = kh_config_line(argv, line, r->arena);
    kh_status status =
        kh_options_read(&given, &n, &kh_query_rules, argc, argv, r->arena, r->err);
    for (size_t i = 0; i < n && status == KH_OK; i++) {
        if (!may_be_in_config((uint32_t)given[i].id))
            return kh_fail(r->err, KH_ERR_USAGE, "no option for a config file: '%s'",
                           argv[argc - 1]);
        status = read_option(r, &given[i]);
        const char *name = r->mode_name != NULL ? r->mode_name : r->form_name;
        if (status == KH_OK && name != NULL)
            return kh_fail(r->err, KH_ERR_USAGE,
                           "a config file has no mode and no form of output: '%s'",
                           name);
    }
    return status;
}

static kh_status read_config(reading *r, const char *path)
{
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    kh_status status = kh_file_read(&text, path, (size_t)1 << 20, r->err);
    if (status != KH_OK)
        return status == KH_ERR_NOT_FOUND ? KH_ERR_USAGE : status;
    kh_str rest = kh_arena_copy(r->arena, kh_without_mark(kh_buf_str(&text)));
    size_t number = 0;
    for (kh_str line; status == KH_OK && kh_str_line(&rest, &line);) {
        number++;
        status = read_config_line(r, line);
    }
    if (status != KH_OK && r->err != NULL) {
        kh_error why = *r->err;
        kh_fail(r->err, status, "%s:%zu: %s", path, number, why.message);
        if (why.hint[0] != '\0')
            kh_hint(r->err, "%s", why.hint);
    }
    return status;
}

/* The file that the command line names, else that of the environment: before all that
 * the command line says. */
static kh_status read_config_of(reading *r, const kh_given *given, size_t n)
{
    const char *path = getenv("KHABAR_CONFIG");
    for (size_t i = 0; i < n; i++) {
        if (given[i].id == OPTION_CONFIG)
            path = given[i].value.ptr;
        else if (given[i].id == OPTION_NO_CONFIG)
            path = NULL;
        else if (given[i].id == OPTION_HELP || given[i].id == OPTION_VERSION)
            return KH_OK;
    }
    if (path == NULL || path[0] == '\0')
        return KH_OK;
    kh_status status = read_config(r, path);
    r->s->has_limit = false; /* --ids and the like give all unless asked */
    return status;
}

/* "-treaty" is -t reaty: what to write instead if that finds nothing. */
static void note_word(reading *r, const command *line, const kh_given *given)
{
    if (given->id != OPTION_TAG && given->id != OPTION_INDEX)
        return;
    bool is_folder = given->id == OPTION_INDEX;
    kh_error said;
    kh_option_hint_word(&said, &kh_query_rules, line->argc, line->argv, given->word_at);
    r->s->is_word_folder = is_folder;
    r->s->word_note = kh_arena_printf(
        r->arena, "'%s' is %s '%" KH_FMT "'; %s", line->argv[given->word_at],
        is_folder ? "-d" : "-t", KH_ARG(given->value), said.hint);
}

/* What was given, in order. */
static kh_status read_given(reading *r, const command *line, const kh_given *given,
                            size_t n)
{
    size_t n_words = 0;
    for (size_t i = 0; i < n; i++)
        n_words += given[i].id == 0;
    for (size_t i = 0; i < n && r->s->mode != KH_MODE_HELP; i++) {
        if (given[i].id == 0) {
            read_word(r, &given[i], n_words == 1);
            continue;
        }
        kh_status status = read_option(r, &given[i]);
        if (status != KH_OK && given[i].word_at > 0)
            kh_option_hint_word(r->err, &kh_query_rules, line->argc, line->argv,
                                given[i].word_at);
        if (status != KH_OK)
            return status;
        if (given[i].word_at > 0 && given[i].has_value)
            note_word(r, line, &given[i]);
    }
    return KH_OK;
}

static kh_status read_all(reading *r, int argc, char *const *argv)
{
    kh_given *given = NULL;
    size_t n = 0;
    kh_status status =
        kh_options_read(&given, &n, &kh_query_rules, argc, argv, r->arena, r->err);
    if (status == KH_OK)
        status = read_config_of(r, given, n);
    const command line = { argc, argv };
    if (status == KH_OK)
        status = read_given(r, &line, given, n);
    if (status != KH_OK || r->s->mode == KH_MODE_HELP)
        return status;
    status = check(r);
    if (status == KH_OK && r->is_from_input)
        status = read_standard_input(r);
    if (status == KH_OK && r->s->mode == KH_MODE_SEARCH && !r->s->has_query &&
        r->s->search.n_tags == 0 && r->s->search.dates.first == 0 &&
        r->s->search.dates.last == UINT32_MAX) {
        kh_fail(r->err, KH_ERR_USAGE, "no query");
        kh_hint(r->err, "khabar-query QUERY...; everything: khabar-query --help");
        return KH_ERR_USAGE;
    }
    return status;
}

kh_status kh_settings_read(kh_settings *out, int argc, char *const *argv,
                           kh_arena *arena, kh_error *err)
{
    *out = (kh_settings){ .trec_tag = KH_STR("khabar"), .pager = "auto" };
    out->search = (kh_search_options){
        .dates = { 0, UINT32_MAX }, .limit = 10, .per_article = 1, .passage_words = 120
    };
    out->parse.today = kh_date_today();
    reading r = { .s = out, .arena = arena, .err = err, .highlight = -1 };
    kh_buf_init(&r.query, KH_BUF_MAX);
    kh_status status = read_all(&r, argc, argv);
    if (status == KH_OK) {
        settle_limit(out);
        out->query = kh_arena_copy(arena, kh_buf_str(&r.query));
        out->terminal = kh_terminal_of(r.color, r.highlight, r.width);
        if (out->folder == NULL)
            out->folder = default_folder(arena);
    }
    kh_buf_release(&r.query);
    return status;
}
