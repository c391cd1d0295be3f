/* compact - a copy of a database without free space. */
#include "xapian-c/database.h"

#include <xapian.h>

#include "base/file.h"

#include "guard.hpp"
#include "handles.hpp"

kh_status kh_database_compact(const char *from, const char *to, kh_error *err)
{
    if (kh_path_exists(to))
        return kh_fail(err, KH_ERR_ARGUMENT,
                       "cannot write compact copy '%s': it exists", to);

    kh_status status = kh::guard(err, { "compact", from }, [&] {
        kh::fault_point();
        Xapian::Database database = kh::open_database(from);
        kh::fault_point();
        database.compact(to, Xapian::DBCOMPACT_NO_RENUMBER | Xapian::Compactor::FULLER);
        kh::fault_point();
        return KH_OK;
    });
    if (status == KH_OK)
        status = kh_folder_sync(to, err);

    /* Half a copy is worth nothing, and in the way of the next attempt. */
    if (status != KH_OK && kh_path_exists(to)) {
        kh_status removed = kh_folder_remove(to, nullptr);
        (void)removed;
    }
    return status;
}
