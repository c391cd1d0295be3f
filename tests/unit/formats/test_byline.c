/* test_byline - authors out of bylines. */
#include "draft.h"
#include "show.h"

Test(byline, is_taken_apart_only_where_that_is_certain)
{
    static const struct {
        const char *byline;
        const char *wanted;
    } cases[] = {
        { "By Asha Menon", "Asha Menon" },
        { "by: Asha Menon", "Asha Menon" },
        { "BY ASHA MENON", "ASHA MENON" },
        { "Byron Smith", "Byron Smith" },
        { "Asha Menon and Ravi Kumar", "Asha Menon|Ravi Kumar" },
        { "Asha Menon & Ravi Kumar", "Asha Menon|Ravi Kumar" },
        { "Asha Menon, Ravi Kumar and Li Na", "Asha Menon|Ravi Kumar|Li Na" },
        { "Asha Menon, Ravi Kumar, and Li Na", "Asha Menon|Ravi Kumar|Li Na" },
        { "Asha Menon, Ravi Kumar", "Asha Menon|Ravi Kumar" },
        { "Asha Menon; Ravi Kumar", "Asha Menon|Ravi Kumar" },
        { "Menon, Asha", "Menon, Asha" },
        { "Perlis, A. J. Samelson,K.", "Perlis, A. J. Samelson,K." },
        { "Asha Menon, Science Editor", "Asha Menon, Science Editor" },
        { "Asha Menon, BBC News", "Asha Menon, BBC News" },
        { "Marks and Spencer", "Marks and Spencer" },
        { "Asha Menon and others", "Asha Menon and others" },
        { "Vicky Von der Leyen", "Vicky Von der Leyen" },
        { "आशा मेनन", "आशा मेनन" },
        { "", "" },
        { "By ", "By" },
        { ";;", "" },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
        kh_draft draft = { .arena = arena };
        char seen[500] = "";
        kh_draft_byline(&draft, kh_str_from(cases[i].byline));
        for (size_t a = 0; a < draft.article.n_authors; a++) {
            size_t n = strlen(seen);
            snprintf(seen + n, sizeof(seen) - n, "%s%" KH_FMT, a ? "|" : "",
                     KH_ARG(draft.article.authors[a]));
        }
        expect_show(seen, cases[i].wanted);
    }
}
