/* test_wrap - texts of scripts that have rules of their own for lines. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "cli/output.h"

static const char chinese[] =
    "新华社记者说，农民收起水田的秧苗，“芯片厂要水”。镇长（他不愿具名）问：谁来付钱？"
    "「三月以后再谈」，公司答道；没有人相信！";
static const char japanese[] = "東京、6月5日。「川の水は足りない」と市長は言った。チッ"
                               "プ工場も、農家も、待っている。";
static const char thai[] = "วันนี้ฝนตกหนักในกรุงเทพมหานครและรถไฟหยุดวิ่งทุกสาย";

static void wrapped(kh_buf *seen, const char *text, unsigned width)
{
    kh_buf_init(seen, KH_BUF_MAX);
    kh_output_wrap(seen, kh_str_from(text), 0, width);
}

/* Whatever the width: nothing is lost, no line is too long or begins with a mark that
 * closes something. */
static void expect_good_lines(const char *text, const char *marks)
{
    for (unsigned width = 20; width < 80; width++) {
        KH_AUTO_BUF seen;
        KH_AUTO_BUF joined;
        kh_buf_init(&joined, KH_BUF_MAX);
        wrapped(&seen, text, width);
        kh_str rest = kh_buf_str(&seen);
        for (kh_str line; kh_str_line(&rest, &line);) {
            cr_expect(le(u32, kh_text_columns(line), width), "width %u", width);
            cr_assert(gt(sz, line.len, 0));
            kh_str first = kh_str_slice(line, 0, 3); /* bytes of each mark */
            cr_expect(eq(sz, kh_str_find(kh_str_from(marks), first, 0), SIZE_MAX),
                      "width %u: %" KH_FMT, width, KH_ARG(line));
            kh_buf_add(&joined, line);
        }
        cr_expect(eq(str, (char *)kh_buf_text(&joined), (char *)text));
    }
}

Test(wrap, begins_no_line_with_a_closing_mark)
{
    expect_good_lines(chinese, "，”。）：？」；！");
    expect_good_lines(japanese, "、。」");
}

Test(wrap, does_not_break_thai_words)
{
    KH_AUTO_BUF seen;

    wrapped(&seen, thai, 20);

    cr_expect(eq(str, (char *)kh_buf_text(&seen),
                 "วันนี้ฝนตกหนักใน\nกรุงเทพมหานครและรถไฟ\nหยุดวิ่งทุกสาย\n"));
    expect_good_lines(thai, "\xE0\xB8\xB1");
}

Test(wrap, keeps_marks_of_highlights_with_their_words)
{
    static const struct {
        const char *text;
        const char *wanted;
    } cases[] = {
        { "农民收起水田的秧苗**芯片厂**，要水。",
          "农民收起水田的秧苗\n**芯片厂**，要水。\n" },
        { "农民收起水田的秧\033[1;31m苗芯片厂\033[0m，要水。",
          "农民收起水田的秧\033[1;31m苗芯\n片厂\033[0m，要水。\n" },
        { "农民收起水田的**秧苗芯**片厂要水。",
          "农民收起水田的**秧苗\n芯**片厂要水。\n" },
        { "农民收起**水田的秧**片厂要水。", "农民收起**水田的秧**\n片厂要水。\n" },
        { "农民收起水田的秧苗\033[1m芯\033[0m片厂要水。",
          "农民收起水田的秧苗\033[1m芯\033[0m\n片厂要水。\n" },
        { "农部 says of the talks that", "农部 says of the\ntalks that\n" },
        { "농부들은 물을 기다리고 있다 cross-border",
          "농부들은 물을 기다리\n고 있다 cross-border\n" },
    };

    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        KH_AUTO_BUF seen;
        wrapped(&seen, cases[i].text, 20);
        cr_expect(eq(str, (char *)kh_buf_text(&seen), (char *)cases[i].wanted),
                  "case %zu", i);
    }
}
