/* scratch - a folder for one test, and short ways to look at texts and files. */
#pragma once

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/file.h"

/* Suites that need files: TestSuite(file, .init = scratch_open, .fini = scratch_free)
 */
void scratch_open(void);
void scratch_free(void);

/* Path of a name in the folder of this test; good until four more were asked for. */
const char *scratch_path(const char *name);

void scratch_write(const char *name, const char *content);
void scratch_folder(const char *name);

/* Does a file hold this and nothing else? */
bool scratch_holds(const char *name, const char *content);

/* A view against a literal, with both in the report. */
#define expect_text(actual, wanted)                                \
    do {                                                           \
        kh_str seen_ = (actual);                                   \
        char text_[512];                                           \
        snprintf(text_, sizeof(text_), "%" KH_FMT, KH_ARG(seen_)); \
        cr_expect(eq(str, text_, (char *)(wanted)));               \
    } while (0)

#define expect_status(actual, wanted) cr_expect(eq(int, (int)(actual), (int)(wanted)))
#define assert_ok(actual)             cr_assert(eq(int, (int)(actual), (int)KH_OK))
