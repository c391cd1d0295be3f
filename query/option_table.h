/* option_table - the options of khabar-query, for the command line and for --help.
 * Inside query/ only. */
#pragma once

#include "cli/options.h"

enum {
    OPTION_INDEX = 1,
    OPTION_GENERATION,
    OPTION_LITERAL,
    OPTION_ALL,
    OPTION_TAG,
    OPTION_SINCE,
    OPTION_UNTIL,
    OPTION_LIMIT,
    OPTION_OFFSET,
    OPTION_SORT,
    OPTION_REVERSE,
    OPTION_PER_ARTICLE,
    OPTION_PASSAGE_WORDS,
    OPTION_EXPLAIN,
    OPTION_JSON,
    OPTION_ONELINE,
    OPTION_TSV,
    OPTION_HEADER,
    OPTION_TREC,
    OPTION_VIMGREP,
    OPTION_FILES,
    OPTION_IDS,
    OPTION_NULL,
    OPTION_COUNT,
    OPTION_QUIET,
    OPTION_TEXT,
    OPTION_COLOR,
    OPTION_HIGHLIGHT,
    OPTION_WIDTH,
    OPTION_PAGER,
    OPTION_NO_PAGER,
    OPTION_IGNORED,
    OPTION_BATCH,
    OPTION_SHOW,
    OPTION_TAGS,
    OPTION_SUMMARY,
    OPTION_CONFIG,
    OPTION_NO_CONFIG,
    OPTION_HELP,
    OPTION_VERSION,
};

extern const kh_option_rules kh_query_rules;

/* The lines in front of --help. */
extern const char kh_query_usage[];
