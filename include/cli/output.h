/* output - standard output: buffered, a closed pipe is no trouble, control characters
 * never reach a terminal. */
#pragma once

#include <stdbool.h>

#include "base/buf.h"
#include "base/error.h"

KH_BEGIN_DECLS

/* Write the buffer to standard output and empty it.
 *
 * @return KH_OK; KH_END: the reader closed the pipe, nothing more is wanted; KH_ERR_IO
 */
KH_MUST_USE kh_status kh_output_write(kh_buf *text, kh_error *err);

/* Append text of articles for people: control and bidi-control characters but marks of
 * direction (and lone line ends, unless keep_lines) become U+FFFD or a space; runs of
 * white space one space unless keep_lines. */
void kh_output_clean(kh_buf *out, kh_str text, bool keep_lines);

/* Append a number for people: 29,800. */
void kh_output_grouped(kh_buf *out, uint64_t number);

typedef enum kh_highlight {
    KH_HIGHLIGHT_NONE,
    KH_HIGHLIGHT_ANSI,
    KH_HIGHLIGHT_MARKDOWN,
    KH_HIGHLIGHT_HTML
} kh_highlight;

/* What the program writes to: decided once from options, environment and terminal. */
typedef struct kh_terminal {
    bool is_terminal; /* standard output */
    bool has_color;
    kh_highlight highlight;
    unsigned width; /* columns; 0: a pipe, do not wrap */
} kh_terminal;

typedef enum kh_when { KH_WHEN_AUTO, KH_WHEN_ALWAYS, KH_WHEN_NEVER } kh_when;

/* highlight: -1 auto, else a kh_highlight; width: 0 auto. */
kh_terminal kh_terminal_of(kh_when color, int highlight, unsigned width);

/* Columns of the terminal that the file is, as it is now; else COLUMNS, else 80. */
unsigned kh_terminal_columns(int file);
/* TERM says that it can do nothing but lines, or nothing at all. */
bool kh_terminal_is_dumb(void);

/* Columns that text takes (East Asian Width, combining marks 0). */
unsigned kh_text_columns(kh_str text);

/* Append words broken to lines of at most width columns, each after indent blanks;
 * width 0: one line. Sequences that kh_output_clean and highlights put in take no
 * columns. */
void kh_output_wrap(kh_buf *out, kh_str text, unsigned indent, unsigned width);

KH_END_DECLS
