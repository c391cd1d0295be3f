/* store - one database: its table, its lists in batches, its rare terms beside it. */
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include <xapian.h>

#include "glass/lists.h"
#include "pulsed/pulsed.h"
#include "xapian-c/database.h"

namespace kh
{

/* Copies share what they name. */
struct Store {
    Xapian::Database table;
    std::shared_ptr<kh_glass_lists> lists; /* null: only the engine can read it */
    std::shared_ptr<const kh_pulsed> rare; /* null: all terms are in the table */

    /* Of a term that the table does not have; n is 0 if it is nowhere. */
    kh_pulsed_postings find_rare(const std::string &term) const;

    uint32_t frequency(const std::string &term) const;
    kh_term_frequency frequencies(const std::string &term) const;

    /* As kh_glass_lists_mark(). */
    bool mark(const std::string &term, uint64_t *bits, uint32_t last_document) const;

    /* As kh_glass_lists_metadata(). */
    kh_glass_answer metadata_from(kh_buf *key, kh_buf *value, kh_str from) const;

    /* As kh_glass_walk_open(). */
    kh_glass_answer open_walk(kh_glass_walk **out, const std::string &term) const;
    uint32_t wdf_bound(const std::string &term) const;
};

Store open_store(const std::string &path);

} // namespace kh
