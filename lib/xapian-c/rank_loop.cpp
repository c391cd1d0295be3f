/* rank_loop - one source gone through: which documents match, what the best weigh.
 *
 * Two ways. A union: optional groups lie in the order of their bounds, and as the
 * threshold grows the weakest of them can no longer bring a document among the best
 * alone. Only the others are walked; the weak ones are asked for what they add. A
 * meeting: required groups, and filters rarer than the words, are walked abreast.
 * Whatever else decides is asked late, of a document that weighs enough.
 *
 * A document's weight is summed once it is worth it, in the order of the request: so
 * equal documents weigh the same to the last bit, in whatever order they were found. */
#include "rank_loop.hpp"

#include <algorithm>

#include "handles.hpp"

namespace
{

uint32_t read_le32(const unsigned char *at)
{
    return static_cast<uint32_t>(at[0]) | static_cast<uint32_t>(at[1]) << 8 |
           static_cast<uint32_t>(at[2]) << 16 | static_cast<uint32_t>(at[3]) << 24;
}

} // namespace

kh::SourceRun::SourceRun(Run &shared, const kh_rank_source &from, size_t number)
    : run(shared), source(from), source_number(number), added(shared.request.n_groups)
{
}

void kh::SourceRun::open_part(size_t group)
{
    const SourceWeights &here = run.weights.sources[source_number];
    const SourceGroup &wanted = here.groups[group];
    double weight = run.weights.weights[group];
    parts.push_back({ Lists(source.database->stores[0], wanted.terms.present,
                            Lists::Use::weighing, run.n_postings),
                      group,
                      weight,
                      wanted.bound,
                      wanted.terms.n_postings,
                      {} });
    Part &part = parts.back();
    for (uint32_t wdf = 0; wdf < part.small.size(); wdf++)
        part.small[wdf] =
            std::min(part.bound,
                     weight * Weights::share(wdf, here.least_norm) * (1 + rank_slack));
}

/* False if no document of this source can match. */
bool kh::SourceRun::open_lists()
{
    const Store &store = source.database->stores[0];
    const kh_rank_request &request = run.request;
    bool has_optional = false;
    parts.reserve(request.n_groups);
    for (size_t g = 0; g < request.n_groups; g++) {
        bool is_here =
            !run.weights.sources[source_number].groups[g].terms.present.empty();
        if (request.groups[g].is_required && !is_here)
            return false;
        has_optional = has_optional || !request.groups[g].is_required;
        if (is_here)
            open_part(g);
    }
    for (size_t i = 0; i < request.n_filters; i++) {
        Terms terms = present_terms(store, request.filters[i]);
        if (terms.present.empty())
            return false;
        filters.emplace_back(store, terms.present, Lists::Use::asking, run.n_postings);
        filter_postings.push_back(terms.n_postings);
    }
    for (size_t i = 0; i < request.n_nevers; i++) {
        Terms terms = present_terms(store, request.nevers[i]);
        if (!terms.present.empty())
            nevers.emplace_back(store, terms.present, Lists::Use::asking,
                                run.n_postings);
    }
    arrange();
    return !has_optional || request.optional_is_free || !optional.empty();
}

/* Which lists a document must be in, and the order of the others. */
void kh::SourceRun::arrange()
{
    std::vector<std::pair<uint64_t, Lists *>> all;
    uint64_t n_optional = 0;
    for (Part &part : parts) {
        bool is_required = run.request.groups[part.number].is_required;
        (is_required ? required : optional).push_back(&part);
        if (is_required)
            all.emplace_back(part.frequency, &part.lists);
        else
            n_optional += part.frequency;
    }
    std::sort(optional.begin(), optional.end(),
              [](const Part *x, const Part *y) { return x->bound < y->bound; });
    below.push_back(0);
    for (const Part *part : optional)
        below.push_back(below.back() + part->bound);

    uint64_t rarest = UINT64_MAX;
    for (size_t i = 0; i < filters.size(); i++) {
        rarest = std::min(rarest, filter_postings[i]);
        all.emplace_back(filter_postings[i], &filters[i]);
    }
    bool is_union = required.empty() && !run.request.optional_is_free &&
                    !optional.empty() && rarest > n_optional;
    if (is_union)
        return;
    if (all.empty()) {
        filters.emplace_back(source.database->stores[0], std::vector<std::string>{ "" },
                             Lists::Use::asking, run.n_postings);
        all.emplace_back(0, &filters[0]);
    }
    std::sort(all.begin(), all.end(),
              [](const auto &x, const auto &y) { return x.first < y.first; });
    for (const auto &[frequency, lists] : all)
        meeting.push_back(lists);
    for (Part *part : required) {
        bound_of_required += part->bound;
        if (&part->lists == meeting[0])
            driver = part;
    }
}

uint32_t kh::SourceRun::length_of(uint32_t document) const
{
    if (document > source.n_lengths)
        throw Xapian::DatabaseCorruptError("a list names an unknown document");
    return read_le32(source.lengths + (document - 1) * source.stride);
}

/* Ask for a length before it is needed: its array is larger than the fastest caches. */
void kh::SourceRun::fetch_length(uint32_t document) const
{
    if (document <= source.n_lengths)
        __builtin_prefetch(source.lengths + (document - 1) * source.stride);
}

uint32_t kh::SourceRun::combined(uint32_t document) const
{
    return static_cast<uint32_t>((document - 1) * run.n_sources + source_number + 1);
}

kh_status kh::SourceRun::go()
{
    if (!open_lists())
        return KH_OK;
    raise_floor();
    return meeting.empty() ? go_union() : go_meeting();
}

/* ---- union ---- */

/* A partial sum below the limit cannot become one that counts. */
void kh::SourceRun::raise_floor()
{
    limit = run.best.threshold() * (1 - rank_slack);
    while (n_inessential < optional.size() && below[n_inessential + 1] < limit)
        n_inessential++;
}

/* The most that the essential groups add to a document, and all others to any. */
double kh::SourceRun::most_of(uint32_t document) const
{
    double most = below[n_inessential];
    for (size_t i = n_inessential; i < optional.size(); i++) {
        if (heads[i] == document)
            most += optional[i]->most(optional[i]->lists.wdf());
    }
    return most;
}

kh_status kh::SourceRun::go_union()
{
    for (const Part *part : optional)
        heads.push_back(part->lists.document());
    while (n_inessential < optional.size()) {
        size_t first = n_inessential; /* considering may raise it */
        uint32_t document = heads[first];
        for (size_t i = first + 1; i < heads.size(); i++)
            document = std::min(document, heads[i]);
        if (document == no_document)
            return KH_OK;
        if (most_of(document) >= limit) {
            kh_status status = consider_union(document);
            if (status != KH_OK)
                return status;
        }
        for (size_t i = first; i < heads.size(); i++) {
            if (heads[i] == document) {
                optional[i]->lists.next();
                heads[i] = optional[i]->lists.document();
                fetch_length(heads[i]);
            }
        }
    }
    return KH_OK;
}

/* What a group adds to the document it stands on. */
double kh::SourceRun::add(Part &part, double norm)
{
    double value = part.weight * Weights::share(part.lists.wdf(), norm);
    added[part.number] = value;
    return value;
}

/* Ask the first n optional groups, the strongest first; false as soon as all that is
 * left cannot make up for what is missing. */
bool kh::SourceRun::add_optional(uint32_t document, double norm, double sum, size_t n)
{
    for (size_t i = n; i-- > 0;) {
        if (sum + below[i + 1] < limit)
            return false;
        if (optional[i]->lists.has(document))
            sum += add(*optional[i], norm);
    }
    return true;
}

kh_status kh::SourceRun::consider_union(uint32_t document)
{
    std::fill(added.begin(), added.end(), 0.0);
    double norm = run.weights.norm(length_of(document));
    double sum = 0;
    for (size_t i = n_inessential; i < optional.size(); i++) {
        if (heads[i] == document)
            sum += add(*optional[i], norm);
    }
    if (!add_optional(document, norm, sum, n_inessential))
        return KH_OK;
    for (Lists &filter : filters) {
        if (!filter.has(document))
            return KH_OK;
    }
    return finish(document);
}

/* ---- meeting ---- */

/* Even all optional groups together would not bring the document of the rarest list
 * among the best. */
bool kh::SourceRun::is_hopeless() const
{
    double most = bound_of_required + below.back();
    if (driver != nullptr)
        most += driver->most(driver->lists.wdf()) - driver->bound;
    return most < limit;
}

/* The document itself if all lists have it, else a later one to go on with. */
uint32_t kh::SourceRun::meet(uint32_t document)
{
    for (size_t i = 1; i < meeting.size(); i++) {
        meeting[i]->skip_to(document);
        if (meeting[i]->document() != document)
            return meeting[i]->document();
    }
    return document;
}

kh_status kh::SourceRun::go_meeting()
{
    Lists &rarest = *meeting[0];
    while (rarest.document() != no_document) {
        uint32_t document = rarest.document();
        if (is_hopeless()) {
            if (driver == nullptr)
                return KH_OK;
            rarest.next();
            continue;
        }
        uint32_t met = meet(document);
        if (met != document) {
            rarest.skip_to(met);
            continue;
        }
        kh_status status = consider_meeting(document);
        if (status != KH_OK)
            return status;
        rarest.next();
    }
    return KH_OK;
}

kh_status kh::SourceRun::consider_meeting(uint32_t document)
{
    std::fill(added.begin(), added.end(), 0.0);
    double norm = run.weights.norm(length_of(document));
    double sum = 0;
    for (Part *part : required)
        sum += add(*part, norm);
    if (!add_optional(document, norm, sum, optional.size()))
        return KH_OK;
    bool has_one = optional.empty() || run.request.optional_is_free;
    for (size_t i = 0; i < optional.size() && !has_one; i++)
        has_one = optional[i]->lists.document() == document;
    return has_one ? finish(document) : KH_OK;
}

/* ---- both ---- */

/* The weight is known: what is left to ask costs most. */
kh_status kh::SourceRun::finish(uint32_t document)
{
    double weight = 0;
    for (double value : added)
        weight += value;
    if (weight < run.best.threshold())
        return KH_OK;
    for (Lists &never : nevers) {
        if (never.has(document))
            return KH_OK;
    }
    if (run.request.accept != nullptr) {
        bool is_accepted = false;
        kh_status status = run.request.accept(&is_accepted, run.request.context,
                                              combined(document), run.err);
        if (status != KH_OK || !is_accepted)
            return status;
    }
    run.n_accepted++;
    run.best.add(combined(document), weight);
    raise_floor();
    return KH_OK;
}
