/* test_values - numbers, sizes and choices that options take. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "cli/options.h"

Test(values, are_whole_numbers_in_their_range)
{
    static const struct {
        const char *text;
        uint32_t min;
        bool may_be_all;
        int64_t wanted; /* -1: refused */
    } cases[] = {
        { "0", 0, false, 0 },
        { "0", 1, false, -1 },
        { "10", 0, false, 10 },
        { "007", 0, false, 7 },
        { "4294967294", 0, false, 4294967294 },
        { "4294967295", 0, false, -1 },
        { "4294967296", 0, false, -1 },
        { "99999999999999999999999", 0, false, -1 },
        { "all", 0, true, 4294967295 },
        { "all", 0, false, -1 },
        { "All", 0, true, -1 },
        { "", 0, true, -1 },
        { "-1", 0, true, -1 },
        { "+1", 0, true, -1 },
        { " 1", 0, true, -1 },
        { "1 ", 0, true, -1 },
        { "1.5", 0, true, -1 },
        { "0x10", 0, true, -1 },
        { "ten", 0, true, -1 },
    };

    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        uint32_t number = 77;
        kh_error err = { 0 };
        kh_status status =
            kh_option_number(&number, "--limit", kh_str_from(cases[i].text),
                             cases[i].min, cases[i].may_be_all, &err);
        bool is_good = cases[i].wanted >= 0;
        cr_expect(eq(int, (int)status, is_good ? (int)KH_OK : (int)KH_ERR_USAGE),
                  "'%s'", cases[i].text);
        cr_expect(eq(u32, number, is_good ? (uint32_t)cases[i].wanted : 77), "'%s'",
                  cases[i].text);
        if (!is_good)
            cr_expect(strstr(err.message, "'--limit'") != NULL, "%s", err.message);
    }
}

Test(values, name_the_option_and_what_it_takes)
{
    kh_error err = { 0 };
    uint32_t number = 0;

    cr_expect(eq(int,
                 (int)kh_option_number(&number, "-n", KH_STR("treaty"), 0, true, &err),
                 (int)KH_ERR_USAGE));

    cr_expect(eq(str, err.message,
                 "option '-n' takes a number of 0 or more, or 'all', not 'treaty'"));
}

Test(values, are_sizes_with_units)
{
    static const struct {
        const char *text;
        uint64_t wanted; /* 0: refused */
    } cases[] = {
        { "1", 1 },
        { "512", 512 },
        { "64K", 65536 },
        { "512M", (uint64_t)512 << 20 },
        { "2G", (uint64_t)2 << 30 },
        { "17179869183G", (uint64_t)17179869183u << 30 },
        { "17179869184G", 0 },
        { "18446744073709551616", 0 },
        { "0", 0 },
        { "0K", 0 },
        { "K", 0 },
        { "", 0 },
        { "M5", 0 },
        { "5MB", 0 },
        { "5 M", 0 },
        { "-5M", 0 },
        { "5T", 0 },
        { "1.5G", 0 },
    };

    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        uint64_t size = 77;
        kh_error err = { 0 };
        kh_status status =
            kh_option_size(&size, "--memory", kh_str_from(cases[i].text), &err);
        bool is_good = cases[i].wanted > 0;
        cr_expect(eq(int, (int)status, is_good ? (int)KH_OK : (int)KH_ERR_USAGE),
                  "'%s'", cases[i].text);
        cr_expect(eq(u64, size, is_good ? cases[i].wanted : 77), "'%s'", cases[i].text);
    }
}

Test(values, are_one_of_a_list)
{
    static const char *const choices[] = { "auto", "always", "never", NULL };
    size_t choice = 77;
    kh_error err = { 0 };

    cr_expect(eq(
        int, (int)kh_option_choice(&choice, "--color", KH_STR("never"), choices, &err),
        (int)KH_OK));
    cr_expect(eq(sz, choice, 2));
    cr_expect(eq(
        int, (int)kh_option_choice(&choice, "--color", KH_STR("alway"), choices, &err),
        (int)KH_ERR_USAGE));
    cr_expect(eq(sz, choice, 2));
    cr_expect(eq(str, err.message,
                 "option '--color' takes one of auto, always, never, not 'alway'"));
}
