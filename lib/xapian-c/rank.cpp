/* rank - run a request over all sources and copy what it found to plain memory. */
#include "xapian-c/rank.h"

#include <algorithm>
#include <cstring>

#include "base/alloc.h"

#include "guard.hpp"
#include "handles.hpp"
#include "rank_loop.hpp"
#include "rank_walk.hpp"

using kh::fault_point;

namespace
{

#define TOGETHER "groups together are optional, and in one set"

/* Groups that are together are optional, there, and in one such set. */
bool are_together(const kh_rank_request &request)
{
    size_t end = 0; /* of a set */
    for (size_t g = 0; g < request.n_groups; g++) {
        size_t n = request.groups[g].n_together;
        if (n > request.n_groups - g || (g < end && n > 0))
            return false;
        end = n > 1 ? g + n : end;
        if (g < end && request.groups[g].is_required)
            return false;
    }
    return true;
}

bool are_sound(const kh_rank_request &request)
{
    for (size_t g = 0; g < request.n_groups; g++) {
        double factor = request.groups[g].factor;
        if (factor != 0 && !(factor >= 1 / KH_RANK_MAX && factor <= KH_RANK_MAX))
            return false;
    }
    return request.k1 >= 0 && request.k1 <= KH_RANK_MAX && request.b >= 0 &&
           request.b <= 1 && request.min_normalised_length >= 0 &&
           request.min_normalised_length <= KH_RANK_MAX;
}

/* Nothing but optional groups, or one required, says which documents match. */
bool is_of_words_alone(const kh_rank_request &request)
{
    return request.n_filters == 0 && request.n_nevers == 0 && request.only == nullptr &&
           request.accept == nullptr;
}

template <typename Item> Item *copy(const std::vector<Item> &items)
{
    if (items.empty())
        return nullptr;
    size_t bytes = items.size() * sizeof(Item);
    return static_cast<Item *>(std::memcpy(kh_alloc(bytes), items.data(), bytes));
}

kh_status run(kh_rank_result *out, const kh_rank_source *sources, size_t n_sources,
              const kh_rank_request &request, kh_error *err)
{
    kh::Weights weights(sources, n_sources, request);
    uint64_t wanted =
        request.limit < weights.n_documents ? request.limit : kh::Best::all;
    bool is_of_words = is_of_words_alone(request);
    kh::Best best(wanted, is_of_words ? weights.floor(request) : 0);
    kh::Run shared = { request, weights, best, n_sources, err, 0, 0 };
    for (size_t i = 0; i < n_sources; i++) {
        kh_status status = kh::SourceRun(shared, sources[i], i).go();
        if (status != KH_OK)
            return status;
    }

    kh_rank_result result = {};
    result.n_postings = shared.n_postings;
    result.is_exact = best.threshold() <= 0; /* nothing was passed over */
    result.at_most = result.is_exact ? shared.n_accepted : weights.at_most(request);
    if (request.only != nullptr)
        result.at_most = std::min<uint64_t>(result.at_most, request.n_only);
    std::vector<kh_match> matches = best.take();
    result.n = matches.size();
    fault_point();
    result.matches = copy(matches);
    *out = result;
    return KH_OK;
}

} // namespace

kh_status kh_rank_run(kh_rank_result *out, const kh_rank_source *sources,
                      size_t n_sources, const kh_rank_request *request, kh_error *err)
{
    if (!are_sound(*request))
        return kh_fail(err, KH_ERR_ARGUMENT,
                       "cannot search: BM25 takes k1 of 0 or more, b from 0 to 1, "
                       "factors that are neither tiny nor huge");
    if (!are_together(*request))
        return kh_fail(err, KH_ERR_ARGUMENT, "cannot search: " TOGETHER);
    return kh::guard(err, { "search", sources[0].database->name.c_str() }, [&] {
        fault_point();
        return run(out, sources, n_sources, *request, err);
    });
}

void kh_rank_release(kh_rank_result *result)
{
    kh_free(result->matches);
    *result = {};
}

kh_status kh_rank_walk(kh_rank_documents *out, const kh_rank_source *sources,
                       size_t n_sources, const kh_rank_request *request, kh_error *err)
{
    if (!are_together(*request))
        return kh_fail(err, KH_ERR_ARGUMENT, "cannot search: " TOGETHER);
    return kh::guard(err, { "search", sources[0].database->name.c_str() }, [&] {
        kh::Walk walk = { *request, n_sources, err, {}, 0, 0 };
        for (size_t i = 0; i < n_sources; i++) {
            fault_point();
            kh_status status = kh::walk_source(walk, sources[i], i);
            if (status != KH_OK)
                return status;
        }
        fault_point();
        *out = { copy(walk.documents), walk.n, walk.n_postings };
        return KH_OK;
    });
}

void kh_rank_documents_release(kh_rank_documents *documents)
{
    kh_free(documents->documents);
    *documents = {};
}
