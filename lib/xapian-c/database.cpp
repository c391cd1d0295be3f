/* database - opening, statistics, what is stored with a document, metadata. */
#include "xapian-c/database.h"

#include <algorithm>
#include <memory>
#include <string>

#include <xapian.h>

#include "guard.hpp"
#include "handles.hpp"

using kh::fault_point;
using kh::guard;

kh_status kh::append(kh_buf *out, const std::string &bytes, const char *what,
                     kh_error *err)
{
    fault_point();
    kh_buf_add_bytes(out, bytes.data(), bytes.size());
    if (out->is_over_max)
        return kh_fail(err, KH_ERR_LIMIT, "cannot read %s: it has %zu bytes", what,
                       bytes.size());
    return KH_OK;
}

kh_status kh_database_open(kh_database **out, const char *const *paths, size_t n,
                           kh_error *err)
{
    if (n == 0)
        return kh_fail(err, KH_ERR_ARGUMENT, "cannot open a database: none is named");

    std::unique_ptr<kh_database> opened;
    for (size_t i = 0; i < n; i++) {
        kh_status status = guard(err, { "open database", paths[i] }, [&] {
            if (i == 0) {
                opened = std::make_unique<kh_database>();
                opened->name = paths[0];
            }
            fault_point();
            opened->stores.push_back(kh::open_store(paths[i]));
            opened->database.add_database(opened->stores.back().table);
            fault_point();
            return KH_OK;
        });
        if (status != KH_OK)
            return status;
    }

    *out = opened.release();
    return KH_OK;
}

void kh_database_free(kh_database *database)
{
    delete database;
}

kh_status kh_database_statistics(kh_database_stats *out, kh_database *database,
                                 kh_error *err)
{
    return guard(err, { "read statistics of", database->name.c_str() }, [&] {
        fault_point();
        kh_database_stats stats;
        stats.n_documents = database->database.get_doccount();
        stats.last_document = database->database.get_lastdocid();
        stats.total_length = database->database.get_total_length();
        stats.average_length = database->database.get_average_length();
        fault_point();
        *out = stats;
        return KH_OK;
    });
}

kh_status kh_database_term(kh_term_stats *out, kh_database *database, kh_str term,
                           kh_error *err)
{
    return guard(err, { "look up a term in", database->name.c_str() }, [&] {
        fault_point();
        std::string name = kh::to_string(term);
        kh_term_stats stats;
        stats.n_documents = database->database.get_termfreq(name);
        stats.n_occurrences = database->database.get_collection_freq(name);
        stats.max_wdf = database->database.get_wdf_upper_bound(name);
        bool is_found = stats.n_documents > 0 && database->stores.size() == 1;
        for (const kh::Store &store : database->stores) {
            kh_pulsed_postings rare = {};
            if (!is_found)
                rare = store.find_rare(name);
            stats.n_documents += rare.n;
            for (uint32_t i = 0; i < rare.n; i++) {
                stats.n_occurrences += rare.wdfs[i];
                stats.max_wdf = std::max(stats.max_wdf, rare.wdfs[i]);
            }
        }
        fault_point();
        *out = stats;
        return KH_OK;
    });
}

kh_status kh_database_frequency(kh_term_frequency *out, kh_database *database,
                                kh_str term, kh_error *err)
{
    return guard(err, { "look up a term in", database->name.c_str() }, [&] {
        fault_point();
        std::string name = kh::to_string(term);
        kh_term_frequency sum = {};
        for (const kh::Store &store : database->stores) {
            kh_term_frequency found = store.frequencies(name);
            sum.n_documents += found.n_documents;
            sum.n_occurrences += found.n_occurrences;
        }
        fault_point();
        *out = sum;
        return KH_OK;
    });
}

kh_status kh_database_length(uint32_t *out, kh_database *database, uint32_t document,
                             kh_error *err)
{
    return guard(err, { "read a length in", database->name.c_str(), true }, [&] {
        fault_point();
        uint32_t length = database->database.get_doclength(document);
        fault_point();
        *out = length;
        return KH_OK;
    });
}

kh_status kh_database_value(kh_buf *out, kh_database *database, uint32_t document,
                            uint32_t slot, kh_error *err)
{
    return guard(err, { "read a value in", database->name.c_str(), true }, [&] {
        fault_point();
        Xapian::Document found = database->database.get_document(document);
        return kh::append(out, found.get_value(slot), "a value", err);
    });
}

kh_status kh_database_data(kh_buf *out, kh_database *database, uint32_t document,
                           kh_error *err)
{
    return guard(err, { "read a document in", database->name.c_str(), true }, [&] {
        fault_point();
        Xapian::Document found = database->database.get_document(document);
        return kh::append(out, found.get_data(), "the data of a document", err);
    });
}

kh_status kh_database_metadata(kh_buf *out, kh_database *database, kh_str key,
                               kh_error *err)
{
    return guard(err, { "read metadata of", database->name.c_str() }, [&] {
        fault_point();
        std::string value = database->database.get_metadata(kh::to_string(key));
        return kh::append(out, value, "metadata", err);
    });
}

kh_status kh_database_metadata_from(kh_buf *key, kh_buf *value, kh_database *database,
                                    kh_str from, kh_error *err)
{
    return guard(err, { "read metadata of", database->name.c_str() }, [&] {
        fault_point();
        switch (database->stores[0].metadata_from(key, value, from)) {
        case KH_GLASS_FOUND:
            return KH_OK;
        case KH_GLASS_ABSENT:
            return KH_END;
        case KH_GLASS_UNREAD:
            break;
        }
        const Xapian::Database &table = database->stores[0].table;
        Xapian::TermIterator at = table.metadata_keys_begin();
        at.skip_to(kh::to_string(from));
        if (at == table.metadata_keys_end())
            return KH_END;
        std::string found = *at;
        kh_status status = kh::append(key, found, "a key of metadata", err);
        return status == KH_OK
                   ? kh::append(value, table.get_metadata(found), "metadata", err)
                   : status;
    });
}

const char *kh_database_version(void)
{
    return Xapian::version_string();
}
