/* handles - what stands behind the opaque types that more than one file of the room
 * uses. */
#pragma once

#include <string>
#include <vector>

#include <xapian.h>

#include "store.hpp"
#include "xapian-c/database.h"
#include "xapian-c/query.h"

struct kh_database {
    std::string name;          /* of the first one, for messages */
    Xapian::Database database; /* the tables of all, as one */
    std::vector<kh::Store> stores;

    /* The combined number of a document of a store. */
    uint32_t combined(uint32_t document, size_t store) const
    {
        return static_cast<uint32_t>((document - 1) * stores.size() + store + 1);
    }
};

struct kh_query {
    Xapian::Query query;
    kh_error *error; /* owned; NULL, or what went wrong while it was built */
};

namespace kh
{

/* Only databases in the engine's own format: a "stub" file may name programs to run. */
inline Xapian::Database open_database(const std::string &path)
{
    return Xapian::Database(path, Xapian::DB_BACKEND_GLASS);
}

/* Append what the engine gave; over the buffer's maximum it is KH_ERR_LIMIT. */
kh_status append(kh_buf *out, const std::string &bytes, const char *what,
                 kh_error *err);

} // namespace kh
