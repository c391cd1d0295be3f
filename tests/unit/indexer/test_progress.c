/* test_progress - the line says as much as fits, and never more. */
#include "indexer/progress.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

static const kh_progress half = { .has_bar = true,
                                  .is_measured = true,
                                  .share = 0.51,
                                  .n_read = 29800,
                                  .ms = 1620,
                                  .n_skipped = 2 };

static void expect_line(const kh_progress *progress, unsigned width, const char *wanted)
{
    KH_AUTO_BUF line;
    kh_buf_init(&line, 4096);
    kh_progress_line(&line, progress, width);
    cr_expect(eq(str, (char *)kh_buf_text(&line), (char *)wanted), "%u columns", width);
}

Test(progress, leaves_out_what_is_wanted_least)
{
    static const struct {
        unsigned width;
        const char *line;
    } rows[] = {
        { 0, "reading  ##########----------  51 %  29,800 of about 58,431 articles  "
             "18,395/s  0:01 left  2 skipped" },
        { 95, "reading  #####-----  51 %  29,800 of about 58,431 articles  18,395/s  "
              "0:01 left  2 skipped" },
        { 79, "reading  #####-----  51 %  29,800 articles  18,395/s  0:01 left  "
              "2 skipped" },
        { 70, "reading  #####-----  51 %  29,800 articles  0:01 left  2 skipped" },
        { 55, "reading  51 %  29,800 articles  0:01 left  2 skipped" },
        { 45, "reading  51 %  29,800 articles  0:01 left" },
        { 35, " 51 %  29,800 articles  0:01 left" },
        { 20, " 51 %  0:01 left" },
        { 10, " 51 %" },
        { 3, "" },
    };
    for (size_t i = 0; i < KH_COUNT_OF(rows); i++)
        expect_line(&half, rows[i].width, rows[i].line);
}

Test(progress, fits_any_width)
{
    kh_progress huge = half;
    huge.n_read = UINT64_MAX / 2000;
    huge.ms = 1;
    for (unsigned width = 1; width < 200; width++) {
        KH_AUTO_BUF line;
        kh_buf_init(&line, 4096);
        kh_progress_line(&line, &huge, width);
        cr_expect(le(sz, line.len, width));
        cr_expect(eq(int, line.len > 0, width >= strlen(" 51 %")));
    }
}

Test(progress, has_no_share_of_what_a_pipe_brings)
{
    kh_progress pipe = half;
    pipe.is_measured = false;
    pipe.share = 0;

    expect_line(&pipe, 79, "reading  29,800 articles  18,395/s  2 skipped");
    expect_line(&pipe, 16, "29,800 articles");
}

Test(progress, has_no_bar_in_a_log)
{
    kh_progress line = half;
    line.has_bar = false;
    line.n_skipped = 0;

    expect_line(&line, 0,
                "reading  51 %  29,800 of about 58,431 articles  18,395/s  0:01 left");
}
