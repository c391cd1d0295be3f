/* options - the command line of khabar-query, read. Inside query/ only. */
#pragma once

#include "cli/options.h"
#include "cli/output.h"
#include "query/search.h"

#define KH_PROGRAM "khabar-query"

typedef enum kh_mode {
    KH_MODE_SEARCH,
    KH_MODE_SHOW,
    KH_MODE_TAGS,
    KH_MODE_BATCH,
    KH_MODE_HELP, /* text stands in help */
} kh_mode;

typedef enum kh_form {
    KH_FORM_TEXT,
    KH_FORM_JSON,
    KH_FORM_TREC,
    KH_FORM_FILES,
    KH_FORM_IDS,
    KH_FORM_COUNT,
    KH_FORM_ONELINE,
    KH_FORM_TSV,
    KH_FORM_VIMGREP,
} kh_form;

typedef struct kh_settings {
    kh_mode mode;
    kh_form form;
    kh_search_options search;
    kh_parse_options parse;
    kh_terminal terminal;
    const char *pager;   /* "auto", "never" or a command */
    const char *folder;  /* of the index */
    uint32_t generation; /* 0: the live one */
    bool has_limit;
    bool is_quiet;
    bool shows_text_alone; /* --show --text */
    bool has_header;       /* --tsv --header */
    bool has_summary;      /* --json --summary */
    bool ends_names_in_nul;
    kh_str query; /* the words of all arguments, or standard input */
    bool has_query;
    kh_str show;       /* REF, id or "-" */
    kh_str tag_prefix; /* --tags=PREFIX */
    kh_str batch;      /* FILE or "-" */
    kh_str trec_tag;
    kh_str help;
    kh_str word_note;    /* how an argument was read that is like a word, "-treaty" */
    bool is_word_folder; /* it named the index */
} kh_settings;           /* in the arena and argv */

/* Read the command line and standard input where it is the query. */
KH_MUST_USE kh_status kh_settings_read(kh_settings *out, int argc, char *const *argv,
                                       kh_arena *arena, kh_error *err);
