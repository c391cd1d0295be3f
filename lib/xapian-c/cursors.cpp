/* cursors - walk terms, metadata keys and the documents of a term.
 *
 * The engine's iterators only go forward, stand on their first item from the start, and
 * may not be moved behind their end. A cursor therefore remembers whether the item it
 * stands on was given out, and begins anew to go back. Rare terms, which the engine
 * does not see, are walked beside it. */
#include "xapian-c/database.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <xapian.h>

#include "guard.hpp"
#include "handles.hpp"

using kh::fault_point;
using kh::guard;

namespace
{

/* The rare terms of a store, one after the other. */
struct RareTerms {
    std::shared_ptr<const kh_pulsed> file;
    kh_pulsed_cursor at;
    std::string term; /* "" behind the last */
    uint32_t n = 0;   /* its documents */

    void next()
    {
        kh_str found = {};
        kh_pulsed_postings postings = {};
        kh_error error = {};
        kh_status status = kh_pulsed_next(&at, &found, &postings, &error);
        if (status != KH_OK && status != KH_END)
            throw kh::Failure{ error };
        term = status == KH_OK ? kh::to_string(found) : std::string();
        n = status == KH_OK ? postings.n : 0;
    }

    void seek(const std::string &from)
    {
        kh_error error = {};
        kh_status status =
            kh_pulsed_seek(&at, file.get(), { from.data(), from.size() }, &error);
        if (status != KH_OK)
            throw kh::Failure{ error };
        next();
    }
};

} // namespace

/* Each cursor keeps the database alive: it may be freed first. */
struct kh_term_cursor {
    Xapian::Database database;
    std::string name; /* of the database, for messages */
    std::string prefix;
    bool is_of_metadata;
    Xapian::TermIterator at;
    Xapian::TermIterator end;
    std::vector<RareTerms> rare;
    std::string term;  /* the view that next gave out */
    bool is_given;     /* the item under the cursor was given out */
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
        for (RareTerms &terms : rare)
            terms.seek(prefix);
    }

    bool is_here(const RareTerms &terms) const
    {
        return !terms.term.empty() && terms.term.compare(0, prefix.size(), prefix) == 0;
    }

    /* The first that is left; false behind the last. n: its documents. */
    bool first(std::string &found, uint32_t *n) const
    {
        bool is_found = at != end;
        if (is_found)
            found = *at;
        for (const RareTerms &terms : rare) {
            if (is_here(terms) && (!is_found || terms.term < found)) {
                found = terms.term;
                is_found = true;
            }
        }
        if (!is_found || n == nullptr)
            return is_found;
        *n = at != end && *at == found && !is_of_metadata ? at.get_termfreq() : 0;
        for (const RareTerms &terms : rare)
            *n += terms.term == found ? terms.n : 0;
        return true;
    }

    /* Behind the term that was given out. */
    void pass()
    {
        if (is_given && at != end && *at == term)
            ++at;
        for (RareTerms &terms : rare) {
            if (is_given && terms.term == term)
                terms.next();
        }
        is_given = false;
    }

    void skip_to(const std::string &target)
    {
        if (at != end)
            at.skip_to(target);
        for (RareTerms &terms : rare)
            terms.seek(target);
        is_given = false;
    }
};

struct kh_posting_cursor {
    Xapian::Database database;
    std::string name;
    std::string term;
    Xapian::PostingIterator at;
    Xapian::PostingIterator end;
    struct Rare {
        uint32_t document; /* combined */
        uint32_t wdf;
    };
    std::vector<Rare> rare; /* ascending */
    size_t i_rare;
    bool is_given;
    kh_status failure;

    void find_rare(const kh_database &from)
    {
        for (size_t i = 0; i < from.stores.size(); i++) {
            kh_pulsed_postings found = from.stores[i].find_rare(term);
            for (uint32_t k = 0; k < found.n; k++)
                rare.push_back({ from.combined(found.documents[k], i), found.wdfs[k] });
        }
        std::sort(rare.begin(), rare.end(),
                  [](const Rare &x, const Rare &y) { return x.document < y.document; });
    }

    void rewind()
    {
        is_given = false;
        i_rare = 0;
        at = database.postlist_begin(term);
        end = database.postlist_end(term);
    }

    bool is_at_end() const
    {
        return at == end && i_rare == rare.size();
    }

    /* Whether the next is a rare term's. A document is in one of the two. */
    bool is_rare() const
    {
        return i_rare < rare.size() && (at == end || rare[i_rare].document < *at);
    }

    uint32_t document() const
    {
        return is_rare() ? rare[i_rare].document : *at;
    }

    uint32_t wdf() const
    {
        return is_rare() ? rare[i_rare].wdf : at.get_wdf();
    }

    void pass()
    {
        if (!is_given || is_at_end())
            return;
        if (is_rare())
            i_rare++;
        else
            ++at;
        is_given = false;
    }

    void skip_to(uint32_t target)
    {
        if (at != end)
            at.skip_to(target);
        while (i_rare < rare.size() && rare[i_rare].document < target)
            i_rare++;
        is_given = false;
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
        for (const kh::Store &store : database->stores) {
            if (store.rare != nullptr && !of_metadata)
                cursor->rare.push_back({ store.rare, {}, {}, 0 });
        }
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
        cursor->pass();
        std::string found;
        uint32_t n = 0;
        if (!cursor->first(found, n_documents != nullptr ? &n : nullptr))
            return KH_END;
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
        cursor->skip_to(target);
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
        cursor->find_rare(*database);
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
        cursor->pass();
        if (cursor->is_at_end())
            return KH_END;

        uint32_t number = cursor->document();
        uint32_t frequency = wdf != nullptr ? cursor->wdf() : 0;
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
        if (cursor->is_at_end() || document <= cursor->document())
            cursor->rewind();
        fault_point();
        cursor->skip_to(document);
        return KH_OK;
    });
}
