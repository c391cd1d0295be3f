/* check - is a database on disk sound?
 *
 * The engine's own check looks at the structure of every table. It has four gaps,
 * closed here: it opens the tables for writing, which needs the right to, and which
 * empties a database that was never committed (revision 0); a table that is missing
 * altogether passes as not yet used; and without lists of the terms of documents,
 * nothing compares postings with the lengths of documents. So the version file is
 * looked at first, and afterwards everything is read as a query would read it and added
 * up. */
#include "xapian-c/database.h"

#include <istream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include <xapian.h>

#include "base/buf.h"
#include "base/file.h"

#include "guard.hpp"
#include "handles.hpp"

using kh::fault_point;
using kh::fault_refuses;

/* The engine's check (1.4.22) deletes a table as its base class, which has no virtual
 * destructor and another size. malloc does not mind, AddressSanitizer would stop. */
#ifdef KH_HAS_ASAN
extern "C" const char *
__asan_default_options() /* NOLINT(bugprone-reserved-identifier) */
{
    return "new_delete_type_mismatch=0";
}
#endif

namespace
{

/* The tables in the order of their roots in the version file. */
constexpr const char *table_names[] = { "postlist", "docdata",  "termlist",
                                        "position", "spelling", "synonym" };
constexpr size_t n_tables = sizeof(table_names) / sizeof(table_names[0]);
constexpr size_t revision_offset =
    32; /* bytes of magic, format version, UUID before it */
constexpr size_t version_file_max_bytes = 4096;
constexpr Xapian::valueno slots_read =
    256; /* where no engine's check has seen them all */
constexpr uint64_t sparse_limit =
    1024; /* numbers a document; over it memory is not spent */
constexpr uint64_t let_go_postings = 1 << 22; /* some 10 MB of lists */

/* What was found: every finding is a line of the log, the first one the message. */
class Findings
{
  public:
    Findings(const char *path, kh_buf *log) : path_(path), log_(log)
    {
    }

    void add(const std::string &line)
    {
        if (n_++ == 0)
            first_ = line;
        if (log_ == nullptr)
            return;
        kh_buf_add_bytes(log_, line.data(), line.size());
        kh_buf_add_char(log_, '\n');
    }

    kh_status report(kh_error *err) const
    {
        if (n_ == 0)
            return KH_OK;
        return kh_fail(err, KH_ERR_CORRUPT, "database '%s' is damaged: %s", path_,
                       first_.c_str());
    }

  private:
    const char *path_;
    kh_buf *log_;
    size_t n_ = 0;
    std::string first_;
};

std::string table_path(const std::string &path, size_t table)
{
    return path + "/" + table_names[table] + ".glass";
}

/* What the version file says of the tables. */
struct Version {
    uint64_t revision;
    bool has_blocks[n_tables]; /* false: the table may be missing */
};

/* Read a version file that the engine has already accepted. */
Version read_version(const std::string &path)
{
    KH_AUTO_BUF bytes;
    kh_buf_init(&bytes, version_file_max_bytes);
    kh_error error = {};
    std::string name = path + "/iamglass";
    if (kh_file_read(&bytes, name.c_str(), version_file_max_bytes, &error) != KH_OK)
        throw Xapian::DatabaseCorruptError(error.message);

    Version version = {};
    kh_cursor at = kh_cursor_of(kh_buf_str(&bytes));
    kh_cursor_bytes(&at, revision_offset);
    version.revision = kh_cursor_varint(&at);
    for (bool &has_blocks : version.has_blocks) {
        kh_cursor_varint(&at); /* root block */
        has_blocks = (kh_cursor_varint(&at) & 1) == 0;
        kh_cursor_varint(&at); /* entries */
        kh_cursor_varint(&at); /* block size */
        kh_cursor_varint(&at); /* least bytes to compress */
        kh_cursor_string(&at); /* free list */
    }
    if (at.is_bad)
        throw Xapian::DatabaseCorruptError("the version file is cut short");
    return version;
}

void check_tables(Findings &findings, const std::string &path, const Version &version)
{
    for (size_t i = 0; i < n_tables; i++) {
        if (version.has_blocks[i] && !kh_path_exists(table_path(path, i).c_str()))
            findings.add(std::string("table '") + table_names[i] + "' is missing");
    }
}

bool is_writable(const std::string &path)
{
    for (size_t i = 0; i < n_tables; i++) {
        std::string name = table_path(path, i);
        if (kh_path_exists(name.c_str()) &&
            faccessat(AT_FDCWD, name.c_str(), R_OK | W_OK, AT_EACCESS) != 0)
            return false;
    }
    return true;
}

bool ends_with(const std::string &line, const char *end)
{
    return kh_str_ends(kh_str_make(line.data(), line.size()), kh_str_from(end));
}

/* Lines of the engine's log that say of a table that it is well, or only its name. */
bool is_remark(const std::string &line)
{
    return line.empty() || ends_with(line, ":") || ends_with(line, " checked OK") ||
           ends_with(line, "checking readability") || line == "Not present." ||
           line == "Lazily created, and not yet used.";
}

/* Whether there is damage is told by the number of errors; the log only says which. */
void explain_errors(Findings &findings, std::istream &log, const std::string &thrown)
{
    bool is_explained = !thrown.empty();
    std::string table;
    for (std::string line; std::getline(log, line);) {
        if (ends_with(line, ":"))
            table = line + " ";
        if (is_remark(line))
            continue;
        findings.add(table + line);
        is_explained = true;
    }
    if (!thrown.empty())
        findings.add(table + thrown);
    if (!is_explained)
        findings.add("errors in the structure of the tables");
}

void check_structure(Findings &findings, const std::string &path)
{
    std::stringstream log;
    size_t n_errors = 0;
    std::string thrown;
    try {
        n_errors = Xapian::Database::check(path, 0, &log);
    } catch (const Xapian::DatabaseError &e) {
        if (kh::caught(nullptr, { "check", path.c_str() }) != KH_ERR_CORRUPT)
            throw;
        thrown = e.get_msg();
    }
    fault_point();
    if (n_errors > 0 || !thrown.empty())
        explain_errors(findings, log, thrown);
}

/* Lengths of documents, from which the postings are then taken away: nothing must
 * remain. */
struct Lengths {
    std::vector<bool> is_there;
    std::vector<uint32_t> rest;
};

Lengths check_lengths(Findings &findings, const Xapian::Database &database)
{
    Lengths lengths;
    lengths.is_there.resize(size_t(database.get_lastdocid()) + 1);
    lengths.rest.resize(size_t(database.get_lastdocid()) + 1);
    uint32_t lower = database.get_doclength_lower_bound();
    uint32_t upper = database.get_doclength_upper_bound();

    uint64_t n = 0;
    uint64_t sum = 0;
    std::string all;
    for (auto at = database.postlist_begin(all); at != database.postlist_end(all);
         ++at) {
        uint32_t length = at.get_doclength();
        if (*at >= lengths.rest.size()) {
            findings.add("document " + std::to_string(*at) + " is behind the last one");
            continue;
        }
        if (length > upper || (length > 0 && length < lower))
            findings.add("document " + std::to_string(*at) +
                         ": a length out of bounds");
        lengths.is_there[*at] = true;
        lengths.rest[*at] = length;
        n++;
        sum += length;
    }
    if (n != database.get_doccount())
        findings.add("the number of documents is not what the statistics say");
    if (sum != database.get_total_length())
        findings.add("the lengths of the documents do not add up to the statistics'");
    return lengths;
}

/* A term as people can read it. */
std::string printable(const std::string &term)
{
    std::string text = "'";
    for (char c : term)
        text += static_cast<unsigned char>(c) < ' ' || c == 127 ? '?' : c;
    return text + "'";
}

/* A term's postings, taken away from the lengths of their documents. */
struct Sums {
    Lengths *lengths;
    uint32_t bound; /* of wdf */
    uint64_t n = 0;
    uint64_t total = 0;
    bool is_in_bounds = true;
    bool is_known = true;
    Xapian::docid next = 1; /* all before are in */

    void add(Xapian::docid document, uint32_t wdf)
    {
        n++;
        total += wdf;
        is_in_bounds = is_in_bounds && wdf <= bound;
        if (document < lengths->rest.size() && lengths->is_there[document])
            lengths->rest[document] -= wdf;
        else
            is_known = false;
        next = document + 1;
    }
};

/* The list in batches, as queries read it; false if not all of it can be. */
bool add_batches(Sums &sums, const kh::Store &store, const std::string &term)
{
    kh_glass_walk *opened = nullptr;
    if (store.open_walk(&opened, term) != KH_GLASS_FOUND)
        return false;
    std::unique_ptr<kh_glass_walk, decltype(&kh_glass_walk_free)> walk(
        opened, kh_glass_walk_free);
    const kh_glass_batch *batch = kh_glass_walk_batch(walk.get());
    while (!fault_refuses() && kh_glass_walk_to(walk.get(), sums.next)) {
        for (uint32_t i = 0; i < batch->n; i++)
            sums.add(batch->documents[i], batch->wdfs[i]);
        if (batch->n == 0)
            return true;
    }
    return false;
}

/* The rest of it, by the engine: what it finds damaged it says. */
void add_rest(Sums &sums, const Xapian::Database &database, const std::string &term)
{
    auto at = database.postlist_begin(term);
    if (sums.next > 1)
        at.skip_to(sums.next);
    for (; at != database.postlist_end(term); ++at)
        sums.add(*at, at.get_wdf());
}

void check_term(Findings &findings, Lengths &lengths, const kh::Store &store,
                const std::string &term)
{
    const Xapian::Database &database = store.table;
    Sums sums;
    sums.lengths = &lengths;
    sums.bound = database.get_wdf_upper_bound(term);
    if (!add_batches(sums, store, term))
        add_rest(sums, database, term);
    if (sums.n != database.get_termfreq(term))
        findings.add("term " + printable(term) + ": wrong number of documents");
    if (sums.total != database.get_collection_freq(term))
        findings.add("term " + printable(term) + ": wrong number of occurrences");
    if (!sums.is_in_bounds)
        findings.add("term " + printable(term) + ": wdf over its bound");
    if (!sums.is_known)
        findings.add("term " + printable(term) + ": in documents that are not there");
}

/* Rare terms, which must be in the file alone. */
void check_rare(Findings &findings, Lengths &lengths, const kh::Store &store)
{
    kh_pulsed_cursor cursor;
    kh_error error = {};
    std::string last;
    uint64_t n = 0;
    kh_str term = {};
    kh_pulsed_postings found = {};
    kh_status status = kh_pulsed_seek(&cursor, store.rare.get(), { "", 0 }, &error);
    while (status == KH_OK &&
           (status = kh_pulsed_next(&cursor, &term, &found, &error)) == KH_OK) {
        std::string name = kh::to_string(term);
        if (name <= last)
            findings.add("rare term " + printable(name) + ": not in order");
        if (store.table.term_exists(name))
            findings.add("rare term " + printable(name) + ": in the table, too");
        for (uint32_t i = 0; i < found.n; i++) {
            uint32_t document = found.documents[i];
            if (document < lengths.rest.size() && lengths.is_there[document])
                lengths.rest[document] -= found.wdfs[i];
            else
                findings.add("rare term " + printable(name) +
                             ": in documents that are not there");
        }
        last = std::move(name);
        n++;
    }
    if (status != KH_END)
        throw kh::Failure{ error };
    if (n != kh_pulsed_n_terms(store.rare.get()))
        findings.add("the number of rare terms is not what the file says");
}

/* All terms of the table. */
void check_terms(Findings &findings, Lengths &lengths, const kh::Store &store)
{
    const Xapian::Database &database = store.table;
    uint64_t n_held = 0; /* postings whose pages count as ours */
    for (auto at = database.allterms_begin(); at != database.allterms_end(); ++at) {
        n_held += at.get_termfreq();
        check_term(findings, lengths, store, *at);
        if (n_held < let_go_postings || store.lists == nullptr)
            continue;
        kh_glass_lists_let_go(store.lists.get());
        n_held = 0;
    }
}

void check_agreement(Findings &findings, const kh::Store &store)
{
    const Xapian::Database &database = store.table;
    if (database.get_lastdocid() / sparse_limit > database.get_doccount()) {
        findings.add("the last document number is beyond all reason");
        return;
    }

    Lengths lengths = check_lengths(findings, database);
    fault_point();
    check_terms(findings, lengths, store);
    if (store.rare != nullptr)
        check_rare(findings, lengths, store);
    for (size_t i = 0; i < lengths.rest.size(); i++) {
        if (lengths.rest[i] != 0)
            findings.add("document " + std::to_string(i) +
                         ": its length is not that of its terms");
    }
}

/* Read what the engine's check would have: a bad block throws. */
void read_stored(const Xapian::Database &database)
{
    std::string all;
    for (auto at = database.postlist_begin(all); at != database.postlist_end(all); ++at)
        database.get_document(*at, Xapian::DOC_ASSUME_VALID).get_data();
    for (auto at = database.metadata_keys_begin(); at != database.metadata_keys_end();
         ++at)
        database.get_metadata(*at);
    for (Xapian::valueno slot = 0; slot < slots_read; slot++) {
        Xapian::ValueIterator at = database.valuestream_begin(slot);
        while (at != database.valuestream_end(slot))
            ++at;
    }
}

void inspect(Findings &findings, const std::string &path)
{
    kh::Store store = kh::open_store(path);
    Version version = read_version(path);
    fault_point();
    check_tables(findings, path, version);

    bool is_structure_checked = version.revision > 0 && is_writable(path);
    if (is_structure_checked)
        check_structure(findings, path);
    fault_point();
    check_agreement(findings, store);
    if (!is_structure_checked)
        read_stored(store.table);
}

} // namespace

kh_status kh_database_check(const char *path, kh_buf *log, kh_error *err)
{
    Findings findings(path, log);
    kh_error error = {};
    kh_status status = kh::guard(&error, { "check database", path }, [&] {
        fault_point();
        inspect(findings, path);
        return KH_OK;
    });

    /* What stopped the check is a finding only if it is damage, not if the check
     * failed. */
    if (status == KH_ERR_CORRUPT)
        kh::quietly([&] { findings.add(error.message); });
    else if (status != KH_OK)
        return kh_fail(err, status, "%s", error.message);
    return findings.report(err);
}
