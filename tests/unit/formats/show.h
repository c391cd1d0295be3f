/* show - articles as short texts, so that a test is a table of inputs and outcomes. */
#pragma once

#include <stdio.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "formats/reader.h"

/* Longer outcomes are cut. */
#define SHOW_BYTES 8192

/* Read bytes as a file of this name; an article or failure a line:
 *
 *     T:Title D:Deck H:Heading P:Paragraph
 *     !format 5: not JSON: ',' expected at column 33
 *
 * where 5 is the record, left out if it is 0. A line end inside a block is "\n". The
 * text lives until the next call. */
const char *show_all(kh_str bytes, const char *name, const kh_reader_options *options);

/* What one article says of itself, after its blocks: "id=... author=... tag=...". Its
 * fields that are empty are left out. */
const char *show_fields(kh_str bytes, const char *name,
                        const kh_reader_options *options);

/* A fixture of tests/data/formats: its path, its bytes (freed by show_release). */
const char *show_path(const char *name);
kh_str show_fixture(const char *name);

/* Open a fixture; a failure fails the test. */
kh_reader *show_open(const char *name);

#define expect_show(actual, wanted) \
    cr_expect(eq(str, (char *)(actual), (char *)(wanted)))
