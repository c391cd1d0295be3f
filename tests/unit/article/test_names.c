/* test_names - lines that look like names. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "article/names.h"

Test(names, are_told_by_their_words)
{
    static const struct {
        const char *line;
        bool wanted;
    } cases[] = {
        { "Asha Rao", true },
        { "Staff Reporter", true },
        { "Juan de la Cruz", true },
        { "Par Jean-Luc d'Ormesson", false }, /* no particle: better none than prose */
        { "Asha Rao, Ravi Kumar", true },
        { "A. N. Other", true },
        { "राम शर्मा", true },
        { "Анна Иванова", true },
        { "Asha", false },
        { "Asha Rao,", false },
        { "The river rose", false },
        { "One Two Three Four Five Six Seven", false },
        { "Asha Rao 5", false },
        { "Asha Rao: Delhi", false },
        { "", false },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        bool looks = kh_names_look(kh_str_from(cases[i].line));
        cr_expect(looks == cases[i].wanted, "'%s'", cases[i].line);
    }
}
