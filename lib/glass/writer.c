/* writer - the public face: what may come when, what a database adds up to. */
#include "glass/writer.h"

#include <inttypes.h>

#include "base/alloc.h"
#include "base/file.h"
#include "encode.h"
#include "postlist.h"
#include "table.h"
#include "values.h"
#include "version.h"

#define PREFIX_BYTES 2u
#define PACKED_MIN   64u /* bytes of metadata */

static const char lengths_key[PREFIX_BYTES] = { '\0', '\xe0' };

typedef enum phase { METADATA, VALUES, LENGTHS, TERMS } phase;

struct kh_glass_writer {
    char *folder; /* owned */
    kh_glass_table *postlist;
    kh_glass_table *docdata; /* NULL as long as there is no data */
    phase phase;
    kh_status failed; /* of the first failure */
    kh_glass_version version;
    uint32_t last_value; /* document */
    uint32_t last_data;
    uint32_t n_data;
    uint64_t total_wdf;
};

static kh_status check_folder(const char *folder, kh_error *err)
{
    kh_names names = { 0 };
    kh_status status = kh_folder_list(&names, folder, err);
    if (status != KH_OK)
        return status;
    bool is_empty = names.n == 0;
    kh_names_release(&names);
    return is_empty
               ? KH_OK
               : kh_fail(err, KH_ERR_ARGUMENT,
                         "cannot make database '%s': the folder is not empty", folder);
}

static bool is_block_size(uint32_t bytes)
{
    return bytes >= KH_GLASS_BLOCK_MIN && bytes <= KH_GLASS_BLOCK_MAX &&
           (bytes & (bytes - 1)) == 0;
}

kh_status kh_glass_open(kh_glass_writer **out, const char *folder, uint32_t block_bytes,
                        kh_error *err)
{
    if (!is_block_size(block_bytes))
        return kh_fail(err, KH_ERR_ARGUMENT,
                       "cannot make database '%s': blocks of %" PRIu32 " bytes", folder,
                       block_bytes);
    if (kh_path_exists(folder) && !kh_path_is_folder(folder))
        return kh_fail(err, KH_ERR_ARGUMENT,
                       "cannot make database '%s': it is not a folder", folder);
    kh_status status = kh_folder_make(folder, err);
    if (status == KH_OK)
        status = check_folder(folder, err);
    if (status != KH_OK)
        return status;

    KH_AUTO(kh_glass_free) kh_glass_writer *glass = kh_alloc(sizeof(*glass));
    glass->folder = kh_str_dup(kh_str_from(folder));
    glass->version.block_bytes = block_bytes;
    status =
        kh_glass_table_open(&glass->postlist, folder, "postlist", block_bytes, err);
    if (status == KH_OK)
        *out = KH_TAKE(glass);
    return status;
}

void kh_glass_free(kh_glass_writer *glass)
{
    if (glass == NULL)
        return;
    kh_glass_table_free(glass->postlist);
    kh_glass_table_free(glass->docdata);
    kh_free(glass->folder);
    kh_free(glass);
}

static kh_status check_usable(const kh_glass_writer *glass, kh_error *err)
{
    if (glass->failed == KH_OK)
        return KH_OK;
    return kh_fail(err, glass->failed, "cannot write '%s': writing to it failed before",
                   glass->folder);
}

static kh_status settle(kh_glass_writer *glass, kh_status status)
{
    glass->failed = status;
    return status;
}

static kh_status refuse(kh_error *err, kh_status status, const char *what, size_t bytes)
{
    return kh_fail(err, status, "cannot add %s of %zu bytes", what, bytes);
}

static kh_status add_metadata(kh_glass_writer *glass, kh_str key, kh_str value,
                              kh_error *err)
{
    if (glass->phase > METADATA)
        return kh_fail(err, KH_ERR_ARGUMENT, "cannot add metadata behind the values");
    if (key.len == 0 || value.len == 0)
        return kh_fail(err, KH_ERR_ARGUMENT,
                       "cannot add metadata: an empty key or value");
    if (key.len > KH_GLASS_KEY_MAX)
        return refuse(err, KH_ERR_LIMIT, "a key of metadata", key.len);
    if (value.len > KH_GLASS_STORED_MAX)
        return refuse(err, KH_ERR_LIMIT, "metadata", value.len);

    char bytes[KH_GLASS_METADATA_BYTES + KH_GLASS_KEY_MAX];
    memcpy(bytes, KH_GLASS_METADATA, KH_GLASS_METADATA_BYTES);
    memcpy(bytes + KH_GLASS_METADATA_BYTES, key.ptr, key.len);
    return kh_glass_table_add(
        glass->postlist, kh_str_make(bytes, KH_GLASS_METADATA_BYTES + key.len), value,
        value.len >= PACKED_MIN ? KH_GLASS_IF_SHORTER : KH_GLASS_AS_IS, err);
}

kh_status kh_glass_metadata(kh_glass_writer *glass, kh_str key, kh_str value,
                            kh_error *err)
{
    kh_status status = check_usable(glass, err);
    return status != KH_OK ? status
                           : settle(glass, add_metadata(glass, key, value, err));
}

kh_status kh_glass_values_add(kh_glass_writer *glass, const kh_glass_values *slots,
                              size_t n, kh_error *err)
{
    kh_status status = check_usable(glass, err);
    if (status != KH_OK)
        return status;
    if (glass->phase >= VALUES)
        return settle(glass, kh_fail(err, KH_ERR_ARGUMENT,
                                     "cannot add values twice or behind the lengths"));

    glass->phase = VALUES;
    return settle(
        glass, kh_glass_slots_add(glass->postlist, &glass->last_value, slots, n, err));
}

static kh_status check_lengths(const kh_glass_writer *glass, const kh_glass_list *list,
                               const kh_glass_sums *sums, kh_error *err)
{
    uint32_t last = list->n == 0              ? 0
                    : list->documents != NULL ? list->documents[list->n - 1]
                                              : (uint32_t)list->n;
    if (list->n > KH_GLASS_DOCUMENT_MAX || last > KH_GLASS_DOCUMENT_MAX)
        return kh_fail(err, KH_ERR_LIMIT, "cannot add lengths: too many documents");
    if (!sums->is_ascending)
        return kh_fail(err, KH_ERR_ARGUMENT,
                       "cannot add lengths: documents do not ascend from 1 on");
    if (sums->most == UINT32_MAX)
        return kh_fail(err, KH_ERR_LIMIT, "cannot add a length of %" PRIu32,
                       sums->most);
    if (glass->last_value > last)
        return kh_fail(err, KH_ERR_ARGUMENT,
                       "cannot add lengths: document %" PRIu32
                       " has a value and no length",
                       glass->last_value);
    return KH_OK;
}

static kh_status add_lengths(kh_glass_writer *glass, const kh_glass_list *list,
                             kh_error *err)
{
    if (glass->phase >= LENGTHS)
        return kh_fail(err, KH_ERR_ARGUMENT, "cannot add lengths twice");
    kh_glass_sums sums = { .is_ascending = true };
    if (list->n > 0)
        kh_glass_list_sum(&sums, list);
    kh_status status = check_lengths(glass, list, &sums, err);
    if (status != KH_OK)
        return status;

    glass->phase = LENGTHS;
    kh_glass_version *version = &glass->version;
    version->n_documents = (uint32_t)list->n;
    if (list->n > 0)
        version->last_document =
            list->documents != NULL ? list->documents[list->n - 1] : (uint32_t)list->n;
    version->total_length = sums.total;
    version->shortest = sums.least;
    version->longest = sums.most;
    return kh_glass_list_add(glass->postlist, list, &sums, err);
}

kh_status kh_glass_lengths(kh_glass_writer *glass, const uint32_t *documents,
                           const uint32_t *lengths, size_t n, kh_error *err)
{
    kh_status status = check_usable(glass, err);
    if (status != KH_OK)
        return status;

    kh_glass_list list = { .key = kh_str_make(lengths_key, PREFIX_BYTES),
                           .is_lengths = true,
                           .documents = documents,
                           .numbers = lengths,
                           .n = n };
    return settle(glass, add_lengths(glass, &list, err));
}

static kh_status check_postings(const kh_glass_writer *glass, const kh_glass_list *list,
                                const kh_glass_sums *sums, kh_error *err)
{
    if (!sums->is_ascending ||
        list->documents[list->n - 1] > glass->version.last_document)
        return kh_fail(err, KH_ERR_ARGUMENT,
                       "cannot add a term: its documents do not ascend from 1 to "
                       "%" PRIu32,
                       glass->version.last_document);
    if (sums->most > glass->version.longest)
        return kh_fail(err, KH_ERR_ARGUMENT,
                       "cannot add a term: it occurs %" PRIu32
                       " times, the longest document is of %" PRIu32,
                       sums->most, glass->version.longest);
    if (sums->total > UINT32_MAX)
        return kh_fail(err, KH_ERR_LIMIT,
                       "cannot add a term: it occurs %" PRIu64 " times", sums->total);
    return KH_OK;
}

/* The term as a key; escaped in the buffer if it must be. */
static kh_status key_of(kh_str *out, char *buffer, kh_str term, kh_error *err)
{
    if (term.len == 0)
        return kh_fail(err, KH_ERR_ARGUMENT, "cannot add a term: it is empty");
    *out = term;
    if (term.len <= KH_GLASS_TERM_MAX && memchr(term.ptr, '\0', term.len) != NULL) {
        const char *end = kh_glass_put_escaped(buffer, term.ptr, term.len);
        *out = kh_str_make(buffer, (size_t)(end - buffer));
    }
    if (out->len > KH_GLASS_TERM_MAX)
        return refuse(err, KH_ERR_LIMIT, "a term", out->len);
    return KH_OK;
}

static kh_status add_term(kh_glass_writer *glass, kh_str term, kh_glass_list list,
                          kh_error *err)
{
    if (glass->phase < LENGTHS)
        return kh_fail(err, KH_ERR_ARGUMENT, "cannot add a term before the lengths");
    if (list.documents == NULL || list.n == 0)
        return kh_fail(err, KH_ERR_ARGUMENT, "cannot add a term without postings");
    char buffer[2 * KH_GLASS_TERM_MAX];
    kh_status status = key_of(&list.key, buffer, term, err);
    if (status != KH_OK)
        return status;

    kh_glass_sums sums;
    kh_glass_list_sum(&sums, &list);
    status = check_postings(glass, &list, &sums, err);
    if (status != KH_OK)
        return status;

    glass->phase = TERMS;
    glass->total_wdf += sums.total;
    if (sums.most > glass->version.max_wdf)
        glass->version.max_wdf = sums.most;
    return kh_glass_list_add(glass->postlist, &list, &sums, err);
}

kh_status kh_glass_term(kh_glass_writer *glass, kh_str term, const uint32_t *documents,
                        const uint32_t *wdfs, size_t n, kh_error *err)
{
    kh_status status = check_usable(glass, err);
    if (status != KH_OK)
        return status;

    kh_glass_list list = { .documents = documents, .numbers = wdfs, .n = n };
    return settle(glass, add_term(glass, term, list, err));
}

void kh_glass_elsewhere(kh_glass_writer *glass, uint64_t occurrences)
{
    glass->total_wdf += occurrences;
}

static kh_status add_data(kh_glass_writer *glass, uint32_t document, kh_str data,
                          kh_error *err)
{
    if (document <= glass->last_data || document > glass->version.last_document ||
        glass->n_data == glass->version.n_documents)
        return kh_fail(err, KH_ERR_ARGUMENT,
                       "cannot add data of document %" PRIu32 ": behind %" PRIu32
                       ", of 1 to %" PRIu32,
                       document, glass->last_data, glass->version.last_document);
    if (data.len == 0)
        return kh_fail(err, KH_ERR_ARGUMENT, "cannot add empty data");
    if (data.len > KH_GLASS_STORED_MAX)
        return refuse(err, KH_ERR_LIMIT, "data", data.len);
    if (glass->docdata == NULL) {
        kh_status status = kh_glass_table_open(
            &glass->docdata, glass->folder, "docdata", glass->version.block_bytes, err);
        if (status != KH_OK)
            return status;
    }

    glass->last_data = document;
    glass->n_data++;
    char key[KH_GLASS_SORT_MAX];
    const char *end = kh_glass_put_uint_sort(key, document);
    return kh_glass_table_add(
        glass->docdata, kh_str_make(key, (size_t)(end - key)), data,
        data.len > KH_GLASS_COMPRESS_MIN ? KH_GLASS_IF_SHORTER : KH_GLASS_AS_IS, err);
}

kh_status kh_glass_data(kh_glass_writer *glass, uint32_t document, kh_str data,
                        kh_error *err)
{
    kh_status status = check_usable(glass, err);
    return status != KH_OK ? status
                           : settle(glass, add_data(glass, document, data, err));
}

static kh_status check_whole(const kh_glass_writer *glass, kh_error *err)
{
    if (glass->phase < LENGTHS && glass->last_value > 0)
        return kh_fail(err, KH_ERR_ARGUMENT,
                       "cannot finish '%s': values and no documents", glass->folder);
    if (glass->total_wdf != glass->version.total_length)
        return kh_fail(err, KH_ERR_ARGUMENT,
                       "cannot finish '%s': %" PRIu64 " occurrences of terms in "
                       "documents of %" PRIu64 " together",
                       glass->folder, glass->total_wdf, glass->version.total_length);
    return KH_OK;
}

kh_status kh_glass_close(kh_glass_writer *glass, kh_error *err)
{
    KH_AUTO(kh_glass_free) kh_glass_writer *owned = glass;
    kh_status status = check_usable(owned, err);
    if (status == KH_OK)
        status = check_whole(owned, err);

    kh_glass_root *roots = owned->version.roots;
    if (status == KH_OK)
        status = kh_glass_table_close(&roots[KH_GLASS_POSTLIST],
                                      KH_TAKE(owned->postlist), err);
    if (status == KH_OK && owned->docdata != NULL)
        status = kh_glass_table_close(&roots[KH_GLASS_DOCDATA], KH_TAKE(owned->docdata),
                                      err);
    if (status == KH_OK)
        status = kh_glass_version_write(&owned->version, owned->folder, err);
    return status;
}
