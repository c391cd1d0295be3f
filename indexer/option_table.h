/* option_table - the options of khabar-index, for the command line and for --help.
 * Inside indexer/ only. */
#pragma once

#include "cli/options.h"

enum {
    OPTION_INDEX = 1,
    OPTION_CONFIG,
    OPTION_ADD,
    OPTION_LANG,
    OPTION_MAP,
    OPTION_FORMAT,
    OPTION_EXCLUDE,
    OPTION_HIDDEN,
    OPTION_FOLLOW,
    OPTION_JOBS,
    OPTION_MEMORY,
    OPTION_WRITER,
    OPTION_KEEP,
    OPTION_MAX_DROP,
    OPTION_REBUILD,
    OPTION_STRICT,
    OPTION_DRY_RUN,
    OPTION_WAIT,
    OPTION_QUIET,
    OPTION_VERBOSE,
    OPTION_PROGRESS,
    OPTION_MAX_AGE,
    OPTION_JSON,
    OPTION_HELP,
    OPTION_VERSION,
};

extern const kh_option_rules kh_indexer_rules;

/* The lines in front of --help. */
extern const char kh_indexer_usage[];
