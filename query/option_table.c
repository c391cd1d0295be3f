/* option_table - the options of khabar-query, for the command line and for --help. */
#include "query/option_table.h"

#include "query/options.h"

static const kh_option options[] = {
    { OPTION_SHOW, 0, "show", KH_VALUE_NEEDED, "REF",
      "print an article; - reads REFs or ids", "Modes" },
    { OPTION_TAGS, 0, "tags", KH_VALUE_OPTIONAL, "PREFIX", "tags with counts", NULL },
    { OPTION_BATCH, 0, "batch", KH_VALUE_NEEDED, "FILE",
      "many queries, id<TAB>query a line", NULL },
    { OPTION_INDEX, 'd', "index", KH_VALUE_NEEDED, "DIR", "index to read",
      "What to search" },
    { OPTION_GENERATION, 0, "generation", KH_VALUE_NEEDED, "N",
      "another generation that is kept", NULL },
    { OPTION_LITERAL, 'F', "literal", KH_VALUE_NONE, NULL,
      "the query is plain words: no operators, quotes or fields", NULL },
    { OPTION_ALL, 'a', "all", KH_VALUE_NONE, NULL, "every plain word must occur",
      NULL },
    { OPTION_TAG, 't', "tag", KH_VALUE_NEEDED, "NAME",
      "only articles with this whole tag", NULL },
    { OPTION_SINCE, 0, "since", KH_VALUE_NEEDED, "DATE", "from this day on", NULL },
    { OPTION_UNTIL, 0, "until", KH_VALUE_NEEDED, "DATE", "up to and with this day",
      NULL },
    { OPTION_LIMIT, 'n', "limit", KH_VALUE_NEEDED, "N|all",
      "results printed (10; 1000 with --trec; all with -l, --ids, --tags)",
      "Which results" },
    { OPTION_OFFSET, 0, "offset", KH_VALUE_NEEDED, "N", "leave out the first N", NULL },
    { OPTION_SORT, 0, "sort", KH_VALUE_NEEDED, "relevance|date",
      "order; date: newest first", NULL },
    { OPTION_REVERSE, 0, "reverse", KH_VALUE_NONE, NULL, "turn the order round", NULL },
    { OPTION_PER_ARTICLE, 0, "per-article", KH_VALUE_NEEDED, "N|all",
      "passages of one article (1)", NULL },
    { OPTION_PASSAGE_WORDS, 0, "passage-words", KH_VALUE_NEEDED, "N",
      "most words of a passage (120)", NULL },
    { OPTION_JSON, 0, "json", KH_VALUE_NONE, NULL, "a JSON object a line", "Output" },
    { OPTION_SUMMARY, 0, "summary", KH_VALUE_NONE, NULL,
      "with --json: a last object of each query", NULL },
    { OPTION_ONELINE, 0, "oneline", KH_VALUE_NONE, NULL,
      "a result a line: REF, date, source, title, passage", NULL },
    { OPTION_TSV, 0, "tsv", KH_VALUE_NONE, NULL, "columns parted by tabs", NULL },
    { OPTION_HEADER, 0, "header", KH_VALUE_NONE, NULL, "with --tsv: their names first",
      NULL },
    { OPTION_VIMGREP, 0, "vimgrep", KH_VALUE_NONE, NULL, "path:line:column: passage",
      NULL },
    { OPTION_TREC, 0, "trec", KH_VALUE_OPTIONAL, "TAG", "TREC run, one line an article",
      NULL },
    { OPTION_FILES, 'l', "files", KH_VALUE_NONE, NULL,
      "files of the matches, best first", NULL },
    { OPTION_IDS, 0, "ids", KH_VALUE_NONE, NULL, "ids of the articles, one a line",
      NULL },
    { OPTION_NULL, '0', "null", KH_VALUE_NONE, NULL,
      "with -l, --ids, --tags, --show -: NUL behind each name", NULL },
    { OPTION_COUNT, 'c', "count", KH_VALUE_NONE, NULL, "number of matching articles",
      NULL },
    { OPTION_QUIET, 'q', "quiet", KH_VALUE_NONE, NULL, "no results, only the exit code",
      NULL },
    { OPTION_TEXT, 0, "text", KH_VALUE_NONE, NULL, "with --show: the stored text alone",
      NULL },
    { OPTION_EXPLAIN, 0, "explain", KH_VALUE_NONE, NULL,
      "how the query was read, and the parts of each score", NULL },
    { OPTION_COLOR, 0, "color", KH_VALUE_NEEDED, "auto|always|never", "colour", NULL },
    { OPTION_HIGHLIGHT, 0, "highlight", KH_VALUE_NEEDED, "auto|ansi|md|html|none",
      "how matching words are marked", NULL },
    { OPTION_WIDTH, 0, "width", KH_VALUE_NEEDED, "N", "columns of a line", NULL },
    { OPTION_PAGER, 0, "pager", KH_VALUE_NEEDED, "auto|never|CMD",
      "what shows more than a screen (less)", NULL },
    { OPTION_NO_PAGER, 0, "no-pager", KH_VALUE_NONE, NULL, "the same as --pager never",
      NULL },
    { OPTION_IGNORED, 'i', NULL, KH_VALUE_NONE, NULL, NULL, NULL },
    { OPTION_CONFIG, 0, "config", KH_VALUE_NEEDED, "FILE",
      "options, one a line (KHABAR_CONFIG)", "Other" },
    { OPTION_NO_CONFIG, 0, "no-config", KH_VALUE_NONE, NULL, "read no such file",
      NULL },
    { OPTION_HELP, 'h', "help", KH_VALUE_NONE, NULL, "this text", NULL },
    { OPTION_VERSION, 'V', "version", KH_VALUE_NONE, NULL,
      "program and analysis versions", NULL },
    { 0, 0, NULL, KH_VALUE_NONE, NULL, NULL, NULL },
};

static const kh_option_hint hints[] = {
    { "-v", "leave a word out: NOT word, or -word" },
    { "-r", "the whole index is always searched" },
    { "-w", "words are always whole" },
    { "-e", "write -- and the query" },
    { "-f", "many queries from a file: --batch FILE" },
    { "-o", "passages alone: --json" },
    { NULL, NULL },
};

const char kh_query_usage[] =
    "usage: khabar-query [OPTION...] QUERY...        search; all words are one query\n"
    "       khabar-query [OPTION...] -               the query from standard input\n"
    "       khabar-query [OPTION...] --batch FILE|-  many queries\n"
    "       khabar-query [OPTION...] --show REF [QUERY...]\n"
    "       khabar-query [OPTION...] --tags[=PREFIX] [QUERY...]\n";

const kh_option_rules kh_query_rules = {
    .program = KH_PROGRAM, .options = options, .hints = hints, .words_are_text = true
};
