/* test_nearest - the word somebody meant. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "cli/options.h"

static const char *const words[] = {
    "title", "author", "place",       "section", "tag",
    "date",  "status", "generations", "since",   NULL
};

Test(nearest, is_found_by_few_edits_or_not_at_all)
{
    static const struct {
        const char *typed;
        const char *wanted; /* NULL: none */
    } cases[] = {
        { "title", "title" },
        { "titel", "title" }, /* neighbours swapped: one edit */
        { "tilte", "title" },
        { "titl", "title" },
        { "titles", "title" },
        { "stauts", "status" },
        { "stats", "status" },
        { "tags", "tag" },
        { "gat", "tag" },
        { "dat", "date" },
        { "autor", "author" },
        { "sinse", "since" },
        { "generation", "generations" },
        { "genrashuns", NULL },
        { "xyzzy", NULL },
        { "a", NULL }, /* every letter of "tag" would be an edit */
        { "", NULL },
        { "sport", NULL },
    };

    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        const char *seen = kh_nearest(kh_str_from(cases[i].typed), words);
        cr_expect(eq(str, (char *)(seen ? seen : "(none)"),
                     (char *)(cases[i].wanted ? cases[i].wanted : "(none)")),
                  "'%s'", cases[i].typed);
    }
}

Test(nearest, is_the_first_of_equals)
{
    static const char *const equals[] = { "cat", "bat", "rat", NULL };

    cr_expect(eq(str, (char *)kh_nearest(KH_STR("mat"), equals), "cat"));
}

Test(nearest, takes_long_and_strange_words)
{
    char typed[300];
    memset(typed, 'x', sizeof(typed));
    static char other[300];
    memset(other, 'x', sizeof(other) - 1);
    const char *const long_words[] = { other, "title", NULL };

    cr_expect(kh_nearest(kh_str_make(typed, sizeof(typed)), words) == NULL);
    cr_expect(kh_nearest(kh_str_make(typed, 64), long_words) == NULL);
    cr_expect(kh_nearest(kh_str_make("\xFF\0\xFE", 3), words) == NULL);
    const char *const none[] = { NULL };
    cr_expect(kh_nearest(KH_STR("title"), none) == NULL);
}

Test(nearest, counts_edits_up_to_a_limit)
{
    static const struct {
        const char *a;
        const char *b;
        size_t limit;
        size_t wanted;
    } cases[] = {
        { "indus water treaty", "indus waters treaty", 3, 1 },
        { "indus waters traety", "indus waters treaty", 3, 1 },
        { "abc", "abc", 0, 0 },
        { "abc", "xyz", 2, 3 },
        { "abc", "abcdef", 2, 3 },
        { "", "ab", 2, 2 },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++)
        cr_expect(eq(
            sz,
            kh_edits(kh_str_from(cases[i].a), kh_str_from(cases[i].b), cases[i].limit),
            cases[i].wanted));
}
