/* rank_lists - the postings of several terms in one database, walked as one list. */
#include "rank_lists.hpp"

#include <algorithm>

namespace
{

/* More lists than these are gathered. */
constexpr size_t side_by_side = 8;

} // namespace

kh::Lists::List kh::Lists::open(const Store &store, const std::string &term)
{
    List list;
    list.at = store.table.postlist_begin(term);
    if (list.at != Xapian::PostingIterator() || store.rare == nullptr)
        return list;
    list.rare = std::make_unique<kh_pulsed_postings>(store.find_rare(term));
    list.n_rare = list.rare->n;
    return list;
}

kh::Lists::Lists(const Store &store, const std::vector<std::string> &terms, Use use,
                 uint64_t &n_postings)
    : n_looked_at(&n_postings)
{
    if (terms.size() > (use == Use::walking ? 1 : side_by_side)) {
        gather(store, terms, use == Use::weighing);
        return;
    }
    lists.reserve(terms.size());
    for (const std::string &term : terms) {
        fault_point();
        lists.push_back(open(store, term));
        current = std::min(current, look(lists.back()));
    }
}

/* One list is open at a time: there may be a hundred thousand. */
void kh::Lists::gather(const Store &store, const std::vector<std::string> &terms,
                       bool weighs)
{
    uint32_t last = store.table.get_lastdocid();
    bits.resize(last / 64 + 1);
    if (weighs)
        wdfs.resize(static_cast<size_t>(last) + 1);
    for (const std::string &term : terms) {
        fault_point();
        List list = open(store, term);
        for (uint32_t d = look(list); d != no_document; d = step(list)) {
            if (d > last)
                throw Xapian::DatabaseCorruptError("a list names an unknown document");
            bits[d / 64] |= uint64_t{ 1 } << d % 64;
            if (weighs)
                wdfs[d] += wdf_of(list);
        }
    }
    is_gathered = true;
    current = first_bit(0);
}

uint64_t kh::Lists::count() const
{
    uint64_t n = 0;
    for (uint64_t word : bits)
        n += static_cast<unsigned>(__builtin_popcountll(word));
    return n;
}

uint32_t kh::Lists::first_bit(uint32_t from) const
{
    size_t at = from / 64;
    if (at >= bits.size())
        return no_document;
    uint64_t rest = bits[at] & UINT64_MAX << from % 64;
    while (rest == 0) {
        if (++at == bits.size())
            return no_document;
        rest = bits[at];
    }
    return static_cast<uint32_t>(at * 64) +
           static_cast<uint32_t>(__builtin_ctzll(rest));
}

uint32_t kh::Lists::sum_wdf() const
{
    uint32_t sum = 0;
    for (const List &list : lists) {
        if (list.document == current)
            sum += wdf_of(list);
    }
    return sum;
}

void kh::Lists::step_all()
{
    if (is_gathered) {
        current = first_bit(current + 1);
        return;
    }
    uint32_t first = no_document;
    for (List &list : lists)
        first = std::min(first, list.document == current ? step(list) : list.document);
    current = first;
}

void kh::Lists::skip_all(uint32_t document)
{
    if (is_gathered) {
        current = first_bit(document);
        return;
    }
    uint32_t first = no_document;
    for (List &list : lists) {
        if (list.document < document) {
            skip(list, document);
            look(list);
        }
        first = std::min(first, list.document);
    }
    current = first;
}
