/* rank_loop - one source gone through: which documents match, what the best weigh. */
#pragma once

#include <vector>

#include "rank_best.hpp"
#include "rank_part.hpp"
#include "rank_weights.hpp"

namespace kh
{

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
    bool is_here(size_t first, size_t n) const;
    void open_part(size_t first, size_t n);
    void arrange();
    uint32_t length_of(uint32_t document) const
    {
        if (document > source.n_lengths)
            throw Xapian::DatabaseCorruptError("a list names an unknown document");
        const unsigned char *at = source.lengths + (document - 1) * source.stride;
        return static_cast<uint32_t>(at[0]) | static_cast<uint32_t>(at[1]) << 8 |
               static_cast<uint32_t>(at[2]) << 16 | static_cast<uint32_t>(at[3]) << 24;
    }

    /* Ask for a length before it is needed: its array is larger than the fastest
     * caches. */
    void fetch_length(uint32_t document) const
    {
        if (document <= source.n_lengths)
            __builtin_prefetch(source.lengths + (document - 1) * source.stride);
    }
    uint32_t combined(uint32_t document) const;

    /* Documents begin to end, whose postings of the groups from `first` on lie side by
     * side. */
    struct Window {
        size_t first;
        uint32_t begin;
        uint32_t end;
    };
    /* Of a batch n postings are in the window. */
    struct Taken {
        Lists::Batch batch;
        uint32_t n;
    };
    struct Hopeful {
        uint32_t document;
        uint32_t row; /* what each group adds begins here, in rows */
        float sum;    /* of what is known, to four digits */
    };

    kh_status go_union();
    bool is_at_end() const;
    kh_status go_step();
    bool open_window(Window &window);
    void add_rough(const Window &window);
    void find_hopeful(const Window &window);
    void keep_hopeful(size_t n);
    void ask_others(const Window &window);
    void add_essential(const Window &window);
    kh_status go_window(const Window &window);
    void raise_floor();
    double most_of(uint32_t document) const;
    kh_status consider_union(uint32_t document);

    kh_status go_only();
    kh_status go_meeting();
    bool is_hopeless() const;
    uint32_t meet(uint32_t document);
    kh_status consider_meeting(uint32_t document);

    double add(double *to, const Part &part, double norm) const;
    kh_status filter(uint32_t document);
    bool add_optional(uint32_t document, double norm, double sum, size_t n);
    kh_status finish(uint32_t document);

    Run &run;
    const kh_rank_source &source;
    size_t source_number;
    std::vector<Part> parts;
    std::vector<Part *> optional;  /* by bound, ascending */
    std::vector<double> below;     /* below[i]: sum of the bounds of the first i */
    size_t n_inessential = 0;      /* too weak to bring a document among the best */
    std::vector<uint32_t> heads;   /* of a union: where each optional group stands */
    std::vector<uint64_t> has_sum; /* of a window: a bit by document */
    std::vector<float> sums;       /* of a window: by document from its first one */
    std::vector<Taken> batches;    /* of a window: by optional group */
    std::vector<Hopeful> hopeful;  /* of a window: its first n_hopeful */
    size_t n_hopeful = 0;
    std::vector<double> rows; /* of these: what each group adds, for finish() */
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
