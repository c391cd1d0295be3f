/* rank_weights - what words weigh, over all sources, and how much they can add in one.
 */
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include <xapian.h>

#include "store.hpp"
#include "xapian-c/rank.h"

namespace kh
{

/* What adds to a weight is rounded, and the order of a sum changes its last bits: what
 * bounds is moved outward by this share, which is far more. */
constexpr double rank_slack = 1e-9;

/* The terms of a group, filter or never that one source has. */
struct Terms {
    std::vector<std::string> present;
    std::vector<uint64_t> frequencies; /* as asked for; 0 if not there */
    uint64_t n_postings = 0;           /* their sum */
};

/* A group in one source. */
struct SourceGroup {
    Terms terms;
    double bound = 0;                    /* no document gets more from it */
    double at_rank[KH_RANK_DEPTHS] = {}; /* so many documents get this or more; 0: not
                                            known */
};

struct SourceWeights {
    std::vector<SourceGroup> groups; /* as in the request */
    double least_norm = 0;           /* of its shortest document */
};

class Weights
{
  public:
    Weights(const kh_rank_source *all, size_t n, const kh_rank_request &request);

    double norm(uint32_t length) const
    {
        double normal = std::max(length * per_length, min_length);
        return k1 * (normal * b + (1 - b));
    }

    /* The same to six digits. */
    float rough_norm(uint32_t length) const
    {
        return std::max(static_cast<float>(length) * rough_per_length, rough_least) +
               rough_rest;
    }

    static double share(uint32_t wdf, double norm)
    {
        return wdf == 0 ? 0 : wdf / (norm + wdf);
    }

    uint64_t n_documents = 0;    /* of all sources */
    std::vector<double> weights; /* by group: times share() is what it adds */
    std::vector<SourceWeights> sources;

    /* Which weight `limit` documents are sure to reach, whatever else the query says of
     * them: only of use if that is nothing. */
    double floor(const kh_rank_request &request) const;

    /* So many documents match, or fewer. */
    uint64_t at_most(const kh_rank_request &request) const;

  private:
    uint64_t n_having(size_t first, size_t n) const;
    double weigh(size_t g, const kh_rank_group &group) const;
    void bound(const kh_rank_source &source, SourceWeights &out,
               const kh_rank_request &request) const;
    void bound_group(SourceGroup &group, const kh_rank_source &source,
                     double least_norm, double change) const;

    double k1;
    double b;
    double min_length;
    double average = 0;
    double per_length = 0; /* 1 / average */
    float rough_per_length = 0;
    float rough_least;
    float rough_rest;
};

/* How many groups from one on are one: itself, or those together with it. */
inline size_t n_together(const kh_rank_request &request, size_t group)
{
    return std::max<size_t>(request.groups[group].n_together, 1);
}

/* BM25's idf as the engine has it: Robertson and Sparck Jones's, no less than 0. */
double idf(double n_documents, double n_with);

Terms present_terms(const Store &store, const kh_rank_terms &terms);

} // namespace kh
