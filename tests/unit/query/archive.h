/* archive - a small archive of many languages, in one segment, in three, and in three
 * with dead articles: the same answers. */
#pragma once

#include "asked.h"

extern const size_t n_archive; /* articles */

/* One index of each make, opened once a test. */
extern asked each[3];

/* The .init and .fini of a suite. */
void open_each(void);
void close_each(void);

typedef struct row {
    const char *query;
    const char *wanted; /* ids, sorted */
} row;

/* Ask each index each query. */
void expect_rows(const row *rows, size_t n);

#define EXPECT_ROWS(rows) expect_rows((rows), KH_COUNT_OF(rows))
