/* test_options - command lines against one table: what was given, or why it was not
 * understood. */
#include <stdio.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "cli/options.h"

enum { LIMIT = 1, COUNT, LIST, TAGS, COLOR, IGNORED, HIDDEN };

static const kh_option options[] = {
    { LIMIT, 'n', "limit", KH_VALUE_NEEDED, "N", "results printed", "Which" },
    { COUNT, 'c', "count", KH_VALUE_NONE, NULL, "how many", NULL },
    { LIST, 'l', "files", KH_VALUE_NONE, NULL, "files", NULL },
    { TAGS, 0, "tags", KH_VALUE_OPTIONAL, "PREFIX", "tags with counts", "Modes" },
    { COLOR, 0, "color", KH_VALUE_NEEDED, "auto|always|never", "colour", NULL },
    { IGNORED, 'i', NULL, KH_VALUE_NONE, NULL, NULL, NULL },
    { HIDDEN, 0, "complete", KH_VALUE_NEEDED, "KIND", NULL, NULL },
    { 0, 0, NULL, KH_VALUE_NONE, NULL, NULL, NULL },
};

static const kh_option_hint hints[] = {
    { "-v", "write NOT word" },
    { "--recursive", "the whole index is always searched" },
    { NULL, NULL },
};

static const kh_option_rules query_rules = {
    .program = "prog", .options = options, .hints = hints, .words_are_text = true
};
static const kh_option_rules index_rules = {
    .program = "prog", .options = options, .hints = NULL, .words_are_text = false
};

#define ARGS_MAX 8

/* What was given as one line: "limit=5 count 'word'"; a failure as "message | hint". */
static void read_line(kh_buf *out, const kh_option_rules *rules,
                      const char *const *args)
{
    char *argv[ARGS_MAX + 1] = { "prog" };
    int argc = 1;
    for (; args[argc - 1] != NULL; argc++)
        argv[argc] = (char *)args[argc - 1];
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_given *given = NULL;
    size_t n = 0;
    kh_error err = { 0 };
    kh_status status = kh_options_read(&given, &n, rules, argc, argv, arena, &err);
    if (status != KH_OK) {
        cr_expect(eq(int, (int)status, (int)KH_ERR_USAGE));
        cr_expect(eq(int, (int)err.status, (int)KH_ERR_USAGE));
        kh_buf_printf(out, "%s | %s", err.message, err.hint);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        kh_buf_add(out, i > 0 ? KH_STR(" ") : KH_STR(""));
        if (given[i].id == 0) {
            kh_buf_printf(out, "%s'%" KH_FMT "'", given[i].is_after_dashes ? "--" : "",
                          KH_ARG(given[i].value));
            continue;
        }
        for (const kh_option *o = options; o->id != 0; o++)
            if (o->id == given[i].id)
                kh_buf_printf(out, "%s", o->name != NULL ? o->name : "-i");
        if (given[i].has_value)
            kh_buf_printf(out, "=%" KH_FMT, KH_ARG(given[i].value));
    }
}

typedef struct line {
    const char *args[ARGS_MAX];
    const char *wanted;
} line;

static void expect_lines(const kh_option_rules *rules, const line *lines, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        KH_AUTO_BUF seen;
        kh_buf_init(&seen, KH_BUF_MAX);
        read_line(&seen, rules, lines[i].args);
        cr_expect(eq(str, (char *)kh_buf_text(&seen), (char *)lines[i].wanted),
                  "line %zu", i);
    }
}

Test(options, are_read_in_every_spelling)
{
    static const line lines[] = {
        { { NULL }, "" },
        { { "-n", "5" }, "limit=5" },
        { { "-n5" }, "limit=5" },
        { { "--limit", "5" }, "limit=5" },
        { { "--limit=5" }, "limit=5" },
        { { "--limit=" }, "limit=" },
        { { "--limit=a=b" }, "limit=a=b" },
        { { "-n", "-5" }, "limit=-5" },
        { { "-n", "--" }, "limit=--" },
        { { "--color", "--count" }, "color=--count" },
        { { "-lc" }, "files count" },
        { { "-lcn5" }, "files count limit=5" },
        { { "-lcn", "5" }, "files count limit=5" },
        { { "-i", "-c" }, "-i count" },
        { { "-n1", "-n2" }, "limit=1 limit=2" },
        { { "--tags" }, "tags" },
        { { "--tags=in" }, "tags=in" },
        { { "--tags=" }, "tags=" },
        { { "--tags", "indus" }, "tags 'indus'" },
        { { "--complete", "tag" }, "complete=tag" },
    };

    expect_lines(&query_rules, lines, KH_COUNT_OF(lines));
    expect_lines(&index_rules, lines, KH_COUNT_OF(lines));
}

Test(options, come_first_and_dashes_behind_a_query_word_are_text)
{
    static const line lines[] = {
        { { "treaty" }, "'treaty'" },
        { { "" }, "''" },
        { { "-" }, "'-'" },
        { { "treaty", "-cricket" }, "'treaty' '-cricket'" },
        { { "treaty", "-cli" }, "'treaty' '-cli'" },
        { { "treaty", "-" }, "'treaty' '-'" },
        { { "treaty", "-5" }, "'treaty' '-5'" },
        { { "treaty", "-\"a b\"" }, "'treaty' '-\"a b\"'" },
        { { "treaty", "-\xC3\xA9" }, "'treaty' '-\xC3\xA9'" },
        { { "treaty", "--count" }, "'treaty' count" },
        { { "treaty", "--limit", "5", "talks" }, "'treaty' limit=5 'talks'" },
        { { "-c", "treaty", "--color=never" }, "count 'treaty' color=never" },
        { { "--", "-n", "5" }, "--'-n' --'5'" },
        { { "--", "--count" }, "--'--count'" },
        { { "--", "--" }, "--'--'" },
        { { "a", "--", "-c", "-" }, "'a' --'-c' --'-'" },
        { { "-c", "--" }, "count" },
        { { "-", "-cricket" }, "'-' '-cricket'" },
    };

    expect_lines(&query_rules, lines, KH_COUNT_OF(lines));
}

Test(options, misplaced_behind_the_query_are_named)
{
    static const line lines[] = {
        { { "treaty", "-n", "5" },
          "option '-n' after the query: short options come first | prog -n 5 treaty" },
        { { "treaty", "-n5" },
          "option '-n' after the query: short options come first | prog -n5 treaty" },
        { { "treaty", "-n" },
          "option '-n' after the query: short options come first | prog -n N treaty" },
        { { "treaty", "-c" },
          "option '-c' after the query: short options come first | "
          "prog -c treaty; as text: -- before it" },
        { { "treaty", "-l0" },
          "option '-l' after the query: short options come first | "
          "prog -l0 treaty; as text: -- before it" },
        { { "-c", "indus", "treaty", "-x" },
          "option '-x' after the query: short options come first | "
          "prog -c -x indus treaty; as text: -- before it" },
        { { "it's", "in", "-n", "5", "a b", "--count" },
          "option '-n' after the query: short options come first | "
          "prog -n 5 --count 'it'\\''s' in 'a b'" },
        { { "-cricket", "treaty", "-c", "--tags" },
          "unknown option '-r' in '-cricket' | to leave out what has that word: "
          "prog -c --tags -- -cricket treaty" },
    };

    expect_lines(&query_rules, lines, KH_COUNT_OF(lines));
}

Test(options, of_the_indexer_may_stand_anywhere)
{
    static const line lines[] = {
        { { "folder", "-n", "5" }, "'folder' limit=5" },
        { { "folder", "-c", "other" }, "'folder' count 'other'" },
        { { "folder", "--", "-c" }, "'folder' --'-c'" },
        { { "-" }, "'-'" },
        { { "folder", "-x" }, "unknown option '-x' | all of them: prog --help" },
        { { "-v" }, "unknown option '-v' | all of them: prog --help" },
    };

    expect_lines(&index_rules, lines, KH_COUNT_OF(lines));
}

Test(options, unknown_or_incomplete_say_what_to_write)
{
    static const line lines[] = {
        { { "--cuont" }, "unknown option '--cuont' | the nearest is '--count'" },
        { { "--lim", "5" }, "unknown option '--lim' | the nearest is '--limit'" },
        { { "--coun=3" }, "unknown option '--coun' | the nearest is '--count'" },
        { { "--zzzzzzzz" }, "unknown option '--zzzzzzzz' | all of them: prog --help" },
        { { "--completer" },
          "unknown option '--completer' | all of them: prog --help" },
        { { "--=x" }, "unknown option '--' | all of them: prog --help" },
        { { "--Count" }, "unknown option '--Count' | the nearest is '--count'" },
        { { "--recursive" },
          "unknown option '--recursive' | the whole index is always searched" },
        { { "-v" }, "unknown option '-v' | write NOT word" },
        { { "-cloud" },
          "unknown option '-o' in '-cloud' | to leave out what has that word: prog -- "
          "-cloud" },
        { { "-lv" }, "unknown option '-v' | write NOT word" },
        { { "-z" }, "unknown option '-z' | all of them: prog --help" },
        { { "-5" }, "unknown option '-5' | all of them: prog --help" },
        { { "--limit" }, "option '--limit' needs a value: --limit N | " },
        { { "-n" }, "option '--limit' needs a value: --limit N | " },
        { { "-cn" }, "option '--limit' needs a value: --limit N | " },
        { { "--count=3" }, "option '--count' takes no value | " },
        { { "--count=" }, "option '--count' takes no value | " },
        { { "a", "--cuont" }, "unknown option '--cuont' | the nearest is '--count'" },
    };

    expect_lines(&query_rules, lines, KH_COUNT_OF(lines));
}

Test(options, fail_the_same_without_an_error_to_fill)
{
    char *argv[] = { "prog", "--zz" };
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_given *given = NULL;
    size_t n = 7;

    kh_status status = kh_options_read(&given, &n, &query_rules, 2, argv, arena, NULL);

    cr_expect(eq(int, (int)status, (int)KH_ERR_USAGE));
    cr_expect(given == NULL);
    cr_expect(eq(sz, n, 7));
}

Test(options, write_their_own_help)
{
    KH_AUTO_BUF help;
    kh_buf_init(&help, KH_BUF_MAX);

    kh_options_help(&help, "usage: prog\n", options);

    const char *wanted = "usage: prog\n"
                         "\n"
                         "Which\n"
                         "  -n, --limit N               results printed\n"
                         "  -c, --count                 how many\n"
                         "  -l, --files                 files\n"
                         "\n"
                         "Modes\n"
                         "      --tags[=PREFIX]         tags with counts\n"
                         "      --color auto|always|never\n"
                         "                              colour\n";
    cr_expect(eq(str, (char *)kh_buf_text(&help), (char *)wanted));
}

Test(options, of_a_config_file_are_a_line_each)
{
    static const struct {
        const char *line;
        const char *wanted; /* arguments behind the first, with | between */
    } cases[] = {
        { "", "" },
        { "  # a note", "" },
        { "--exclude  *.bak and more", "--exclude|*.bak and more" },
        { "--limit=5", "--limit=5" },
        { "-n 5 ", "-n|5" },
        { "/srv/an archive", "--|/srv/an archive" },
        { "-", "--|-" },
    };
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        char *argv[KH_CONFIG_ARGS_MAX];
        char seen[200] = "";
        int argc = kh_config_line(argv, kh_str_from(cases[i].line), arena);
        for (int k = 1; k < argc; k++)
            snprintf(seen + strlen(seen), sizeof(seen) - strlen(seen), "%s%s",
                     k > 1 ? "|" : "", argv[k]);
        cr_expect(eq(str, (char *)seen, (char *)cases[i].wanted), "%s", cases[i].line);
    }
}
