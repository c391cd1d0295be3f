/* rank_lists - the postings of several terms in one database, walked as one list. */
#include "rank_lists.hpp"

#include <algorithm>

namespace
{

/* More lists than these are gathered. */
constexpr size_t side_by_side = 8;

/* As many as a batch of a single list has. */
constexpr uint32_t fill_postings = 128;

} // namespace

kh::Lists::List kh::Lists::open(const std::string &term) const
{
    List list;
    list.term = term;
    kh_glass_walk *walk = nullptr;
    switch (store->open_walk(&walk, term)) {
    case KH_GLASS_FOUND:
        list.walk.reset(walk);
        list.documents = kh_glass_walk_batch(walk)->documents;
        list.wdfs = kh_glass_walk_batch(walk)->wdfs;
        skip_on(list, 1);
        return list;
    case KH_GLASS_UNREAD:
        give_to_engine(list, 1);
        if (list.document != no_document)
            return list;
        break;
    case KH_GLASS_ABSENT:
        break;
    }
    list.is_of_engine = false;
    list.rare = std::make_unique<kh_pulsed_postings>(store->find_rare(term));
    list.documents = list.rare->documents;
    list.wdfs = list.rare->wdfs;
    list.n = list.rare->n;
    list.document = list.n > 0 ? list.documents[0] : no_document;
    return list;
}

void kh::Lists::give_to_engine(List &list, uint32_t document) const
{
    list.walk.reset();
    list.n = 0;
    list.is_of_engine = true;
    list.at = store->table.postlist_begin(list.term);
    if (document > 1)
        list.at.skip_to(document);
    list.document = list.at == Xapian::PostingIterator() ? no_document : *list.at;
}

/* To the first at or behind a document, where the batch does not have it. */
void kh::Lists::skip_on(List &list, uint32_t document) const
{
    if (list.is_of_engine) {
        if (document == list.document + 1)
            ++list.at;
        else
            list.at.skip_to(document);
        list.document = list.at == Xapian::PostingIterator() ? no_document : *list.at;
        return;
    }
    list.i = 0;
    list.n = 0;
    list.document = no_document;
    if (list.walk == nullptr)
        return;
    if (fault_refuses() || !kh_glass_walk_to(list.walk.get(), document)) {
        give_to_engine(list, document);
        return;
    }
    list.n = kh_glass_walk_batch(list.walk.get())->n;
    if (list.n > 0)
        list.document = list.documents[0];
}

kh::Lists::Lists(const Store &from, const std::vector<std::string> &terms, Use use,
                 uint64_t &n_postings)
    : store(&from), n_looked_at(&n_postings)
{
    if (terms.size() > (use == Use::walking ? 1 : side_by_side)) {
        gather(terms, use == Use::weighing);
        return;
    }
    lists.reserve(terms.size());
    for (const std::string &term : terms) {
        ++*n_looked_at;
        fault_point();
        lists.push_back(open(term));
        current = std::min(current, lists.back().document);
    }
}

/* One list is open at a time: there may be a hundred thousand. */
void kh::Lists::gather(const std::vector<std::string> &terms, bool weighs)
{
    uint32_t last = store->table.get_lastdocid();
    bits.resize(last / 64 + 1);
    if (weighs)
        wdfs.resize(static_cast<size_t>(last) + 1);
    for (const std::string &term : terms) {
        fault_point();
        ++*n_looked_at;
        List list = open(term);
        for (uint32_t d = list.document; d != no_document; d = step(list)) {
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

void kh::Lists::fill()
{
    if (batch().n > 0)
        return;
    ahead_documents.resize(fill_postings);
    ahead_wdfs.resize(fill_postings);
    uint32_t n = 0;
    for (; n < fill_postings && current != no_document; next()) {
        ahead_documents[n] = current;
        ahead_wdfs[n++] = wdf();
    }
    if (n == 0)
        return;
    behind = current;
    current = ahead_documents[0];
    ahead = 0;
    n_ahead = n;
}

void kh::Lists::next_ahead()
{
    if (++ahead == n_ahead)
        n_ahead = 0;
    current = n_ahead > 0 ? ahead_documents[ahead] : behind;
}

void kh::Lists::skip_ahead(uint32_t document)
{
    while (n_ahead > 0 && current < document)
        next_ahead();
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
        if (list.document < document)
            skip(list, document);
        first = std::min(first, list.document);
    }
    current = first;
}
