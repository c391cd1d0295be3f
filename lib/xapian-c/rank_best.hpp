/* rank_best - the best so far, and the weight below which nothing is looked at. */
#pragma once

#include <cstdint>
#include <vector>

#include "xapian-c/query.h"

namespace kh
{

/* Documents that tie with the last of the best stay: whoever asked breaks ties by what
 * is not known here. */
class Best
{
  public:
    static constexpr uint64_t all = UINT64_MAX; /* nothing can fall behind */

    /* floor: so many documents as wanted are known to weigh as much or more. */
    Best(uint64_t n_wanted, double floor) : wanted(n_wanted), least(floor)
    {
    }

    /* A document that weighs less is none of the best. */
    double threshold() const
    {
        return least;
    }

    void add(uint32_t document, double weight);

    /* By weight, then by document. */
    std::vector<kh_match> take();

  private:
    void drop_the_rest();

    uint64_t wanted;
    double least;
    std::vector<double> heap; /* the weights of the best, the least of them first */
    std::vector<kh_match> kept;
    size_t room = 4096; /* for kept, until what fell behind is dropped */
};

} // namespace kh
