/* query - build a query tree.
 *
 * Builders have nobody to tell that something failed. So a tree that failed keeps why,
 * what is built from it fails with it, and whoever runs or describes it hears of it. */
#include "xapian-c/query.h"

#include <cmath>
#include <string>
#include <vector>

#include <xapian.h>

#include "base/alloc.h"

#include "builds.hpp"
#include "guard.hpp"
#include "handles.hpp"

using kh::fault_point;
using Xapian::Query;

namespace
{

/* The first of the parts that failed, copied; NULL if all are well. */
kh_query *failed_part(const kh_query *const *parts, size_t n) noexcept
{
    for (size_t i = 0; i < n; i++) {
        if (parts[i] == nullptr || parts[i]->error == nullptr)
            continue;
        kh_query *query = kh::make_query();
        kh::keep_error(query, *parts[i]->error);
        return query;
    }
    return nullptr;
}

kh_query *build_from(Query::op op, const kh_query *const *parts, size_t n) noexcept
{
    kh_query *failed = failed_part(parts, n);
    if (failed != nullptr)
        return failed;

    return kh::build_query([&] {
        std::vector<Query> present;
        for (size_t i = 0; i < n; i++) {
            if (parts[i] != nullptr)
                present.push_back(parts[i]->query);
        }
        return present.size() == 1 ? present[0]
                                   : Query(op, present.begin(), present.end());
    });
}

/* Of an operator whose left side decides: nothing is left of nothing. */
kh_query *build_pair(Query::op op, const kh_query *left, const kh_query *right) noexcept
{
    const kh_query *const parts[] = { left, right };
    return left == nullptr ? kh_query_none() : build_from(op, parts, 2);
}

} // namespace

void kh_query_free(kh_query *query)
{
    if (query == nullptr)
        return;

    kh_free(query->error);
    query->~kh_query();
    kh_free(query);
}

kh_query *kh_query_term(kh_str term, uint32_t wqf)
{
    return kh::build_query([&] { return Query(kh::to_string(term), wqf); });
}

kh_query *kh_query_all(void)
{
    return kh::build_query([] { return Query(std::string()); });
}

kh_query *kh_query_none(void)
{
    return kh::build_query([] { return Query(); });
}

kh_query *kh_query_and(const kh_query *const *parts, size_t n)
{
    return build_from(Query::OP_AND, parts, n);
}

kh_query *kh_query_or(const kh_query *const *parts, size_t n)
{
    return build_from(Query::OP_OR, parts, n);
}

kh_query *kh_query_group(const kh_query *const *parts, size_t n)
{
    return build_from(Query::OP_SYNONYM, parts, n);
}

kh_query *kh_query_not(const kh_query *left, const kh_query *right)
{
    return build_pair(Query::OP_AND_NOT, left, right);
}

kh_query *kh_query_filter(const kh_query *left, const kh_query *right)
{
    return build_pair(Query::OP_FILTER, left, right);
}

kh_query *kh_query_maybe(const kh_query *left, const kh_query *right)
{
    return build_pair(Query::OP_AND_MAYBE, left, right);
}

kh_query *kh_query_scale(const kh_query *query, double factor)
{
    if (query == nullptr)
        return kh_query_none();
    kh_query *failed = failed_part(&query, 1);
    if (failed != nullptr)
        return failed;

    return kh::build_query([&] {
        if (!std::isfinite(factor))
            throw Xapian::InvalidArgumentError("the factor of a weight must be finite");
        return Query(factor, query->query);
    });
}

kh_status kh_query_describe(kh_buf *out, const kh_query *query, kh_error *err)
{
    if (query->error != nullptr)
        return kh_fail(err, query->error->status, "%s", query->error->message);

    return kh::guard(err, { "describe the query", nullptr }, [&] {
        fault_point();
        std::string text = query->query.get_description();
        return kh::append(out, text, "the description of the query", err);
    });
}
