/* builds - how a query is built: one that failed keeps why. */
#pragma once

#include <new>

#include "base/alloc.h"

#include "guard.hpp"
#include "handles.hpp"

namespace kh
{

inline kh_query *make_query() noexcept
{
    return new (kh_alloc(sizeof(kh_query))) kh_query();
}

inline void keep_error(kh_query *query, const kh_error &error) noexcept
{
    query->error = new (kh_alloc(sizeof(kh_error))) kh_error(error);
}

/* A query of what make() returns, or one that keeps why there is none. */
template <typename Make> kh_query *build_query(Make make) noexcept
{
    kh_query *query = make_query();
    kh_error error = {};
    kh_status status = guard(&error, { "build the query", nullptr }, [&] {
        fault_point();
        query->query = make();
        fault_point();
        return KH_OK;
    });
    if (status != KH_OK)
        keep_error(query, error);
    return query;
}

} // namespace kh
