/* rank_learn - the most that a term adds, from all its postings.
 *
 * The highest values are kept, as many as the deepest rank that is asked for; numbers
 * are rounded outward when they become shorter. */
#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include "guard.hpp"
#include "handles.hpp"
#include "xapian-c/rank.h"

namespace
{

constexpr size_t deepest = 200; /* of kh_rank_depths */

float rounded_up(double value)
{
    auto near = static_cast<float>(value);
    return near < value ? std::nextafterf(near, 2.0F) : near;
}

float rounded_down(double value)
{
    auto near = static_cast<float>(value);
    return near > value ? std::nextafterf(near, 0.0F) : near;
}

/* The highest values, the first the highest. */
std::vector<double> highest(const kh_rank_source &source, const double *norms,
                            const std::string &term)
{
    std::vector<double> kept;
    kept.reserve(2 * deepest);
    double least = -1; /* values of no more are none of the highest */
    const Xapian::Database &database = source.database->database;
    Xapian::PostingIterator end = database.postlist_end(term);
    for (auto at = database.postlist_begin(term); at != end; ++at) {
        kh::fault_point();
        if (*at > source.n_lengths)
            throw Xapian::DatabaseCorruptError("a list names an unknown document");
        double wdf = at.get_wdf();
        double value = wdf / (wdf + norms[*at]);
        if (value <= least)
            continue;
        kept.push_back(value);
        if (kept.size() < 2 * deepest)
            continue;
        std::nth_element(kept.begin(), kept.begin() + (deepest - 1), kept.end(),
                         std::greater<>());
        kept.resize(deepest);
        least = kept.back();
    }
    std::sort(kept.begin(), kept.end(), std::greater<>());
    return kept;
}

} // namespace

kh_status kh_rank_learn(kh_rank_bounds *out, const kh_rank_source *source,
                        const double *norms, kh_str term, kh_error *err)
{
    return kh::guard(err, { "list documents of", source->database->name.c_str() }, [&] {
        kh::fault_point();
        std::vector<double> values = highest(*source, norms, kh::to_string(term));
        kh_rank_bounds learnt = {};
        if (!values.empty())
            learnt.most = rounded_up(values[0]);
        for (size_t i = 0; i < KH_RANK_DEPTHS; i++) {
            if (values.size() >= kh_rank_depths[i])
                learnt.at_rank[i] = rounded_down(values[kh_rank_depths[i] - 1]);
        }
        *out = learnt;
        return KH_OK;
    });
}
