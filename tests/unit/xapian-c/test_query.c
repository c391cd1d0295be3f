/* Suite query: trees are built, described and combined as the header says. */
#include <math.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "xapian-c/query.h"

/* Frees the query. */
static char *description_of(kh_query *query)
{
    static char text[300];
    kh_error err = { 0 };
    KH_AUTO_BUF out;
    kh_buf_init(&out, sizeof(text) - 1);
    cr_assert(eq(int, kh_query_describe(&out, query, &err), KH_OK), "%s", err.message);
    memcpy(text, kh_buf_text(&out), out.len + 1);
    kh_query_free(query);
    return text;
}

Test(query, leaves_are_described)
{
    cr_expect(eq(str, description_of(kh_query_term(KH_STR("a"), 1)), "Query(a)"));
    cr_expect(eq(str, description_of(kh_query_term(KH_STR("a"), 3)), "Query(a#3)"));
    cr_expect(eq(str, description_of(kh_query_all()), "Query(<alldocuments>)"));
    cr_expect(eq(str, description_of(kh_query_none()), "Query()"));
}

Test(query, operators_are_described)
{
    KH_AUTO(kh_query_free) kh_query *a = kh_query_term(KH_STR("a"), 1);
    KH_AUTO(kh_query_free) kh_query *b = kh_query_term(KH_STR("b"), 1);
    const kh_query *const both[] = { a, b };

    cr_expect(eq(str, description_of(kh_query_and(both, 2)), "Query((a AND b))"));
    cr_expect(eq(str, description_of(kh_query_or(both, 2)), "Query((a OR b))"));
    cr_expect(eq(str, description_of(kh_query_group(both, 2)), "Query((a SYNONYM b))"));
    cr_expect(eq(str, description_of(kh_query_not(a, b)), "Query((a AND_NOT b))"));
    cr_expect(eq(str, description_of(kh_query_filter(a, b)), "Query((a FILTER b))"));
    cr_expect(eq(str, description_of(kh_query_maybe(a, b)), "Query((a AND_MAYBE b))"));
    cr_expect(eq(str, description_of(kh_query_scale(a, 2.5)), "Query(2.5 * a)"));
}

Test(query, parts_that_are_missing_are_left_out)
{
    KH_AUTO(kh_query_free) kh_query *a = kh_query_term(KH_STR("a"), 1);
    const kh_query *const one[] = { NULL, a, NULL };
    const kh_query *const none[] = { NULL, NULL };

    cr_expect(eq(str, description_of(kh_query_and(one, 3)), "Query(a)"));
    cr_expect(eq(str, description_of(kh_query_or(one, 3)), "Query(a)"));
    cr_expect(eq(str, description_of(kh_query_group(one, 3)), "Query(a)"));
    cr_expect(eq(str, description_of(kh_query_and(none, 2)), "Query()"));
    cr_expect(eq(str, description_of(kh_query_or(none, 0)), "Query()"));
    cr_expect(eq(str, description_of(kh_query_group(NULL, 0)), "Query()"));
    cr_expect(eq(str, description_of(kh_query_not(a, NULL)), "Query(a)"));
    cr_expect(eq(str, description_of(kh_query_filter(a, NULL)), "Query(a)"));
    cr_expect(eq(str, description_of(kh_query_maybe(a, NULL)), "Query(a)"));
    cr_expect(eq(str, description_of(kh_query_not(NULL, a)), "Query()"));
    cr_expect(eq(str, description_of(kh_query_filter(NULL, a)), "Query()"));
    cr_expect(eq(str, description_of(kh_query_maybe(NULL, a)), "Query()"));
    cr_expect(eq(str, description_of(kh_query_scale(NULL, 2)), "Query()"));
}

Test(query, a_mistake_is_kept_until_somebody_asks)
{
    static const double factors[] = { -1, (double)NAN, (double)INFINITY };
    KH_AUTO(kh_query_free) kh_query *a = kh_query_term(KH_STR("a"), 1);

    for (size_t i = 0; i < KH_COUNT_OF(factors); i++) {
        KH_AUTO(kh_query_free) kh_query *bad = kh_query_scale(a, factors[i]);
        const kh_query *const both[] = { a, bad };
        KH_AUTO(kh_query_free) kh_query *parent = kh_query_or(both, 2);
        KH_AUTO(kh_query_free) kh_query *above = kh_query_not(a, parent);
        KH_AUTO(kh_query_free) kh_query *top = kh_query_scale(above, 1);
        kh_error err = { 0 };
        KH_AUTO_BUF out;
        kh_buf_init(&out, 100);

        cr_expect(eq(int, kh_query_describe(&out, bad, &err), KH_ERR_ARGUMENT));
        cr_expect(eq(int, kh_query_describe(&out, top, &err), KH_ERR_ARGUMENT));
        cr_expect(ne(ptr, strstr(err.message, "cannot build the query: "), NULL), "%s",
                  err.message);
        cr_expect(eq(sz, out.len, 0));
    }
}

Test(query, a_description_may_be_too_long_for_its_buffer)
{
    KH_AUTO(kh_query_free) kh_query *a = kh_query_term(KH_STR("abcdefgh"), 1);
    KH_AUTO_BUF out;
    kh_buf_init(&out, 8);

    cr_expect(eq(int, kh_query_describe(&out, a, NULL), KH_ERR_LIMIT));
    cr_expect(eq(sz, out.len, 0));
}
