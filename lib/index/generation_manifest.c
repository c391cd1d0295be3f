/* generation_manifest - manifest.json, written and read. */
#include "generation_manifest.h"

#include <stdlib.h>

#include "generation_paths.h"
#include "segment_json.h"

static json_t *pack_strings(const kh_str *strings, size_t n)
{
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(list, kh_json_string(strings[i]));
    return list;
}

static json_t *pack_files(const kh_manifest *manifest)
{
    json_t *list = json_array();
    for (size_t i = 0; i < manifest->n_files; i++) {
        const kh_input_file *file = &manifest->files[i];
        json_array_append_new(
            list, json_pack("{s:o, s:I, s:I, s:s}", "path", kh_json_string(file->path),
                            "bytes", (json_int_t)file->bytes, "mtime_ns",
                            (json_int_t)file->mtime_ns, "digest", file->digest.hex));
    }
    return list;
}

/* Each segment with the digest of its segment.json, which has those of its files. */
static kh_status pack_segments(json_t *out, const kh_manifest *manifest,
                               const char *folder, kh_error *err)
{
    for (size_t i = 0; i < manifest->n_segments; i++) {
        KH_AUTO_BUF path;
        kh_segment_path(&path, folder, manifest->segments[i]);
        kh_buf_add(&path, KH_STR("/" KH_SEGMENT_FILE));
        kh_digest digest;
        kh_status status = kh_file_digest(&digest, kh_buf_text(&path), err);
        if (status != KH_OK)
            return status;
        json_array_append_new(out, json_pack("{s:o, s:s}", "name",
                                             kh_json_string(manifest->segments[i]),
                                             "digest", digest.hex));
    }
    return KH_OK;
}

static json_t *pack_phases(kh_str phases)
{
    json_t *json = phases.len > 0 ? json_loadb(phases.ptr, phases.len, 0, NULL) : NULL;
    if (json_is_object(json))
        return json;
    json_decref(json);
    return json_object();
}

static void set_number(json_t *json, const char *name, uint64_t number)
{
    json_object_set_new(json, name, json_integer((json_int_t)number));
}

kh_digest kh_manifest_digest(const json_t *json)
{
    json_t *copy = json_copy((json_t *)(uintptr_t)json);
    json_object_del(copy, "digest");
    char *text = json_dumps(copy, JSON_COMPACT | JSON_SORT_KEYS);
    kh_digest digest = kh_digest_of(kh_str_from(text));
    free(text);
    json_decref(copy);
    return digest;
}

kh_status kh_manifest_pack(json_t **out, const kh_manifest *m, const char *folder,
                           kh_str failures, kh_error *err)
{
    KH_AUTO_JSON *segments = json_array();
    kh_status status = pack_segments(segments, m, folder, err);
    if (status != KH_OK)
        return status;

    kh_digest failures_digest = kh_digest_of(failures);
    json_t *json = json_object();
    set_number(json, "layout", KH_INDEX_VERSION);
    set_number(json, "number", m->number);
    json_object_set_new(json, "built_at", json_integer((json_int_t)m->built_at));
    json_object_set_new(json, "fingerprint", kh_json_string(m->fingerprint));
    json_object_set_new(json, "versions", kh_json_string(m->versions));
    json_object_set_new(json, "inputs", pack_strings(m->inputs, m->n_inputs));
    json_object_set_new(json, "options", pack_strings(m->options, m->n_options));
    json_object_set(json, "segments", segments);
    set_number(json, "n_articles", m->n_articles);
    set_number(json, "n_skipped", m->n_skipped);
    set_number(json, "text_bytes", m->text_bytes);
    set_number(json, "index_bytes", m->index_bytes);
    set_number(json, "first_date", m->first_date);
    set_number(json, "last_date", m->last_date);
    set_number(json, "n_tags", m->n_tags);
    json_object_set_new(json, "content", json_string(m->content.hex));
    json_object_set_new(json, "languages", pack_strings(m->languages, m->n_languages));
    set_number(json, "build_ms", m->build_ms);
    json_object_set_new(json, "phases", pack_phases(m->phases));
    json_object_set_new(json, "failures_digest", json_string(failures_digest.hex));
    json_object_set_new(json, "files", pack_files(m));
    json_object_set_new(json, "digest", json_string(kh_manifest_digest(json).hex));
    *out = json;
    return KH_OK;
}

static void read_files(kh_manifest *out, kh_json_reader *reader)
{
    const json_t *list = kh_json_get_list(reader, "files", &out->n_files);
    out->files = kh_arena_alloc(reader->arena, out->n_files * sizeof(out->files[0]));
    for (size_t i = 0; i < out->n_files; i++) {
        kh_json_reader item = { json_array_get(list, i), reader->arena, false };
        kh_input_file *file = &out->files[i];
        file->path = kh_json_get_string(&item, "path");
        file->bytes = kh_json_get_number(&item, "bytes", INT64_MAX);
        file->mtime_ns = kh_json_get_signed(&item, "mtime_ns");
        kh_str digest = kh_json_get_string(&item, "digest");
        if (digest.len == KH_DIGEST_CHARS)
            memcpy(file->digest.hex, digest.ptr, digest.len + 1);
        else
            item.is_bad = item.is_bad || digest.len != 0;
        reader->is_bad = reader->is_bad || item.is_bad;
    }
}

/* Names become paths: only what can be a segment's name is taken. */
static void read_segments(kh_manifest *out, kh_json_reader *reader)
{
    const json_t *list = kh_json_get_list(reader, "segments", &out->n_segments);
    out->segments =
        kh_arena_alloc(reader->arena, out->n_segments * sizeof(out->segments[0]));
    for (size_t i = 0; i < out->n_segments; i++) {
        kh_json_reader item = { json_array_get(list, i), reader->arena, false };
        out->segments[i] = kh_json_get_string(&item, "name");
        reader->is_bad =
            reader->is_bad || item.is_bad || !kh_is_segment_name(out->segments[i]);
    }
}

static kh_str read_phases(const json_t *json, kh_arena *arena)
{
    char *text = json_dumps(json_object_get(json, "phases"), JSON_COMPACT);
    kh_str phases = kh_arena_copy(arena, kh_str_from(text ? text : "{}"));
    free(text);
    return phases;
}

static void read_members(kh_manifest *m, kh_json_reader *r)
{
    m->number = (uint32_t)kh_json_get_number(r, "number", KH_GENERATION_MAX);
    m->built_at = kh_json_get_signed(r, "built_at");
    m->fingerprint = kh_json_get_string(r, "fingerprint");
    m->versions = kh_json_get_string(r, "versions");
    m->inputs = kh_json_get_strings(r, "inputs", &m->n_inputs);
    m->options = kh_json_get_strings(r, "options", &m->n_options);
    read_files(m, r);
    read_segments(m, r);
    m->n_articles = (uint32_t)kh_json_get_number(r, "n_articles", UINT32_MAX);
    m->n_skipped = (uint32_t)kh_json_get_number(r, "n_skipped", UINT32_MAX);
    m->text_bytes = kh_json_get_number(r, "text_bytes", INT64_MAX);
    m->index_bytes = kh_json_get_number(r, "index_bytes", INT64_MAX);
    m->first_date = (uint32_t)kh_json_get_number(r, "first_date", UINT32_MAX);
    m->last_date = (uint32_t)kh_json_get_number(r, "last_date", UINT32_MAX);
    m->n_tags = (uint32_t)kh_json_get_number(r, "n_tags", UINT32_MAX);
    kh_str content = kh_json_get_string(r, "content");
    if (content.len == KH_DIGEST_CHARS)
        memcpy(m->content.hex, content.ptr, content.len + 1);
    m->languages = kh_json_get_strings(r, "languages", &m->n_languages);
    m->build_ms = kh_json_get_number(r, "build_ms", INT64_MAX);
    m->phases = read_phases(r->object, r->arena);
}

kh_status kh_manifest_load(json_t **out, const char *folder, uint32_t number,
                           kh_error *err)
{
    KH_AUTO_BUF path;
    kh_generation_path(&path, folder, number, NULL);
    kh_status status = kh_json_read(out, kh_buf_text(&path), KH_MANIFEST_NAME, err);
    if (status == KH_ERR_NOT_FOUND)
        return kh_fail(err, KH_ERR_NOT_FOUND, "no generation %u in '%s'", number,
                       folder);
    return status;
}

kh_status kh_manifest_read(kh_manifest *out, const char *folder, uint32_t number,
                           kh_arena *arena, kh_error *err)
{
    KH_AUTO_JSON *json = NULL;
    kh_status status = kh_manifest_load(&json, folder, number, err);
    if (status != KH_OK)
        return status;

    kh_json_reader reader = { json, arena, false };
    uint64_t layout = kh_json_get_number(&reader, "layout", UINT32_MAX);
    bool is_other = !reader.is_bad && layout != KH_INDEX_VERSION;
    kh_manifest manifest = { 0 };
    read_members(&manifest, &reader);
    bool is_good = !reader.is_bad && manifest.number == number;
    if (is_other) {
        *out = is_good ? manifest : (kh_manifest){ 0 };
        kh_fail(err, KH_ERR_VERSION,
                "index is of layout %u, this program reads %d: '%s'", (unsigned)layout,
                KH_INDEX_VERSION, folder);
        kh_hint(err, "build it again: khabar-index --index %s", folder);
        return KH_ERR_VERSION;
    }
    if (!is_good)
        return kh_fail(err, KH_ERR_CORRUPT, "damaged file: '%s/gen-%06u/%s'", folder,
                       number, KH_MANIFEST_NAME);
    *out = manifest;
    return KH_OK;
}

kh_status kh_manifest_peek(kh_manifest *out, const char *folder, uint32_t number,
                           kh_arena *arena, kh_error *err)
{
    kh_status status = kh_manifest_read(out, folder, number, arena, err);
    return status == KH_ERR_VERSION && out->number == number ? KH_OK : status;
}
