/* rank_loop - one source gone through: which documents match, what the best weigh. */
#pragma once

#include <array>
#include <vector>

#include "rank_best.hpp"
#include "rank_lists.hpp"
#include "rank_weights.hpp"

namespace kh
{

/* A group of the request in one source. */
struct Part {
    Lists lists;
    size_t number;                /* in the request */
    double weight;                /* times the share is what it adds */
    double bound;                 /* it adds no more */
    uint64_t frequency;           /* postings */
    std::array<double, 32> small; /* what a wdf below adds to the shortest document */

    /* No document gets more from this wdf. */
    double most(uint32_t wdf) const
    {
        return wdf < small.size() ? small[wdf] : bound;
    }
};

/* What all runs over one source share. */
struct Run {
    const kh_rank_request &request;
    const Weights &weights;
    Best &best;
    size_t n_sources;
    kh_error *err;
    uint64_t n_postings = 0;
    uint64_t n_accepted = 0;
};

class SourceRun
{
  public:
    SourceRun(Run &shared, const kh_rank_source &from, size_t number);

    kh_status go();

  private:
    bool open_lists();
    void open_part(size_t group);
    void arrange();
    uint32_t length_of(uint32_t document) const;
    void fetch_length(uint32_t document) const;
    uint32_t combined(uint32_t document) const;

    kh_status go_union();
    void raise_floor();
    double most_of(uint32_t document) const;
    kh_status consider_union(uint32_t document);

    kh_status go_meeting();
    bool is_hopeless() const;
    uint32_t meet(uint32_t document);
    kh_status consider_meeting(uint32_t document);

    double add(Part &part, double norm);
    bool add_optional(uint32_t document, double norm, double sum, size_t n);
    kh_status finish(uint32_t document);

    Run &run;
    const kh_rank_source &source;
    size_t source_number;
    std::vector<Part> parts;
    std::vector<Part *> optional; /* by bound, ascending */
    std::vector<double> below;    /* below[i]: sum of the bounds of the first i */
    size_t n_inessential = 0;     /* too weak to bring a document among the best */
    std::vector<uint32_t> heads;  /* of a union: where each optional group stands */
    double limit = 0;
    std::vector<Part *> required;
    std::vector<Lists> filters;
    std::vector<uint64_t> filter_postings;
    std::vector<Lists> nevers;
    std::vector<Lists *> meeting; /* a document must be in each; the rarest first */
    Part *driver = nullptr;       /* that of meeting[0], if it is of a group */
    double bound_of_required = 0;
    std::vector<double> added; /* by group: what the document at hand gets */
};

} // namespace kh
