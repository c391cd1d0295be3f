/* segment_json - list a segment's files, write and read segment.json. */
#include "segment_json.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "json.h"

#define ENGINE_LOCK "flintlock" /* comes and goes with the engine's writers */

typedef struct listing {
    kh_segment_info *info;
    size_t capacity;
    const char *folder;
    kh_arena *arena;
} listing;

static kh_status add_file(listing *list, const char *path, const char *below,
                          kh_error *err)
{
    struct stat st;
    if (stat(path, &st) != 0)
        return kh_fail_errno(err, KH_ERR_IO, "cannot look at '%s'", path);

    kh_segment_info *info = list->info;
    if (info->n_files == list->capacity)
        info->files = kh_arena_grow(list->arena, info->files, info->n_files,
                                    &list->capacity, sizeof(info->files[0]));
    kh_segment_file *file = &info->files[info->n_files];
    file->path = kh_arena_copy(list->arena, kh_str_from(below));
    file->bytes = (uint64_t)st.st_size;
    kh_status status = kh_file_digest(&file->digest, path, err);
    if (status == KH_OK)
        info->n_files++;
    return status;
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the segment's folders */
static kh_status list_folder(listing *list, const char *below, kh_error *err)
{
    KH_AUTO_BUF folder;
    kh_buf_init(&folder, KH_BUF_MAX);
    kh_path_join(&folder, list->folder, below);
    KH_CLEANUP(kh_names_release) kh_names names = { 0 };
    kh_status status =
        kh_folder_list(&names, below[0] ? kh_buf_text(&folder) : list->folder, err);

    for (size_t i = 0; i < names.n && status == KH_OK; i++) {
        if (strcmp(names.names[i], ENGINE_LOCK) == 0 ||
            (!below[0] && strcmp(names.names[i], KH_SEGMENT_FILE) == 0))
            continue;
        KH_AUTO_BUF name;
        kh_buf_init(&name, KH_BUF_MAX);
        if (below[0])
            kh_path_join(&name, below, names.names[i]);
        else
            kh_buf_add(&name, kh_str_from(names.names[i]));
        KH_AUTO_BUF path;
        kh_buf_init(&path, KH_BUF_MAX);
        kh_path_join(&path, list->folder, kh_buf_text(&name));
        status = kh_path_is_folder(kh_buf_text(&path))
                     ? list_folder(list, kh_buf_text(&name), err)
                     : add_file(list, kh_buf_text(&path), kh_buf_text(&name), err);
    }
    return status;
}

static int compare_files(const void *a, const void *b)
{
    const kh_segment_file *left = a;
    const kh_segment_file *right = b;
    return kh_str_compare(left->path, right->path);
}

kh_status kh_segment_files(kh_segment_info *info, const char *folder, kh_arena *arena,
                           kh_error *err)
{
    info->files = NULL;
    info->n_files = 0;
    listing list = { info, 0, folder, arena };
    kh_status status = list_folder(&list, "", err);
    if (status == KH_OK && info->n_files > 1)
        qsort(info->files, info->n_files, sizeof(info->files[0]), compare_files);
    return status;
}

/* All files, segment.json itself, too. */
static kh_status sum_bytes(kh_segment_info *info, const char *folder, kh_error *err)
{
    KH_AUTO_BUF path;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_path_join(&path, folder, KH_SEGMENT_FILE);
    struct stat st;
    if (stat(kh_buf_text(&path), &st) != 0)
        return kh_fail_errno(err, KH_ERR_IO, "cannot look at '%s'", kh_buf_text(&path));

    info->counts.index_bytes = (uint64_t)st.st_size;
    for (size_t i = 0; i < info->n_files; i++)
        info->counts.index_bytes += info->files[i].bytes;
    return KH_OK;
}

kh_status kh_segment_info_write(kh_segment_info *info, const char *folder,
                                kh_error *err)
{
    json_t *languages = json_array();
    for (size_t i = 0; i < info->n_languages; i++)
        json_array_append_new(languages, kh_json_string(info->languages[i]));
    json_t *files = json_array();
    for (size_t i = 0; i < info->n_files; i++)
        json_array_append_new(files,
                              json_pack("{s:o, s:I, s:s}", "path",
                                        kh_json_string(info->files[i].path), "bytes",
                                        (json_int_t)info->files[i].bytes, "digest",
                                        info->files[i].digest.hex));
    const kh_segment_counts *counts = &info->counts;
    KH_AUTO_JSON *json = json_pack(
        "{s:I, s:I, s:o, s:{s:I, s:I, s:I, s:I, s:I, s:s}, s:o, s:o}", "layout",
        (json_int_t)info->layout, "record", (json_int_t)info->record, "fingerprint",
        kh_json_string(info->fingerprint), "counts", "n_articles",
        (json_int_t)counts->n_articles, "text_bytes", (json_int_t)counts->text_bytes,
        "n_tags", (json_int_t)counts->n_tags, "first_date",
        (json_int_t)counts->first_date, "last_date", (json_int_t)counts->last_date,
        "content", counts->content.hex, "languages", languages, "files", files);

    kh_status status = kh_json_write(json, folder, KH_SEGMENT_FILE, err);
    return status == KH_OK ? sum_bytes(info, folder, err) : status;
}

static void read_counts(kh_segment_info *info, kh_json_reader *reader)
{
    kh_json_reader counts = { json_object_get(reader->object, "counts"), reader->arena,
                              false };
    info->counts.n_articles =
        (uint32_t)kh_json_get_number(&counts, "n_articles", UINT32_MAX);
    info->counts.text_bytes = kh_json_get_number(&counts, "text_bytes", INT64_MAX);
    info->counts.n_tags = (uint32_t)kh_json_get_number(&counts, "n_tags", UINT32_MAX);
    info->counts.first_date =
        (uint32_t)kh_json_get_number(&counts, "first_date", UINT32_MAX);
    info->counts.last_date =
        (uint32_t)kh_json_get_number(&counts, "last_date", UINT32_MAX);
    kh_str content = kh_json_get_string(&counts, "content");
    counts.is_bad = counts.is_bad || content.len != KH_DIGEST_CHARS;
    if (!counts.is_bad)
        memcpy(info->counts.content.hex, content.ptr, content.len + 1);
    reader->is_bad = reader->is_bad || counts.is_bad;
}

static void read_files(kh_segment_info *info, kh_json_reader *reader)
{
    const json_t *list = kh_json_get_list(reader, "files", &info->n_files);
    info->files = kh_arena_alloc(reader->arena, info->n_files * sizeof(info->files[0]));
    for (size_t i = 0; i < info->n_files; i++) {
        kh_json_reader item = { json_array_get(list, i), reader->arena, false };
        kh_segment_file *file = &info->files[i];
        file->path = kh_json_get_string(&item, "path");
        file->bytes = kh_json_get_number(&item, "bytes", INT64_MAX);
        kh_str digest = kh_json_get_string(&item, "digest");
        item.is_bad = item.is_bad || digest.len != KH_DIGEST_CHARS;
        if (!item.is_bad)
            memcpy(file->digest.hex, digest.ptr, digest.len + 1);
        reader->is_bad = reader->is_bad || item.is_bad;
    }
}

kh_status kh_segment_info_read(kh_segment_info *out, const char *folder,
                               kh_arena *arena, kh_error *err)
{
    KH_AUTO_JSON *json = NULL;
    kh_status status = kh_json_read(&json, folder, KH_SEGMENT_FILE, err);
    if (status != KH_OK)
        return status;

    kh_json_reader reader = { json, arena, false };
    kh_segment_info info = { 0 };
    info.layout = (uint32_t)kh_json_get_number(&reader, "layout", UINT32_MAX);
    info.record = (uint32_t)kh_json_get_number(&reader, "record", UINT32_MAX);
    info.fingerprint = kh_json_get_string(&reader, "fingerprint");
    read_counts(&info, &reader);
    info.languages = kh_json_get_strings(&reader, "languages", &info.n_languages);
    read_files(&info, &reader);
    if (reader.is_bad)
        return kh_fail(err, KH_ERR_CORRUPT, "damaged file: '%s/%s'", folder,
                       KH_SEGMENT_FILE);
    status = sum_bytes(&info, folder, err);
    if (status == KH_OK)
        *out = info;
    return status;
}
