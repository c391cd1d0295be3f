/* parse_rows - texts that a person typed, and what they are read as. */
#pragma once

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/buf.h"
#include "query/parse.h"

typedef struct row {
    const char *text;
    const char *wanted;
} row;

/* 5 June 2025. */
extern const kh_parse_options today;

/* The tree as one line, or "! message | hint". */
void read_as(kh_buf *out, kh_str text, const kh_parse_options *options);

void expect_rows(const row *rows, size_t n, const kh_parse_options *options);

#define EXPECT_ROWS(rows) expect_rows((rows), KH_COUNT_OF(rows), &today)

#define NOT_CLOSED " ; a quote is not closed: its words are plain words"
#define NO_PARTNER " ; a bracket has no partner and is read as text"
