/* rank_part - a group of the request in one source, or groups that are together. */
#pragma once

#include <array>
#include <vector>

#include "rank_lists.hpp"

namespace kh
{

struct Part {
    /* A group that must be there, too, for this one to count. */
    struct Other {
        Lists lists;
        size_t number;
        double weight;
    };

    Lists lists;                  /* of the rarest, if several are together */
    size_t number;                /* in the request */
    double weight;                /* times the share is what it adds */
    double bound;                 /* all of it adds no more */
    uint64_t frequency;           /* postings */
    std::array<double, 32> small; /* what a wdf below adds to the shortest document */
    std::vector<Other> others;

    /* No document gets more from this wdf. */
    double most(uint32_t wdf) const
    {
        return wdf < small.size() ? small[wdf] : bound;
    }

    /* A document of all its groups, if it was met(), or moved by next(). */
    uint32_t document() const
    {
        return lists.document();
    }

    void next()
    {
        lists.next();
        if (!others.empty())
            meet();
    }

    Lists::Batch batch() const
    {
        return others.empty() ? lists.batch() : Lists::Batch{};
    }

    bool has(uint32_t document)
    {
        if (!lists.has(document))
            return false;
        for (Other &other : others) {
            if (!other.lists.has(document))
                return false;
        }
        return true;
    }

    /* Go to the first at or behind the one at hand that all its groups have. */
    void meet()
    {
        for (size_t i = 0; i < others.size() && document() != no_document;) {
            if (others[i].lists.has(document())) {
                i++;
                continue;
            }
            lists.skip_to(others[i].lists.document());
            i = 0;
        }
    }
};

} // namespace kh
