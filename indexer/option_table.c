/* option_table - the options of khabar-index, for the command line and for --help. */
#include "indexer/option_table.h"

#include "indexer/job.h"

static const kh_option options[] = {
    { OPTION_INDEX, 'd', "index", KH_VALUE_NEEDED, "DIR", "index to write",
      "What to build" },
    { OPTION_CONFIG, 0, "config", KH_VALUE_NEEDED, "FILE",
      "options and inputs, one a line", NULL },
    { OPTION_ADD, 0, "add", KH_VALUE_NONE, NULL,
      "the live generation's inputs and these", NULL },
    { OPTION_LANG, 0, "lang", KH_VALUE_NEEDED, "CODE",
      "language of articles that name none (detected)", NULL },
    { OPTION_MAP, 0, "map", KH_VALUE_NEEDED, "FIELD=NAME", "their name for our field",
      NULL },
    { OPTION_FORMAT, 0, "format", KH_VALUE_NEEDED, "NAME",
      "text, json or jsonl (by content)", NULL },
    { OPTION_EXCLUDE, 0, "exclude", KH_VALUE_NEEDED, "GLOB",
      "leave out files and folders", NULL },
    { OPTION_HIDDEN, 0, "hidden", KH_VALUE_NONE, NULL,
      "take hidden files and folders, too", NULL },
    { OPTION_FOLLOW, 'L', "follow", KH_VALUE_NONE, NULL,
      "follow symbolic links in folders", NULL },
    { OPTION_JOBS, 'j', "jobs", KH_VALUE_NEEDED, "N", "threads (cores)", "How" },
    { OPTION_MEMORY, 0, "memory", KH_VALUE_NEEDED, "SIZE", "before spilling (512M)",
      NULL },
    { OPTION_WRITER, 0, "writer", KH_VALUE_NEEDED, "direct|xapian",
      "who writes the postings (direct); xapian: slow, the reference", NULL },
    { OPTION_KEEP, 0, "keep", KH_VALUE_NEEDED, "N", "generations kept (2)", NULL },
    { OPTION_MAX_DROP, 0, "max-drop", KH_VALUE_NEEDED, "PERCENT",
      "publish nothing if more of the live articles would be gone (20)", NULL },
    { OPTION_REBUILD, 0, "rebuild", KH_VALUE_NONE, NULL,
      "build even if nothing changed", NULL },
    { OPTION_STRICT, 0, "strict", KH_VALUE_NONE, NULL,
      "one bad article and nothing is published", NULL },
    { OPTION_DRY_RUN, 0, "dry-run", KH_VALUE_NONE, NULL,
      "read and count, write nothing", NULL },
    { OPTION_WAIT, 0, "wait", KH_VALUE_OPTIONAL, "SECONDS", "wait for another builder",
      NULL },
    { OPTION_MAX_AGE, 0, "max-age", KH_VALUE_NEEDED, "AGE",
      "with status: exit 1 if the live generation is older (36h, 2d)", NULL },
    { OPTION_QUIET, 'q', "quiet", KH_VALUE_NONE, NULL, "only what needs a person",
      "Output" },
    { OPTION_VERBOSE, 'v', "verbose", KH_VALUE_NONE, NULL, "more", NULL },
    { OPTION_PROGRESS, 0, "progress", KH_VALUE_NEEDED, "auto|always|never",
      "progress bar", NULL },
    { OPTION_JSON, 0, "json", KH_VALUE_NONE, NULL,
      "the summary, or a word's answer, as JSON", NULL },
    { OPTION_HELP, 'h', "help", KH_VALUE_NONE, NULL, "this text", "Other" },
    { OPTION_VERSION, 'V', "version", KH_VALUE_NONE, NULL,
      "program and analysis versions", NULL },
    { 0, 0, NULL, KH_VALUE_NONE, NULL, NULL, NULL },
};

static const kh_option_hint hints[] = {
    { "-o", "the index folder is --index DIR" },
    { "-r", "folders are always read with all below" },
    { NULL, NULL },
};

const char kh_indexer_usage[] =
    "usage: khabar-index [OPTION...] INPUT...   build an index of these files and "
    "folders\n"
    "       khabar-index [OPTION...]            build again from the recorded inputs\n"
    "       khabar-index [OPTION...] status | check [N] | generations | "
    "failures [N]\n"
    "       khabar-index [OPTION...] rollback [N] | prune\n";

const kh_option_rules kh_indexer_rules = { .program = KH_INDEXER,
                                           .options = options,
                                           .hints = hints };
