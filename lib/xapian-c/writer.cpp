/* writer - make a database, document by document.
 *
 * The engine commits by itself when it is closed, and every 10,000 documents. In an
 * open transaction it does neither: the first is cancelled, the second only a merge of
 * what waits in memory into the tables. XAPIAN_FLUSH_THRESHOLD says how many documents
 * wait; nothing but the environment can set it.
 *
 * A document that the engine refuses half-way takes all that was added since the last
 * commit with it. So what can be refused is refused before, and a writer that failed
 * otherwise can only be freed. */
#include "xapian-c/writer.h"

#include <cstdlib>
#include <limits>
#include <memory>
#include <string>

#include <fcntl.h>
#include <unistd.h>

#include <xapian.h>

#include "base/alloc.h"
#include "base/file.h"

#include "guard.hpp"
#include "handles.hpp"

using kh::fault_point;
using kh::guard;

struct kh_writer {
    std::string path;
    Xapian::WritableDatabase database;
    bool is_broken;
};

namespace
{

/* Documents that wait in memory. A posting that waits is a node of a tree: few are
 * faster. 58,150 news articles of 178 postings, s of CPU on a busy machine: 100 24.3,
 * 250 23.3, 500 18.4, 1,000 23.6, 2,000 30, 5,000 39, 10,000 58, all of them 73. */
constexpr const char *flush_threshold = "500";

/* Is there a writer, in this process or another? The engine's own lock, only looked at.
 */
bool has_writer(const char *path)
{
    std::string name = std::string(path) + "/flintlock";
    int fd = open(name.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;

    struct flock lock = {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    lock.l_len = 1;
    int result = fcntl(fd, F_OFD_GETLK, &lock);
    close(fd);
    return result == 0 && lock.l_type != F_UNLCK;
}

/* The folder must be missing or empty. */
kh_status check_folder(const char *path, kh_error *err)
{
    if (!kh_path_exists(path))
        return KH_OK;
    if (!kh_path_is_folder(path))
        return kh_fail(err, KH_ERR_ARGUMENT,
                       "cannot make database '%s': it is not a folder", path);
    if (has_writer(path))
        return kh_fail(err, KH_ERR_LOCKED,
                       "cannot make database '%s': another writer has it", path);

    kh_names names = {};
    kh_status status = kh_folder_list(&names, path, err);
    if (status != KH_OK)
        return status;
    bool is_empty = names.n == 0;
    kh_names_release(&names);
    if (!is_empty)
        return kh_fail(err, KH_ERR_ARGUMENT,
                       "cannot make database '%s': the folder is not empty", path);
    return KH_OK;
}

kh_status fail_broken(const kh_writer *writer, const char *verb, kh_error *err)
{
    return kh_fail(err, KH_ERR_ENGINE, "cannot %s '%s': writing to it failed before",
                   verb, writer->path.c_str());
}

/* A job of a writer that is as good as lost if the job fails. */
template <typename Work>
kh_status attempt(kh_writer *writer, const char *verb, kh_error *err, Work work)
{
    if (writer->is_broken)
        return fail_broken(writer, verb, err);

    kh_status status = guard(err, { verb, writer->path.c_str() }, work);
    writer->is_broken = status != KH_OK;
    return status;
}

/* Bytes that the key of a term takes: a zero byte is written as two. */
size_t key_bytes(kh_str term)
{
    size_t n = term.len;
    for (size_t i = 0; i < term.len; i++)
        n += term.ptr[i] == '\0';
    return n;
}

kh_status check_postings(const kh_document *document, kh_error *err)
{
    uint64_t length = 0;
    for (size_t i = 0; i < document->n_postings; i++) {
        kh_str term = document->postings[i].term;
        length += document->postings[i].wdf;
        if (term.len == 0)
            return kh_fail(err, KH_ERR_ARGUMENT,
                           "cannot add a document: an empty term");
        if (term.len > KH_TERM_LIMIT_BYTES / 2 && key_bytes(term) > KH_TERM_LIMIT_BYTES)
            return kh_fail(err, KH_ERR_LIMIT,
                           "cannot add a document: a term of more than %d bytes",
                           KH_TERM_LIMIT_BYTES);
    }
    if (length > std::numeric_limits<uint32_t>::max())
        return kh_fail(err, KH_ERR_LIMIT,
                       "cannot add a document: its length is over 32 bits");
    return KH_OK;
}

kh_status check_stored(const kh_document *document, kh_error *err)
{
    if (document->data.len > KH_STORED_LIMIT_BYTES)
        return kh_fail(err, KH_ERR_LIMIT, "cannot add a document: data of %zu bytes",
                       document->data.len);
    for (size_t i = 0; i < document->n_values; i++) {
        if (document->values[i].slot == Xapian::BAD_VALUENO)
            return kh_fail(err, KH_ERR_ARGUMENT,
                           "cannot add a document: no such slot: %u",
                           document->values[i].slot);
        if (document->values[i].value.len > KH_STORED_LIMIT_BYTES)
            return kh_fail(err, KH_ERR_LIMIT,
                           "cannot add a document: a value of %zu bytes",
                           document->values[i].value.len);
    }
    return KH_OK;
}

kh_status check_metadata(kh_str key, kh_str value, kh_error *err)
{
    if (key.len == 0)
        return kh_fail(err, KH_ERR_ARGUMENT, "cannot set metadata: an empty key");
    if (key.len > KH_KEY_LIMIT_BYTES)
        return kh_fail(err, KH_ERR_LIMIT, "cannot set metadata: a key of %zu bytes",
                       key.len);
    if (value.len > KH_STORED_LIMIT_BYTES)
        return kh_fail(err, KH_ERR_LIMIT,
                       "cannot set metadata '%" KH_FMT "': %zu bytes", KH_ARG(key),
                       value.len);
    return KH_OK;
}

Xapian::Document to_document(const kh_document *document)
{
    Xapian::Document made;
    std::string term;
    for (size_t i = 0; i < document->n_postings; i++) {
        const kh_posting &posting = document->postings[i];
        term.assign(posting.term.ptr, posting.term.len);
        made.add_term(term, posting.wdf);
    }
    for (size_t i = 0; i < document->n_values; i++)
        made.add_value(document->values[i].slot,
                       kh::to_string(document->values[i].value));
    made.set_data(kh::to_string(document->data));
    return made;
}

} // namespace

kh_status kh_writer_open(kh_writer **out, const char *path, kh_error *err)
{
    kh_status status = check_folder(path, err);
    if (status != KH_OK)
        return status;

    return guard(err, { "make database", path }, [&] {
        fault_point();
        setenv("XAPIAN_FLUSH_THRESHOLD", flush_threshold, 0);
        auto writer = std::make_unique<kh_writer>();
        writer->path = path;
        writer->is_broken = false;
        writer->database =
            Xapian::WritableDatabase(path, Xapian::DB_CREATE | Xapian::DB_NO_TERMLIST |
                                               Xapian::DB_BACKEND_GLASS);
        fault_point();
        writer->database.begin_transaction(true);
        fault_point();
        *out = writer.release();
        return KH_OK;
    });
}

void kh_writer_free(kh_writer *writer)
{
    if (writer == nullptr)
        return;

    /* Outside a transaction closing would commit; a failed commit leaves us outside. */
    if (writer->is_broken)
        kh::quietly([&] { writer->database.begin_transaction(false); });
    kh::quietly([&] { writer->database.cancel_transaction(); });
    kh::quietly([&] {
        fault_point();
        writer->database.close();
    });
    delete writer;
}

kh_status kh_writer_add(kh_writer *writer, const kh_document *document,
                        uint32_t *number, kh_error *err)
{
    kh_status status = check_postings(document, err);
    if (status == KH_OK)
        status = check_stored(document, err);
    if (status != KH_OK)
        return status;

    return attempt(writer, "add a document to", err, [&] {
        fault_point();
        Xapian::docid given = writer->database.add_document(to_document(document));
        fault_point();
        if (number != nullptr)
            *number = given;
        return KH_OK;
    });
}

kh_status kh_writer_set_metadata(kh_writer *writer, kh_str key, kh_str value,
                                 kh_error *err)
{
    kh_status status = check_metadata(key, value, err);
    if (status != KH_OK)
        return status;

    return attempt(writer, "set metadata of", err, [&] {
        fault_point();
        writer->database.set_metadata(kh::to_string(key), kh::to_string(value));
        fault_point();
        return KH_OK;
    });
}

kh_status kh_writer_commit(kh_writer *writer, kh_error *err)
{
    return attempt(writer, "commit", err, [&] {
        fault_point();
        writer->database.commit_transaction();
        fault_point();
        writer->database.begin_transaction(true);
        fault_point();
        return KH_OK;
    });
}

kh_status kh_writer_close(kh_writer *writer, kh_error *err)
{
    kh_status status = attempt(writer, "commit", err, [&] {
        fault_point();
        writer->database.commit_transaction();
        fault_point();
        writer->database.close();
        fault_point();
        return KH_OK;
    });

    if (status != KH_OK) {
        kh_writer_free(writer);
        return status;
    }

    /* The engine syncs its files, but not the folder that names them. */
    status = kh_folder_sync(writer->path.c_str(), err);
    delete writer;
    return status;
}
