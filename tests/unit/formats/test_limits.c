/* test_limits - a record that is too large costs itself, not the file. */
#include "base/alloc.h"
#include "show.h"

/* Text before, n times x, text behind; freed by the caller. */
static kh_str make(const char *before, const char *behind)
{
    size_t n_before = strlen(before);
    size_t n_behind = strlen(behind);
    size_t n = KH_RECORD_MAX_BYTES + 1000;
    char *bytes = kh_alloc(n_before + n + n_behind);
    memcpy(bytes, before, n_before);
    memset(bytes + n_before, 'x', n);
    memcpy(bytes + n_before + n, behind, n_behind);
    return kh_str_make(bytes, n_before + n + n_behind);
}

static void expect_limit(const char *before, const char *behind, const char *wanted)
{
    kh_str bytes = make(before, behind);
    expect_show(show_all(bytes, "/a", NULL), wanted);
    kh_free((char *)bytes.ptr);
}

Test(limits, pass_over_a_line_that_is_too_long)
{
    expect_limit("{\"title\":\"A\"}\n{\"title\":\"", "\"}\n{\"title\":\"C\"}\n",
                 "T:A\n!limit 2: line 2 is longer than 256 MiB\nT:C");
}

Test(limits, pass_over_a_value_that_is_too_long)
{
    expect_limit("[{\"title\":\"A\"},{\"title\":\"", "\"},{\"title\":\"C\"}]",
                 "T:A\n!limit 2: a value is larger than 256 MiB\nT:C");
}

Test(limits, leave_out_a_text_that_is_too_long)
{
    expect_limit("Title\n\n", "\n", "!limit: larger than 256 MiB");
}
