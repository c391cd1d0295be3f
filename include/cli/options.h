/* options - command lines from one table a program, which also writes --help. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"

KH_BEGIN_DECLS

typedef enum kh_option_value {
    KH_VALUE_NONE,
    KH_VALUE_NEEDED,
    KH_VALUE_OPTIONAL
} kh_option_value;

typedef struct kh_option {
    int id;                 /* the program's own name for it, 1 or more */
    char letter;            /* short name; 0: none */
    const char *name;       /* long name without dashes */
    kh_option_value value;  /* an optional one needs "=" */
    const char *value_name; /* "DIR" for --help */
    const char *help;       /* one line; NULL: hidden */
    const char *group; /* heading of --help that begins here; NULL: as the one before */
} kh_option;           /* tables end with a row of id 0 */

/* A letter or long name that other tools have and this one has not, and what to write
 * instead. */
typedef struct kh_option_hint {
    const char *name; /* "-v", "--recursive" */
    const char *hint;
} kh_option_hint;

typedef struct kh_option_rules {
    const char *program;
    const kh_option *options;
    const kh_option_hint *hints; /* ends with a name of NULL; may be NULL */
    bool words_are_text; /* khabar-query: behind the first word one dash is text; "-n"
                            there is an error */
} kh_option_rules;

typedef struct kh_given {
    int id;       /* 0: a word */
    kh_str value; /* of the option or the word; empty and has_value false if none was
                     given */
    bool has_value;
    bool is_after_dashes; /* a word behind "--" */
    int word_at; /* a short option in an argument that is rather a word, "-treaty": its
                    place in argv; else 0 */
} kh_given;

/**
 * Read a command line into what was given, in order. "--name VALUE" and "--name=VALUE"
 * are one,
 * "-nVALUE" and "-n VALUE" too, "-lc" is "-l -c"; "--" ends options; "-" is a word.
 *
 * @return  KH_OK or KH_ERR_USAGE: unknown option (message names the nearest), value
 * missing or not taken; views point into argv
 */
KH_MUST_USE kh_status kh_options_read(kh_given **out, size_t *n,
                                      const kh_option_rules *rules, int argc,
                                      char *const *argv, kh_arena *arena,
                                      kh_error *err);

/* Append a word as a shell needs it. */
void kh_shell_quote(kh_buf *out, kh_str word);

/* Append a command line as it should have been: with all its words, behind its options.
 * word_at: an argument that is a word although it begins with a dash; 0: none. */
void kh_command_print(kh_buf *out, const kh_option_rules *rules, int argc,
                      char *const *argv, int word_at);

/* Hint that it was meant so. */
void kh_option_hint_word(kh_error *err, const kh_option_rules *rules, int argc,
                         char *const *argv, int at);

/* A line of a config file as arguments: "--exclude *.bak" is two words, a line that is
 * no option stands behind "--". Empty lines and notes have none: 1 is returned.
 *
 * @param arena  the arguments live in it
 * @return       their number, argv[0] included */
#define KH_CONFIG_ARGS_MAX 3
int kh_config_line(char *argv[KH_CONFIG_ARGS_MAX], kh_str line, kh_arena *arena);

/* What a file or standard input holds, without the byte order mark that editors put at
 * its beginning. */
kh_str kh_without_mark(kh_str text);

/* Values: a whole number, or KH_ERR_USAGE naming the option. "all" gives UINT32_MAX if
 * allowed. */
KH_MUST_USE kh_status kh_option_number(uint32_t *out, const char *name, kh_str value,
                                       uint32_t min, bool may_be_all, kh_error *err);
/* 512, 64K, 512M, 2G as bytes. */
KH_MUST_USE kh_status kh_option_size(uint64_t *out, const char *name, kh_str value,
                                     kh_error *err);
/* One of a NULL-terminated list of words: its index. */
KH_MUST_USE kh_status kh_option_choice(size_t *out, const char *name, kh_str value,
                                       const char *const *choices, kh_error *err);

/* Append --help; usage is put in front as it is. */
void kh_options_help(kh_buf *out, const char *usage, const kh_option *options);

/* How many edits of bytes make a to b, a swap of neighbours being one; limit + 1: more
 * than limit, or the words are too long. */
size_t kh_edits(kh_str a, kh_str b, size_t limit);

/* The nearest of NULL-terminated words by edit distance, at most 2 (or a third); else
 * NULL. */
const char *kh_nearest(kh_str word, const char *const *words);

KH_END_DECLS
