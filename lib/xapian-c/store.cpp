/* store - one database: its table, and its rare terms beside it. */
#include "store.hpp"

#include <algorithm>

#include "guard.hpp"
#include "handles.hpp"

namespace
{

/* The tests have lists left to the engine. */
bool may_read_lists(const kh::Store &store)
{
    return store.lists != nullptr && !kh::fault_refuses();
}

} // namespace

kh::Store kh::open_store(const std::string &path)
{
    Store store;
    store.table = kh::open_database(path);
    fault_point();
    kh_glass_lists *lists = nullptr;
    if (kh_glass_lists_open(&lists, path.c_str(), nullptr) == KH_OK)
        store.lists = std::shared_ptr<kh_glass_lists>(lists, kh_glass_lists_free);
    kh_error error = {};
    kh_pulsed *rare = nullptr;
    kh_status status = kh_pulsed_open(&rare, path.c_str(), &error);
    if (status == KH_OK)
        store.rare = std::shared_ptr<const kh_pulsed>(rare, [](const kh_pulsed *p) {
            kh_pulsed_free(const_cast<kh_pulsed *>(p));
        });
    else if (status != KH_ERR_NOT_FOUND)
        throw Failure{ error };
    return store;
}

kh_pulsed_postings kh::Store::find_rare(const std::string &term) const
{
    kh_pulsed_postings found = {};
    if (rare == nullptr || term.empty())
        return found;
    fault_point();
    kh_error error = {};
    kh_status status = kh_pulsed_find(&found, rare.get(), kh::to_str(term), &error);
    if (status != KH_OK)
        throw Failure{ error };
    return found;
}

kh_term_frequency kh::Store::frequencies(const std::string &term) const
{
    uint32_t n = 0;
    uint32_t total = 0;
    if (!may_read_lists(*this) ||
        kh_glass_lists_count(&n, &total, lists.get(), kh::to_str(term)) ==
            KH_GLASS_UNREAD) {
        n = table.get_termfreq(term);
        total = table.get_collection_freq(term);
    }
    kh_term_frequency found = { n, total };
    if (n > 0)
        return found;
    kh_pulsed_postings postings = find_rare(term);
    found.n_documents = postings.n;
    for (uint32_t i = 0; i < postings.n; i++)
        found.n_occurrences += postings.wdfs[i];
    return found;
}

uint32_t kh::Store::frequency(const std::string &term) const
{
    return frequencies(term).n_documents;
}

bool kh::Store::mark(const std::string &term, uint64_t *bits,
                     uint32_t last_document) const
{
    return may_read_lists(*this) &&
           kh_glass_lists_mark(lists.get(), kh::to_str(term), bits, last_document);
}

kh_glass_answer kh::Store::metadata_from(kh_buf *key, kh_buf *value, kh_str from) const
{
    return may_read_lists(*this)
               ? kh_glass_lists_metadata(key, value, lists.get(), from)
               : KH_GLASS_UNREAD;
}

kh_glass_answer kh::Store::open_walk(kh_glass_walk **out, const std::string &term) const
{
    return may_read_lists(*this)
               ? kh_glass_walk_open(out, lists.get(), kh::to_str(term))
               : KH_GLASS_UNREAD;
}

uint32_t kh::Store::wdf_bound(const std::string &term) const
{
    uint32_t bound = table.get_wdf_upper_bound(term);
    if (bound > 0)
        return bound;
    kh_pulsed_postings found = find_rare(term);
    return found.n > 0 ? *std::max_element(found.wdfs, found.wdfs + found.n) : 0;
}
