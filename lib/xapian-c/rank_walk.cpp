/* rank_walk - all documents of a source that match, not weighed.
 *
 * Either the lists are walked abreast, or, where the rarest is not much shorter than
 * the others or some are together, all of them are read whole into a bit a document. */
#include "rank_walk.hpp"

#include <algorithm>

#include "handles.hpp"
#include "rank_lists.hpp"
#include "rank_weights.hpp"

namespace
{

using kh::Lists;
using kh::no_document;
using kh::Terms;

/* A condition: any of its terms, or of each list of one of the sets any. */
struct Condition {
    Terms terms;
    bool is_never;
    std::vector<std::vector<Terms>> sets;

    bool is_empty() const
    {
        return terms.present.empty() && sets.empty();
    }
};

/* A posting of a list that is read whole costs so much less than one walked to. */
constexpr uint64_t whole_is_cheaper = 16;

/* So many documents are found before lists would be read. */
constexpr uint32_t few = 4096;

/* Add groups that are together, if the store has all of them. */
void add_set(Condition &to, const kh_rank_group *groups, size_t n,
             const kh::Store &store)
{
    std::vector<Terms> set;
    uint64_t least = UINT64_MAX;
    for (size_t g = 0; g < n; g++) {
        set.push_back(kh::present_terms(store, groups[g].any));
        if (set.back().present.empty())
            return;
        least = std::min(least, set.back().n_postings);
    }
    to.terms.n_postings += least;
    to.sets.push_back(std::move(set));
}

/* What a document must have, and must not; false if nothing can match. */
bool read_conditions(std::vector<Condition> &out, const kh_rank_request &request,
                     const kh::Store &store)
{
    Condition any = {};
    bool has_optional = false;
    for (size_t g = 0, n = 0; g < request.n_groups; g += n) {
        n = kh::n_together(request, g);
        has_optional = has_optional || !request.groups[g].is_required;
        if (n > 1) {
            add_set(any, request.groups + g, n, store);
            continue;
        }
        Terms terms = kh::present_terms(store, request.groups[g].any);
        if (request.groups[g].is_required) {
            out.push_back({ std::move(terms), false, {} });
            continue;
        }
        any.terms.n_postings += terms.n_postings;
        any.terms.present.insert(any.terms.present.end(), terms.present.begin(),
                                 terms.present.end());
    }
    if (has_optional && !request.optional_is_free)
        out.push_back(std::move(any));
    for (size_t i = 0; i < request.n_filters; i++)
        out.push_back({ kh::present_terms(store, request.filters[i]), false, {} });
    for (const Condition &condition : out) {
        if (condition.is_empty())
            return false;
    }
    if (out.empty())
        out.push_back({ { { "" }, {}, store.table.get_doccount() }, false, {} });
    for (size_t i = 0; i < request.n_nevers; i++) {
        Terms terms = kh::present_terms(store, request.nevers[i]);
        if (!terms.present.empty())
            out.push_back({ std::move(terms), true, {} });
    }
    /* The rarest leads, the nevers come last. */
    std::sort(out.begin(), out.end(), [](const auto &x, const auto &y) {
        return x.is_never != y.is_never ? y.is_never
                                        : x.terms.n_postings < y.terms.n_postings;
    });
    return true;
}

/* The document itself, or a later one to go on with. */
uint32_t meet(std::vector<Lists> &lists, const std::vector<Condition> &conditions,
              uint32_t document)
{
    for (size_t i = 1; i < lists.size(); i++) {
        if (conditions[i].is_never) {
            if (lists[i].has(document))
                return document + 1;
        } else if (!lists[i].has(document)) {
            return lists[i].document();
        }
    }
    return document;
}

bool is_full(const kh::Walk &walk)
{
    return walk.request.limit > 0 && walk.documents.size() >= walk.request.limit;
}

kh_status take(kh::Walk &walk, uint32_t combined)
{
    bool is_accepted = true;
    if (walk.request.accept != nullptr) {
        is_accepted = false;
        kh_status status =
            walk.request.accept(&is_accepted, walk.request.context, combined, walk.err);
        if (status != KH_OK)
            return status;
    }
    if (!is_accepted)
        return KH_OK;
    walk.n++;
    if (walk.request.limit > 0)
        walk.documents.push_back(combined);
    return KH_OK;
}

uint32_t combine(const kh::Walk &walk, uint64_t document, size_t number)
{
    return static_cast<uint32_t>((document - 1) * walk.n_sources + number + 1);
}

/* ---- whole lists ---- */

using Bits = std::vector<uint64_t>;

bool has_sets(const std::vector<Condition> &conditions)
{
    for (const Condition &condition : conditions) {
        if (!condition.sets.empty())
            return true;
    }
    return false;
}

bool is_worth_reading(const kh_rank_source &source,
                      const std::vector<Condition> &conditions)
{
    uint64_t n_postings = 0;
    for (const Condition &condition : conditions)
        n_postings += condition.terms.n_postings;
    return source.database->stores[0].lists != nullptr &&
           n_postings / whole_is_cheaper <= conditions[0].terms.n_postings;
}

bool mark_rare(Bits &bits, const kh::Store &store, const std::string &term,
               uint32_t last)
{
    kh_pulsed_postings found = store.find_rare(term);
    for (uint32_t i = 0; i < found.n; i++) {
        uint32_t document = found.documents[i];
        if (document > last)
            throw Xapian::DatabaseCorruptError("a list names an unknown document");
        bits[document / 64] |= uint64_t{ 1 } << document % 64;
    }
    return found.n > 0;
}

/* A list that cannot be read as a whole, if n_postings is given: the engine walks it,
 * or says what is wrong with it. */
bool mark_walked(Bits &bits, const kh::Store &store, const std::string &term,
                 uint32_t last, uint64_t *n_postings)
{
    if (n_postings == nullptr)
        return false;
    Lists list(store, { term }, Lists::Use::walking, *n_postings);
    for (; list.document() != no_document; list.next()) {
        if (list.document() > last)
            throw Xapian::DatabaseCorruptError("a list names an unknown document");
        bits[list.document() / 64] |= uint64_t{ 1 } << list.document() % 64;
    }
    return true;
}

/* False if a list cannot be read, and may not be walked. */
bool mark_terms(Bits &bits, const kh_rank_source &source, const Terms &terms,
                uint32_t last, uint64_t *n_postings)
{
    for (const std::string &term : terms.present) {
        const kh::Store &store = source.database->stores[0];
        if (!store.mark(term, bits.data(), last) &&
            !mark_rare(bits, store, term, last) &&
            !mark_walked(bits, store, term, last, n_postings))
            return false;
    }
    return true;
}

/* Documents that a condition speaks of. */
bool mark_condition(Bits &bits, const kh_rank_source &source,
                    const Condition &condition, uint32_t last, uint64_t *n_postings)
{
    if (!mark_terms(bits, source, condition.terms, last, n_postings))
        return false;
    for (const std::vector<Terms> &set : condition.sets) {
        Bits all(bits.size(), UINT64_MAX);
        for (const Terms &terms : set) {
            Bits one(bits.size());
            if (!mark_terms(one, source, terms, last, n_postings))
                return false;
            for (size_t k = 0; k < all.size(); k++)
                all[k] &= one[k];
        }
        for (size_t k = 0; k < all.size(); k++)
            bits[k] |= all[k];
    }
    return true;
}

/* Documents that fulfil all conditions. */
bool mark_all(Bits &bits, const kh_rank_source &source,
              const std::vector<Condition> &conditions, uint64_t *n_postings)
{
    uint32_t last = source.database->database.get_lastdocid();
    bits.assign(last / 64 + 1, 0);
    if (!mark_condition(bits, source, conditions[0], last, n_postings))
        return false;
    Bits others(conditions.size() > 1 ? bits.size() : 0);
    for (size_t i = 1; i < conditions.size(); i++) {
        std::fill(others.begin(), others.end(), 0);
        if (!mark_condition(others, source, conditions[i], last, n_postings))
            return false;
        uint64_t turned = conditions[i].is_never ? UINT64_MAX : 0;
        for (size_t k = 0; k < bits.size(); k++)
            bits[k] &= others[k] ^ turned;
    }
    return true;
}

/* All, where nobody has to be asked. */
void put_all(kh::Walk &walk, const Bits &bits, size_t number, uint64_t n)
{
    size_t at = walk.documents.size();
    walk.n += n;
    walk.documents.resize(at + n);
    for (size_t k = 0; k < bits.size(); k++) {
        for (uint64_t rest = bits[k]; rest != 0; rest &= rest - 1) {
            auto bit = static_cast<unsigned>(__builtin_ctzll(rest));
            walk.documents[at++] = combine(walk, k * 64 + bit, number);
        }
    }
}

kh_status take_all(kh::Walk &walk, const Bits &bits, size_t number)
{
    uint64_t n = 0;
    for (uint64_t word : bits)
        n += static_cast<unsigned>(__builtin_popcountll(word));
    if (walk.request.accept == nullptr &&
        walk.request.limit >= walk.documents.size() + n) {
        put_all(walk, bits, number, n);
        return KH_OK;
    }
    if (walk.request.limit > 0)
        walk.documents.reserve(walk.documents.size() + n);
    for (size_t k = 0; k < bits.size(); k++) {
        for (uint64_t rest = bits[k]; rest != 0 && !is_full(walk); rest &= rest - 1) {
            auto bit = static_cast<unsigned>(__builtin_ctzll(rest));
            kh_status status = take(walk, combine(walk, k * 64 + bit, number));
            if (status != KH_OK)
                return status;
        }
    }
    return KH_OK;
}

} // namespace

kh_status kh::walk_source(Walk &walk, const kh_rank_source &source, size_t number)
{
    const Store &store = source.database->stores[0];
    std::vector<Condition> conditions;
    if (is_full(walk) || !read_conditions(conditions, walk.request, store))
        return KH_OK;
    bool is_few = walk.request.limit > 0 && walk.request.limit < few;
    bool is_whole = has_sets(conditions);
    bool is_plain = conditions.size() == 1 && walk.request.limit == 0 &&
                    walk.request.accept == nullptr && !is_whole;
    if (is_plain && conditions[0].terms.present.size() == 1) {
        walk.n += conditions[0].terms.n_postings; /* its frequency is the answer */
        return KH_OK;
    }

    Bits bits;
    if ((is_whole || (!is_few && is_worth_reading(source, conditions))) &&
        mark_all(bits, source, conditions, is_whole ? &walk.n_postings : nullptr)) {
        for (const Condition &condition : conditions)
            walk.n_postings += condition.terms.n_postings;
        return take_all(walk, bits, number);
    }

    std::vector<Lists> lists;
    lists.reserve(conditions.size());
    for (const Condition &condition : conditions)
        lists.emplace_back(store, condition.terms.present,
                           lists.empty() && !is_few ? Lists::Use::walking
                                                    : Lists::Use::asking,
                           walk.n_postings);
    Lists &rarest = lists[0];
    if (walk.request.limit > 0)
        walk.documents.reserve(std::min<uint64_t>(
            walk.request.limit,
            walk.documents.size() + std::min<uint64_t>(conditions[0].terms.n_postings,
                                                       store.table.get_doccount())));
    if (is_plain && rarest.gathered()) {
        walk.n += rarest.count();
        return KH_OK;
    }
    while (rarest.document() != no_document && !is_full(walk)) {
        uint32_t document = rarest.document();
        uint32_t met = meet(lists, conditions, document);
        if (met != document) {
            rarest.skip_to(met);
            continue;
        }
        kh_status status = take(walk, combine(walk, document, number));
        if (status != KH_OK)
            return status;
        rarest.next();
    }
    return KH_OK;
}
