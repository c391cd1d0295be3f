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

kh::SourceRun::SourceRun(Run &shared, const kh_rank_source &from, size_t number)
    : run(shared), source(from), source_number(number), added(shared.request.n_groups)
{
}

bool kh::SourceRun::is_here(size_t first, size_t n) const
{
    for (size_t g = first; g < first + n; g++) {
        if (run.weights.sources[source_number].groups[g].terms.present.empty())
            return false;
    }
    return true;
}

/* A group, or n that are together: of these the rarest leads. */
void kh::SourceRun::open_part(size_t first, size_t n)
{
    const Store &store = source.database->stores[0];
    const SourceWeights &here = run.weights.sources[source_number];
    size_t rarest = first;
    for (size_t g = first + 1; g < first + n; g++) {
        if (here.groups[g].terms.n_postings < here.groups[rarest].terms.n_postings)
            rarest = g;
    }
    const SourceGroup &wanted = here.groups[rarest];
    double weight = run.weights.weights[rarest];
    parts.push_back(
        { Lists(store, wanted.terms.present, Lists::Use::weighing, run.n_postings),
          rarest,
          weight,
          wanted.bound,
          wanted.terms.n_postings,
          {},
          {} });
    Part &part = parts.back();
    for (size_t g = first; g < first + n; g++) {
        if (g == rarest)
            continue;
        part.others.push_back({ Lists(store, here.groups[g].terms.present,
                                      Lists::Use::weighing, run.n_postings),
                                g, run.weights.weights[g] });
        part.bound += here.groups[g].bound;
    }
    double of_others = part.bound - wanted.bound;
    for (uint32_t wdf = 0; wdf < part.small.size(); wdf++)
        part.small[wdf] = std::min(
            part.bound, (weight * Weights::share(wdf, here.least_norm) + of_others) *
                            (1 + rank_slack));
}

/* False if no document of this source can match. */
bool kh::SourceRun::open_lists()
{
    const Store &store = source.database->stores[0];
    const kh_rank_request &request = run.request;
    bool has_optional = false;
    parts.reserve(request.n_groups);
    for (size_t g = 0, n = 0; g < request.n_groups; g += n) {
        n = n_together(request, g);
        bool is_in_source = is_here(g, n);
        if (request.groups[g].is_required && !is_in_source)
            return false;
        has_optional = has_optional || !request.groups[g].is_required;
        if (is_in_source)
            open_part(g, n);
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
    if (run.request.only == nullptr ? is_union : all.empty())
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

uint32_t kh::SourceRun::combined(uint32_t document) const
{
    return static_cast<uint32_t>((document - 1) * run.n_sources + source_number + 1);
}

kh_status kh::SourceRun::go()
{
    if (!open_lists())
        return KH_OK;
    raise_floor();
    if (run.request.only != nullptr)
        return go_only();
    return meeting.empty() ? go_union() : go_meeting();
}

/* ---- union: see rank_union.cpp ---- */

/* What a group, and all together with it, add to the document they stand on; by group,
 * and their sum. */
double kh::SourceRun::add(double *to, const Part &part, double norm) const
{
    double value = part.weight * Weights::share(part.lists.wdf(), norm);
    to[part.number] = value;
    for (const Part::Other &other : part.others) {
        to[other.number] = other.weight * Weights::share(other.lists.wdf(), norm);
        value += to[other.number];
    }
    return value;
}

/* Ask the first n optional groups, the strongest first; false as soon as all that is
 * left cannot make up for what is missing. */
bool kh::SourceRun::add_optional(uint32_t document, double norm, double sum, size_t n)
{
    for (size_t i = n; i-- > 0;) {
        if (sum + below[i + 1] < limit)
            return false;
        if (optional[i]->has(document))
            sum += add(added.data(), *optional[i], norm);
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
            sum += add(added.data(), *optional[i], norm);
    }
    return add_optional(document, norm, sum, n_inessential) ? filter(document) : KH_OK;
}

/* Nothing but filters is left to be asked. */
kh_status kh::SourceRun::filter(uint32_t document)
{
    for (Lists &filter : filters) {
        if (!filter.has(document))
            return KH_OK;
    }
    return finish(document);
}

/* ---- meeting ---- */

/* The documents are given: few, as a rule, so that most of each list is passed over. */
kh_status kh::SourceRun::go_only()
{
    for (size_t i = 0; i < run.request.n_only; i++) {
        uint32_t given = run.request.only[i] - 1;
        if (given % run.n_sources != source_number)
            continue;
        auto document = static_cast<uint32_t>(given / run.n_sources + 1);
        bool is_in_all =
            std::all_of(meeting.begin(), meeting.end(),
                        [document](Lists *lists) { return lists->has(document); });
        kh_status status = is_in_all ? consider_meeting(document) : KH_OK;
        if (status != KH_OK)
            return status;
    }
    return KH_OK;
}

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
        sum += add(added.data(), *part, norm);
    if (!add_optional(document, norm, sum, optional.size()))
        return KH_OK;
    bool has_one = optional.empty() || run.request.optional_is_free;
    for (size_t i = 0; i < optional.size() && !has_one; i++)
        has_one = optional[i]->has(document);
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
