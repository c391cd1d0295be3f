/* rank_weights - what words weigh, over all sources, and how much they can add in one.
 *
 * v = wdf / (wdf + norm) grows with x = wdf / norm, v = x / (1 + x), and the x of a
 * group is no more than the sum of those of its variants. The bounds that are stored
 * were made with the average length of their own source. With the average of all, norm
 * changes by a factor between min(1, r) and max(1, r), r being the own average by that
 * of all (what is floored or does not depend on the length changes less), and x by its
 * inverse: so they hold as bounds whatever other sources there are. */
#include "rank_weights.hpp"

#include <cmath>

#include "guard.hpp"
#include "handles.hpp"

namespace
{

/* v / (1 - v): from a share back to wdf / norm. */
double odds_of(double share)
{
    return share >= 1 ? HUGE_VAL : share / (1 - share);
}

double share_of(double odds)
{
    return 1 - 1 / (1 + odds);
}

} // namespace

double kh::idf(double n_documents, double n_with)
{
    double odds = (n_documents - n_with + 0.5) / (n_with + 0.5);
    if (odds < 2)
        odds = odds * 0.5 + 1;
    return std::log(odds);
}

const uint32_t kh_rank_depths[KH_RANK_DEPTHS] = { 50, 200 };

kh::Terms kh::present_terms(const Store &store, const kh_rank_terms &terms)
{
    Terms out;
    for (size_t i = 0; i < terms.n; i++) {
        fault_point();
        std::string term = to_string(terms.terms[i]);
        uint64_t n = store.frequency(term);
        out.n_postings += n;
        out.frequencies.push_back(n);
        if (n > 0)
            out.present.push_back(std::move(term));
    }
    return out;
}

kh::Weights::Weights(const kh_rank_source *all, size_t n,
                     const kh_rank_request &request)
    : weights(request.n_groups), sources(n), k1(request.k1), b(request.b),
      min_length(request.min_normalised_length)
{
    double total_length = 0;
    for (size_t i = 0; i < n; i++) {
        fault_point();
        const Store &store = all[i].database->stores[0];
        const Xapian::Database &database = store.table;
        n_documents += database.get_doccount();
        total_length += static_cast<double>(database.get_total_length());
        for (size_t g = 0; g < request.n_groups; g++)
            sources[i].groups.push_back(
                { present_terms(store, request.groups[g].any), 0, {} });
    }
    if (total_length > 0) {
        average = total_length / static_cast<double>(n_documents);
        per_length = 1 / average;
    }
    rough_per_length = static_cast<float>(k1 * b * per_length);
    rough_least = static_cast<float>(k1 * b * min_length);
    rough_rest = static_cast<float>(k1 * (1 - b));
    for (size_t g = 0; g < request.n_groups; g++)
        weights[g] = weigh(g, request.groups[g]);
    for (size_t i = 0; i < n; i++)
        bound(all[i], sources[i], request);
}

/* A synonym's frequency as the engine estimates it, as if its variants were strangers
 * to each other. */
double kh::Weights::weigh(size_t g, const kh_rank_group &group) const
{
    double all = static_cast<double>(n_documents);
    double without = 1;
    double n_with = 0;
    for (size_t i = 0; i < group.any.n; i++) {
        n_with = 0;
        for (const SourceWeights &source : sources)
            n_with += static_cast<double>(source.groups[g].terms.frequencies[i]);
        without *= 1 - n_with / all;
    }
    if (group.any.n > 1)
        n_with = std::floor(all * (1 - without) + 0.5);
    return group.factor * idf(all, n_with) * (k1 + 1);
}

void kh::Weights::bound(const kh_rank_source &source, SourceWeights &out,
                        const kh_rank_request &request) const
{
    const Xapian::Database &database = source.database->database;
    out.least_norm = norm(database.get_doclength_lower_bound()) * (1 - rank_slack);
    double change = average > 0 ? database.get_average_length() / average : 1;
    for (size_t g = 0; g < request.n_groups; g++) {
        bound_group(out.groups[g], source, out.least_norm, change);
        out.groups[g].bound *= weights[g] * (1 + rank_slack);
        for (double &value : out.groups[g].at_rank)
            value *= weights[g] * (1 - rank_slack);
    }
}

/* Shares only; the caller turns them into weights. */
void kh::Weights::bound_group(SourceGroup &group, const kh_rank_source &source,
                              double least_norm, double change) const
{
    double odds = 0;
    for (const std::string &term : group.terms.present) {
        fault_point();
        kh_rank_bounds known = {};
        kh_str name = { term.data(), term.size() };
        if (source.find_bounds == nullptr ||
            !source.find_bounds(&known, source.context, name)) {
            odds += source.database->stores[0].wdf_bound(term) / least_norm;
            continue;
        }
        odds += odds_of(known.most) / std::min(1.0, change);
        for (size_t i = 0; i < KH_RANK_DEPTHS; i++)
            group.at_rank[i] =
                std::max(group.at_rank[i],
                         share_of(odds_of(known.at_rank[i]) / std::max(1.0, change)));
    }
    group.bound = share_of(odds);
}

double kh::Weights::floor(const kh_rank_request &request) const
{
    size_t depth = 0;
    while (depth < KH_RANK_DEPTHS && kh_rank_depths[depth] < request.limit)
        depth++;
    size_t n_required = 0;
    for (size_t g = 0; g < request.n_groups; g++)
        n_required += request.groups[g].is_required;
    bool is_free = request.optional_is_free || n_required == request.n_groups;
    if (depth == KH_RANK_DEPTHS || n_required > (is_free ? 1 : 0))
        return 0;

    double most = 0;
    for (size_t g = 0, n = 0; g < request.n_groups; g += n) {
        n = n_together(request, g);
        if (n > 1 || (n_required == 1 && !request.groups[g].is_required))
            continue; /* its documents need not have the others, or the one required */
        for (const SourceWeights &source : sources)
            most = std::max(most, source.groups[g].at_rank[depth]);
    }
    return most;
}

/* Documents that have n groups, or fewer. */
uint64_t kh::Weights::n_having(size_t first, size_t n) const
{
    uint64_t sum = 0;
    for (const SourceWeights &source : sources) {
        uint64_t least = UINT64_MAX;
        for (size_t g = first; g < first + n; g++)
            least = std::min(least, source.groups[g].terms.n_postings);
        sum += least;
    }
    return sum;
}

uint64_t kh::Weights::at_most(const kh_rank_request &request) const
{
    uint64_t least = n_documents;
    uint64_t n_optional = 0;
    bool has_optional = false;
    for (size_t g = 0; g < request.n_groups; g += n_together(request, g)) {
        uint64_t n = n_having(g, n_together(request, g));
        if (request.groups[g].is_required)
            least = std::min(least, n);
        else
            n_optional += n;
        has_optional = has_optional || !request.groups[g].is_required;
    }
    return has_optional && !request.optional_is_free ? std::min(least, n_optional)
                                                     : least;
}
