/* match - run a query and copy what it found to plain memory. */
#include "xapian-c/query.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>

#include <xapian.h>

#include "base/alloc.h"

#include "guard.hpp"
#include "handles.hpp"

using kh::fault_point;

namespace
{

/* The engine does not check these; it cuts some of them to what it can use. */
bool are_sound(const kh_match_options &options)
{
    return std::isfinite(options.k1) && options.k1 >= 0 && options.b >= 0 &&
           options.b <= 1 && std::isfinite(options.min_normalised_length) &&
           options.min_normalised_length >= 0;
}

Xapian::MSet run(kh_database *database, const kh_query *query,
                 const kh_match_options &options)
{
    Xapian::Enquire enquire(database->database);
    enquire.set_docid_order(Xapian::Enquire::ASCENDING);
    if (options.is_boolean) { /* sources weigh by themselves, so all is scaled */
        enquire.set_query(Xapian::Query(0.0, query->query));
        enquire.set_weighting_scheme(Xapian::BoolWeight());
    } else {
        enquire.set_query(query->query);
        enquire.set_weighting_scheme(Xapian::BM25Weight(options.k1, 0, 1, options.b,
                                                        options.min_normalised_length));
    }

    /* Sums of offset and limit must not overflow; the engine knows no more than these.
     */
    Xapian::doccount n = database->database.get_doccount();
    Xapian::doccount offset = std::min(options.offset, n);
    Xapian::doccount limit = std::min(options.limit, n - offset);
    /* One more than wanted is looked for, so that the bounds are exact if all fitted.
     */
    Xapian::doccount at_least = limit < n - offset ? offset + limit + 1 : n;
    fault_point();
    return enquire.get_mset(offset, limit, at_least);
}

kh_matches copy_matches(const Xapian::MSet &set)
{
    kh_matches matches = {};
    matches.lower_bound = set.get_matches_lower_bound();
    matches.estimate = set.get_matches_estimated();
    matches.upper_bound = set.get_matches_upper_bound();
    if (set.empty())
        return matches;

    size_t capacity = set.size();
    std::unique_ptr<kh_match, void (*)(void *)> copies(
        static_cast<kh_match *>(kh_alloc(capacity * sizeof(kh_match))), kh_free);
    for (Xapian::MSetIterator at = set.begin(); at != set.end(); ++at) {
        fault_point();
        copies.get()[matches.n++] = { *at, at.get_weight() };
    }
    matches.matches = copies.release();
    return matches;
}

} // namespace

kh_status kh_match_run(kh_matches *out, kh_database *database, const kh_query *query,
                       const kh_match_options *options, kh_error *err)
{
    if (query->error != nullptr)
        return kh_fail(err, query->error->status, "%s", query->error->message);
    if (!are_sound(*options))
        return kh_fail(err, KH_ERR_ARGUMENT,
                       "cannot search: BM25 takes k1 of 0 or more, b from 0 to 1");

    return kh::guard(err, { "search", database->name.c_str() }, [&] {
        fault_point();
        kh_matches found = copy_matches(run(database, query, *options));
        *out = found;
        return KH_OK;
    });
}

void kh_matches_release(kh_matches *matches)
{
    kh_free(matches->matches);
    *matches = {};
}
