/* columns - what a character takes on a terminal. Inside lib/cli only. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* Columns of one character: 0, 1 or 2. */
unsigned kh_char_columns(uint32_t c);

/* The end of an escape sequence that begins at `at`; `at` if none does. */
size_t kh_escape_end(kh_str text, size_t at);
