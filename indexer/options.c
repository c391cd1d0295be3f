/* options - the command line of khabar-index and its config file, read. */
#include "indexer/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/message.h"
#include "cli/output.h"
#include "index/generation.h"
#include "indexer/option_table.h"
#include "indexer/read_stage.h"
#include "text/analysis.h"
#include "xapian-c/database.h"

static char no_name[] = ""; /* stands where a program's name does */

static const char *const words[] = { "build",    "status",   "check", "generations",
                                     "failures", "rollback", "prune", NULL };

typedef struct reading {
    kh_job *job;
    kh_str *help;
    kh_arena *arena;
    kh_error *err;
    size_t inputs_capacity;
    size_t options_capacity;
    size_t map_capacity;
    size_t excludes_capacity;
    kh_name_map *map;
    kh_str *excludes;
    bool has_word;
    bool has_command_input; /* an input on the command line, not in a config file */
    bool leaves_inputs;     /* a word is given: the config file's are of builds */
    unsigned config_depth;
} reading;

static void record(reading *r, const char *name, kh_str value)
{
    kh_str text = value.len > 0
                      ? kh_arena_printf(r->arena, "--%s=%" KH_FMT, name, KH_ARG(value))
                      : kh_arena_printf(r->arena, "--%s", name);
    r->job->options = kh_arena_grow(r->arena, r->job->options, r->job->n_options,
                                    &r->options_capacity, sizeof(kh_str));
    r->job->options[r->job->n_options++] = text;
    r->job->has_options = true;
}

static kh_status set_lang(reading *r, kh_str value)
{
    KH_AUTO_BUF tag;
    kh_buf_init(&tag, KH_BUF_MAX);
    if (!kh_language_tag(&tag, NULL, value))
        return kh_fail(
            r->err, KH_ERR_USAGE,
            "option '--lang' takes a language code such as 'en', not '%" KH_FMT "'",
            KH_ARG(value));
    r->job->lang = kh_arena_copy(r->arena, kh_buf_str(&tag));
    record(r, "lang", r->job->lang);
    return KH_OK;
}

static bool is_in(kh_str word, const char *const *list)
{
    for (; *list != NULL; list++)
        if (kh_str_equal(word, kh_str_from(*list)))
            return true;
    return false;
}

static kh_status add_map(reading *r, kh_str value)
{
    size_t at = kh_str_find(value, KH_STR("="), 0);
    kh_name_map row = { 0 };
    if (at != SIZE_MAX) {
        row.field = kh_arena_copy(r->arena, kh_str_slice(value, 0, at));
        row.name = kh_arena_copy(r->arena, kh_str_slice(value, at + 1, value.len));
    }
    if (row.name.len == 0 || !is_in(row.field, kh_reader_field_names())) {
        KH_AUTO_BUF list;
        kh_buf_init(&list, 400);
        for (const char *const *name = kh_reader_field_names(); *name != NULL; name++)
            kh_buf_printf(&list, "%s%s", list.len > 0 ? ", " : "", *name);
        kh_fail(r->err, KH_ERR_USAGE,
                "option '--map' takes FIELD=NAME, not '%" KH_FMT "'", KH_ARG(value));
        kh_hint(r->err, "fields: %s", kh_buf_text(&list));
        return KH_ERR_USAGE;
    }
    r->map = kh_arena_grow(r->arena, r->map, r->job->reader.n_map, &r->map_capacity,
                           sizeof(kh_name_map));
    r->map[r->job->reader.n_map++] = row;
    r->job->reader.map = r->map;
    record(r, "map", value);
    return KH_OK;
}

static void add_exclude(reading *r, kh_str value)
{
    r->excludes = kh_arena_grow(r->arena, r->excludes, r->job->walk.n_excludes,
                                &r->excludes_capacity, sizeof(kh_str));
    r->excludes[r->job->walk.n_excludes++] = kh_arena_copy(r->arena, value);
    r->job->walk.excludes = r->excludes;
    record(r, "exclude", value);
}

static kh_status set_format(reading *r, kh_str value)
{
    size_t choice = 0;
    const char *const *names = kh_reader_format_names();
    kh_status status = kh_option_choice(&choice, "--format", value, names, r->err);
    if (status == KH_OK) {
        r->job->reader.format = names[choice];
        record(r, "format", value);
    }
    return status;
}

/* 36h, 2d, 90m. */
static kh_status set_age(reading *r, kh_str value)
{
    static const char units[] = "smhd";
    static const uint64_t seconds[] = { 1, 60, 3600, 86400 };
    const char *unit = value.len > 1 ? strchr(units, value.ptr[value.len - 1]) : NULL;
    unsigned long long number = 0;
    if (unit == NULL || *unit == '\0' ||
        !kh_str_number(kh_str_slice(value, 0, value.len - 1), 1000000, &number) ||
        number == 0)
        return kh_fail(r->err, KH_ERR_USAGE,
                       "option '--max-age' takes an age such as 36h, not '%" KH_FMT "'",
                       KH_ARG(value));
    r->job->max_age_seconds = number * seconds[unit - units];
    return KH_OK;
}

static kh_status set_number(reading *r, const kh_given *given)
{
    kh_job *job = r->job;
    kh_status status = KH_OK;
    switch (given->id) {
    case OPTION_JOBS:
        status =
            kh_option_number(&job->n_jobs, "--jobs", given->value, 1, false, r->err);
        if (status == KH_OK && job->n_jobs > KH_JOBS_MAX)
            job->n_jobs = KH_JOBS_MAX;
        return status;
    case OPTION_MEMORY:
        return kh_option_size(&job->memory_bytes, "--memory", given->value, r->err);
    case OPTION_KEEP:
        return kh_option_number(&job->keep, "--keep", given->value, 1, false, r->err);
    case OPTION_MAX_DROP:
        return kh_option_number(&job->max_drop, "--max-drop", given->value, 0, false,
                                r->err);
    default:
        job->wait_seconds = UINT32_MAX;
        return given->has_value ? kh_option_number(&job->wait_seconds, "--wait",
                                                   given->value, 0, false, r->err)
                                : KH_OK;
    }
}

static kh_status set_help(reading *r, bool is_version)
{
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    if (is_version) {
        kh_buf_printf(&text, "khabar-index %s\n", KH_VERSION);
        kh_analysis_versions(&text);
        kh_buf_printf(&text, "\nXapian %s\n", kh_database_version());
    } else {
        kh_options_help(&text, kh_indexer_usage, kh_indexer_rules.options);
        kh_buf_add(&text,
                   KH_STR("\nexit: 0 all in or nothing changed, 1 published but some "
                          "articles skipped, 2 not published\n"));
    }
    *r->help = kh_arena_copy(r->arena, kh_buf_str(&text));
    return KH_OK;
}

static void add_input(reading *r, kh_str name)
{
    kh_job *job = r->job;
    KH_AUTO_BUF path;
    kh_buf_init(&path, 1 << 20);
    if (kh_str_equal(name, KH_STR("-")))
        kh_buf_add(&path, name);
    else
        kh_path_absolute(&path, name.ptr);
    for (size_t i = 0; i < job->n_inputs; i++)
        if (kh_str_equal(job->inputs[i], kh_buf_str(&path)))
            return;
    job->inputs = kh_arena_grow(r->arena, job->inputs, job->n_inputs,
                                &r->inputs_capacity, sizeof(kh_str));
    job->inputs[job->n_inputs++] = kh_arena_copy(r->arena, kh_buf_str(&path));
}

static kh_status check_argument(reading *r, kh_str value)
{
    kh_word_of word = r->job->word;
    if (word != KH_WORD_CHECK && word != KH_WORD_ROLLBACK && word != KH_WORD_FAILURES)
        return kh_fail(r->err, KH_ERR_USAGE, "'%s' takes no argument: '%" KH_FMT "'",
                       words[word], KH_ARG(value));
    if (r->job->argument.len > 0)
        return kh_fail(r->err, KH_ERR_USAGE,
                       "'%s' takes one argument at most: '%" KH_FMT "'",
                       words[r->job->word], KH_ARG(value));
    r->job->argument = value;
    return KH_OK;
}

/* An argument that is no file, and nearly a word, is one misspelt. Any other missing
 * input is told by the build, which notes that it failed. */
static kh_status check_misspelt(const reading *r, kh_str name)
{
    const char *nearest = kh_nearest(name, words);
    if (nearest == NULL || kh_str_find(name, KH_STR("/"), 0) != SIZE_MAX)
        return KH_OK;
    return kh_fail(r->err, KH_ERR_NOT_FOUND,
                   "no file '%" KH_FMT "': did you mean the word '%s'?", KH_ARG(name),
                   nearest);
}

/* The first argument is a word if it is spelt like one, whatever lies in the folder. */
static kh_status read_argument(reading *r, const kh_given *given)
{
    bool is_first = !r->has_word && !r->has_command_input && r->config_depth == 0 &&
                    !given->is_after_dashes;
    if (is_first && is_in(given->value, words)) {
        for (size_t i = 0; words[i] != NULL; i++)
            if (kh_str_equal(given->value, kh_str_from(words[i])))
                r->job->word = (kh_word_of)i;
        r->has_word = true;
        if (kh_path_exists(given->value.ptr)) {
            KH_AUTO_BUF note;
            kh_buf_init(&note, 1024);
            kh_buf_printf(&note,
                          "'%" KH_FMT
                          "' is read as the word; for the file write ./%" KH_FMT,
                          KH_ARG(given->value), KH_ARG(given->value));
            kh_message_note(KH_INDEXER, kh_buf_str(&note));
        }
        return KH_OK;
    }
    if (r->leaves_inputs && r->config_depth > 0)
        return KH_OK;
    if (r->job->word != KH_WORD_BUILD)
        return check_argument(r, given->value);
    if (!kh_str_equal(given->value, KH_STR("-")) && !kh_path_exists(given->value.ptr)) {
        kh_status status = check_misspelt(r, given->value);
        if (status != KH_OK)
            return status;
    }
    add_input(r, given->value);
    r->job->has_named_inputs = true;
    r->has_command_input |= r->config_depth == 0;
    return KH_OK;
}

static kh_status read_config(reading *r, const char *path);

static kh_status read_option(reading *r, const kh_given *given)
{
    static const char *const whens[] = { "auto", "always", "never", NULL };
    static const char *const writers[] = { "direct", "xapian", NULL };
    kh_job *job = r->job;
    size_t choice = 0;
    kh_status status = KH_OK;
    switch (given->id) {
    case OPTION_WRITER:
        status = kh_option_choice(&choice, "--writer", given->value, writers, r->err);
        job->maker = choice == 0 ? KH_MAKER_DIRECT : KH_MAKER_ENGINE;
        return status;
    case OPTION_INDEX:
        job->folder = given->value.ptr;
        return KH_OK;
    case OPTION_CONFIG: /* was read before */
        return KH_OK;
    case OPTION_ADD:
        job->adds = true;
        return KH_OK;
    case OPTION_LANG:
        return set_lang(r, given->value);
    case OPTION_MAP:
        return add_map(r, given->value);
    case OPTION_FORMAT:
        return set_format(r, given->value);
    case OPTION_EXCLUDE:
        add_exclude(r, given->value);
        return KH_OK;
    case OPTION_HIDDEN:
        job->walk.takes_hidden = job->reader.takes_hidden = true;
        record(r, "hidden", KH_STR(""));
        return KH_OK;
    case OPTION_FOLLOW:
        job->walk.follows_links = true;
        record(r, "follow", KH_STR(""));
        return KH_OK;
    case OPTION_REBUILD:
        job->must_rebuild = true;
        return KH_OK;
    case OPTION_STRICT:
        job->is_strict = true;
        return KH_OK;
    case OPTION_DRY_RUN:
        job->is_dry_run = true;
        return KH_OK;
    case OPTION_QUIET:
        job->is_quiet = true;
        return KH_OK;
    case OPTION_JSON:
        job->is_json = true;
        return KH_OK;
    case OPTION_VERBOSE:
        job->is_verbose = true;
        return KH_OK;
    case OPTION_PROGRESS:
        status = kh_option_choice(&choice, "--progress", given->value, whens, r->err);
        job->progress = (int)choice;
        return status;
    case OPTION_MAX_AGE:
        return set_age(r, given->value);
    case OPTION_HELP:
    case OPTION_VERSION:
        return set_help(r, given->id == OPTION_VERSION);
    default:
        return set_number(r, given);
    }
}

/* Config files come before all else, wherever they are named, so that the command line
 * has the last word. */
static kh_status read_configs(reading *r, const kh_given *given, size_t n)
{
    bool has_argument = false;
    for (size_t i = 0; i < n; i++) {
        if (given[i].id == OPTION_HELP || given[i].id == OPTION_VERSION)
            return KH_OK;
        if (given[i].id != 0 || has_argument || r->config_depth > 0)
            continue;
        has_argument = true;
        r->leaves_inputs =
            !given[i].is_after_dashes && is_in(given[i].value, words) &&
            !kh_str_equal(given[i].value, kh_str_from(words[KH_WORD_BUILD]));
    }
    kh_status status = KH_OK;
    for (size_t i = 0; i < n && status == KH_OK && r->help->len == 0; i++)
        if (given[i].id == OPTION_CONFIG)
            status = read_config(r, given[i].value.ptr);
    return status;
}

static kh_status read_given(reading *r, int argc, char *const *argv)
{
    kh_given *given = NULL;
    size_t n = 0;
    kh_status status =
        kh_options_read(&given, &n, &kh_indexer_rules, argc, argv, r->arena, r->err);
    if (status == KH_OK)
        status = read_configs(r, given, n);
    for (size_t i = 0; i < n && status == KH_OK && r->help->len == 0; i++)
        status =
            given[i].id == 0 ? read_argument(r, &given[i]) : read_option(r, &given[i]);
    return status;
}

static kh_status read_config_line(reading *r, kh_str line)
{
    char *argv[KH_CONFIG_ARGS_MAX];
    int argc = kh_config_line(argv, line, r->arena);
    return argc > 1 ? read_given(r, argc, argv) : KH_OK;
}

static kh_status read_config(reading *r, const char *path)
{
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    if (r->config_depth > 0)
        return kh_fail(r->err, KH_ERR_USAGE, "a config file cannot name another: '%s'",
                       path);
    kh_status status = kh_file_read(&text, path, (size_t)1 << 20, r->err);
    if (status != KH_OK)
        return status == KH_ERR_NOT_FOUND ? KH_ERR_USAGE : status;
    r->config_depth++;
    kh_str rest = kh_without_mark(kh_buf_str(&text));
    size_t number = 0;
    for (kh_str line; status == KH_OK && kh_str_line(&rest, &line);) {
        number++;
        status = read_config_line(r, line);
    }
    r->config_depth--;
    if (status != KH_OK && r->err != NULL) {
        kh_error why = *r->err;
        kh_fail(r->err, status, "%s:%zu: %s", path, number, why.message);
        if (why.hint[0] != '\0')
            kh_hint(r->err, "%s", why.hint);
    }
    return status;
}

static const char *folder_of(reading *r)
{
    const char *named = getenv("KHABAR_INDEX");
    const char *data = getenv("XDG_DATA_HOME");
    const char *home = getenv("HOME");
    KH_AUTO_BUF path;
    kh_buf_init(&path, 1 << 20);
    kh_str name = kh_str_from(r->job->folder);
    if (name.len == 0 && named != NULL && named[0] != '\0')
        name = kh_str_from(named);
    else if (name.len == 0 && data != NULL && data[0] == '/')
        name = kh_arena_printf(r->arena, "%s/khabar", data);
    else if (name.len == 0)
        name = kh_arena_printf(r->arena, "%s/.local/share/khabar", home ? home : "");
    kh_path_absolute(&path, name.ptr);
    return kh_arena_copy(r->arena, kh_buf_str(&path)).ptr;
}

kh_status kh_job_read(kh_job *out, kh_str *help, int argc, char *const *argv,
                      kh_arena *arena, kh_error *err)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    *out = (kh_job){ .n_jobs = cores > 1 ? (uint32_t)cores : 1,
                     .memory_bytes = (uint64_t)512 << 20,
                     .keep = 2,
                     .max_drop = 20,
                     .progress = KH_WHEN_AUTO };
    if (out->n_jobs > KH_JOBS_MAX)
        out->n_jobs = KH_JOBS_MAX;
    *help = (kh_str){ 0 };
    reading r = { .job = out, .help = help, .arena = arena, .err = err };
    kh_status status = read_given(&r, argc, argv);
    out->folder = folder_of(&r);
    out->walk.index_folder = out->folder;
    return status;
}

/* The recorded options, read as if they had been given. */
static kh_status recall_options(reading *r, const kh_manifest *live)
{
    char **argv = kh_arena_alloc(r->arena, (live->n_options + 2) * sizeof(char *));
    argv[0] = no_name;
    for (size_t i = 0; i < live->n_options; i++) {
        argv[i + 1] = kh_arena_alloc(r->arena, live->options[i].len + 1);
        memcpy(argv[i + 1], live->options[i].ptr, live->options[i].len);
    }
    return read_given(r, (int)live->n_options + 1, argv);
}

static kh_status no_inputs(const kh_job *job, kh_error *err)
{
    kh_fail(err, KH_ERR_USAGE, "no input named, and no index to build again: '%s'",
            job->folder);
    kh_hint(err, "khabar-index FOLDER");
    return KH_ERR_USAGE;
}

kh_status kh_job_recall(kh_job *job, kh_arena *arena, kh_error *err)
{
    if (job->has_named_inputs && !job->adds)
        return KH_OK;
    uint32_t number = 0;
    kh_manifest live;
    kh_error why = { 0 };
    kh_status status = kh_generation_current(&number, job->folder, &why);
    if (status == KH_OK) {
        status = kh_manifest_peek(&live, job->folder, number, arena, &why);
        if (status == KH_ERR_CORRUPT || status == KH_ERR_NOT_FOUND)
            kh_hint(&why, "name the inputs: khabar-index INPUT...");
    }
    if (status == KH_ERR_NOT_FOUND && number == 0)
        return job->has_named_inputs ? KH_OK : no_inputs(job, err);
    if (status != KH_OK) {
        if (err != NULL)
            *err = why;
        return status;
    }
    kh_str help = { 0 };
    reading r = { .job = job, .help = &help, .arena = arena, .err = err };
    r.inputs_capacity = job->n_inputs;
    r.options_capacity = job->n_options;
    kh_str *named = job->inputs;
    size_t n_named = job->n_inputs;
    job->inputs = NULL;
    job->n_inputs = 0;
    r.inputs_capacity = 0;
    for (size_t i = 0; i < live.n_inputs; i++) {
        if (kh_walk_is_once(live.inputs[i].ptr)) {
            kh_str source =
                kh_str_equal(live.inputs[i], KH_STR("-"))
                    ? KH_STR("standard input")
                    : kh_arena_printf(arena, "'%" KH_FMT "'", KH_ARG(live.inputs[i]));
            kh_fail(err, KH_ERR_USAGE,
                    "generation %u was built from %" KH_FMT
                    ", which cannot be read again",
                    number, KH_ARG(source));
            kh_hint(err, "name the inputs: khabar-index INPUT...");
            return KH_ERR_USAGE;
        }
        add_input(&r, live.inputs[i]);
    }
    for (size_t i = 0; i < n_named; i++)
        add_input(&r, named[i]);
    return job->has_options ? KH_OK : recall_options(&r, &live);
}
