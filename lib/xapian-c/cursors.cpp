/* cursors - walk terms, metadata keys and the documents of a term.
 *
 * The engine's iterators only go forward, stand on their first item from the start, and
 * may not be moved behind their end. A cursor therefore remembers whether the item it
 * stands on was given out, and begins anew to go back. */
#include "xapian-c/database.h"

#include <memory>
#include <string>

#include <xapian.h>

#include "guard.hpp"
#include "handles.hpp"

using kh::fault_point;
using kh::guard;

/* Each cursor keeps the database alive: it may be freed first. */
struct kh_term_cursor {
    Xapian::Database database;
    std::string name; /* of the database, for messages */
    std::string prefix;
    bool is_of_metadata;
    Xapian::TermIterator at;
    Xapian::TermIterator end;
    std::string term;  /* the view that next gave out */
    bool is_given;     /* the item under `at` was given out */
    kh_status failure; /* an iterator that threw is not to be used again */

    void rewind()
    {
        is_given = false;
        if (is_of_metadata) {
            at = database.metadata_keys_begin(prefix);
            end = database.metadata_keys_end(prefix);
        } else {
            at = database.allterms_begin(prefix);
            end = database.allterms_end(prefix);
        }
    }
};

struct kh_posting_cursor {
    Xapian::Database database;
    std::string name;
    std::string term;
    Xapian::PostingIterator at;
    Xapian::PostingIterator end;
    bool is_given;
    kh_status failure;

    void rewind()
    {
        is_given = false;
        at = database.postlist_begin(term);
        end = database.postlist_end(term);
    }
};

namespace
{

/* One step of a cursor; after a failure it only repeats that status. */
template <typename Cursor, typename Step>
kh_status move(Cursor *cursor, const char *verb, kh_error *err, Step step) noexcept
{
    if (cursor->failure != KH_OK)
        return kh_fail(err, cursor->failure, "cannot %s '%s': it failed before", verb,
                       cursor->name.c_str());

    kh_status status = guard(err, { verb, cursor->name.c_str() }, step);
    if (status != KH_OK && status != KH_END)
        cursor->failure = status;
    return status;
}

/* Go to the next item that was not given out; false at the end. */
template <typename Cursor> bool advance(Cursor *cursor)
{
    if (cursor->at == cursor->end)
        return false;
    if (cursor->is_given) {
        ++cursor->at;
        cursor->is_given = false;
    }
    return cursor->at != cursor->end;
}

} // namespace

kh_status kh_term_cursor_open(kh_term_cursor **out, kh_database *database,
                              kh_str prefix, bool of_metadata, kh_error *err)
{
    return guard(err, { "list terms of", database->name.c_str() }, [&] {
        fault_point();
        auto cursor = std::make_unique<kh_term_cursor>();
        cursor->database = database->database;
        cursor->name = database->name;
        cursor->prefix = kh::to_string(prefix);
        cursor->is_of_metadata = of_metadata;
        cursor->rewind();
        fault_point();
        *out = cursor.release();
        return KH_OK;
    });
}

void kh_term_cursor_free(kh_term_cursor *cursor)
{
    delete cursor;
}

kh_status kh_term_cursor_next(kh_term_cursor *cursor, kh_str *term,
                              uint32_t *n_documents, kh_error *err)
{
    return move(cursor, "list terms of", err, [&] {
        fault_point();
        if (!advance(cursor))
            return KH_END;

        std::string found = *cursor->at;
        uint32_t n = 0;
        if (n_documents != nullptr && !cursor->is_of_metadata)
            n = cursor->at.get_termfreq();
        fault_point();

        cursor->term.swap(found);
        cursor->is_given = true;
        *term = kh_str_make(cursor->term.data(), cursor->term.size());
        if (n_documents != nullptr)
            *n_documents = n;
        return KH_OK;
    });
}

kh_status kh_term_cursor_seek(kh_term_cursor *cursor, kh_str at, kh_error *err)
{
    return move(cursor, "list terms of", err, [&] {
        fault_point();
        std::string target = kh::to_string(at);
        if (target < cursor->prefix)
            target = cursor->prefix;
        if (cursor->at == cursor->end || target <= *cursor->at)
            cursor->rewind();
        fault_point();

        if (cursor->at != cursor->end)
            cursor->at.skip_to(target);
        cursor->is_given = false;
        return KH_OK;
    });
}

kh_status kh_posting_cursor_open(kh_posting_cursor **out, kh_database *database,
                                 kh_str term, kh_error *err)
{
    return guard(err, { "list documents of", database->name.c_str() }, [&] {
        fault_point();
        auto cursor = std::make_unique<kh_posting_cursor>();
        cursor->database = database->database;
        cursor->name = database->name;
        cursor->term = kh::to_string(term);
        cursor->rewind();
        fault_point();
        *out = cursor.release();
        return KH_OK;
    });
}

void kh_posting_cursor_free(kh_posting_cursor *cursor)
{
    delete cursor;
}

kh_status kh_posting_cursor_next(kh_posting_cursor *cursor, uint32_t *document,
                                 uint32_t *wdf, kh_error *err)
{
    return move(cursor, "list documents of", err, [&] {
        fault_point();
        if (!advance(cursor))
            return KH_END;

        uint32_t number = *cursor->at;
        uint32_t frequency = wdf != nullptr ? cursor->at.get_wdf() : 0;
        fault_point();

        cursor->is_given = true;
        *document = number;
        if (wdf != nullptr)
            *wdf = frequency;
        return KH_OK;
    });
}

kh_status kh_posting_cursor_seek(kh_posting_cursor *cursor, uint32_t document,
                                 kh_error *err)
{
    return move(cursor, "list documents of", err, [&] {
        fault_point();
        if (cursor->at == cursor->end || document <= *cursor->at)
            cursor->rewind();
        fault_point();

        if (cursor->at != cursor->end)
            cursor->at.skip_to(document);
        cursor->is_given = false;
        return KH_OK;
    });
}
