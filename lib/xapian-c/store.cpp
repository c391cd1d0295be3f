/* store - one database: its table, and its rare terms beside it. */
#include "store.hpp"

#include <algorithm>

#include "guard.hpp"
#include "handles.hpp"

kh::Store kh::open_store(const std::string &path)
{
    Store store;
    store.table = kh::open_database(path);
    fault_point();
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
    kh_status status =
        kh_pulsed_find(&found, rare.get(), { term.data(), term.size() }, &error);
    if (status != KH_OK)
        throw Failure{ error };
    return found;
}

uint32_t kh::Store::frequency(const std::string &term) const
{
    uint32_t n = table.get_termfreq(term);
    return n > 0 ? n : find_rare(term).n;
}

uint32_t kh::Store::wdf_bound(const std::string &term) const
{
    uint32_t bound = table.get_wdf_upper_bound(term);
    if (bound > 0)
        return bound;
    kh_pulsed_postings found = find_rare(term);
    return found.n > 0 ? *std::max_element(found.wdfs, found.wdfs + found.n) : 0;
}
