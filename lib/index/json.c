/* json - read and write the index's JSON files. */
#include "json.h"

#include "base/file.h"
#include "base/utf8.h"

#define JSON_BYTES_MAX \
    ((size_t)1 << 32) /* ten million input files have 2 GB of names */

kh_status kh_json_read(json_t **out, const char *folder, const char *name,
                       kh_error *err)
{
    KH_AUTO_BUF path;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_path_join(&path, folder, name);
    KH_AUTO_BUF content;
    kh_buf_init(&content, JSON_BYTES_MAX);
    kh_status status = kh_file_read(&content, kh_buf_text(&path), JSON_BYTES_MAX, err);
    if (status != KH_OK)
        return status;

    json_error_t error;
    json_t *json = json_loadb(content.ptr ? content.ptr : "", content.len,
                              JSON_REJECT_DUPLICATES, &error);
    if (!json_is_object(json)) {
        json_decref(json);
        return kh_fail(err, KH_ERR_CORRUPT, "damaged file: '%s': line %d: %s",
                       kh_buf_text(&path), error.line, error.text);
    }
    *out = json;
    return KH_OK;
}

static int append(const char *bytes, size_t len, void *buf)
{
    kh_buf_add_bytes(buf, bytes, len);
    return 0;
}

kh_status kh_json_write(const json_t *json, const char *folder, const char *name,
                        kh_error *err)
{
    KH_AUTO_BUF path;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_path_join(&path, folder, name);
    KH_AUTO_BUF content;
    kh_buf_init(&content, JSON_BYTES_MAX);
    if (json_dump_callback(json, append, &content, JSON_INDENT(1)) != 0)
        return kh_fail(err, KH_ERR_LIMIT, "cannot write '%s' as JSON",
                       kh_buf_text(&path));
    kh_buf_add_char(&content, '\n');
    if (content.is_over_max)
        return kh_fail(err, KH_ERR_LIMIT, "too large: '%s'", kh_buf_text(&path));
    return kh_file_replace(kh_buf_text(&path), kh_buf_str(&content), err);
}

/* File names may be any bytes, JSON is UTF-8: a byte that is not stands as this + byte,
 * and so do the bytes of such a code point itself. */
#define BYTE_BASE 0x10FF00u

/* Where the first such code point stands, U+10FF80 to U+10FFFF; SIZE_MAX: nowhere. */
static size_t first_marked(kh_str text)
{
    size_t low = kh_str_find(text, KH_STR("\xF4\x8F\xBE"), 0);
    size_t high = kh_str_find(text, KH_STR("\xF4\x8F\xBF"), 0);
    return low < high ? low : high;
}

json_t *kh_json_string(kh_str text)
{
    if (text.len == 0)
        return json_string("");

    KH_AUTO_BUF escaped;
    kh_buf_init(&escaped, KH_BUF_MAX);
    for (size_t at = 0; at < text.len;) {
        kh_str rest = kh_str_slice(text, at, text.len);
        size_t good = kh_utf8_check(rest);
        kh_str plain = kh_str_slice(rest, 0, good);
        size_t marked = first_marked(plain);
        size_t n = marked == SIZE_MAX ? good : marked;
        kh_buf_add(&escaped, kh_str_slice(rest, 0, n));
        at += n;
        size_t n_bytes = marked == SIZE_MAX ? 1 : 4;
        for (size_t i = 0; i < n_bytes && at < text.len; i++)
            kh_buf_add_code_point(&escaped, BYTE_BASE + (unsigned char)text.ptr[at++]);
    }
    return json_stringn_nocheck(escaped.ptr, escaped.len);
}

static kh_str unescape(kh_str text, kh_arena *arena)
{
    if (kh_str_find(text, KH_STR("\xF4\x8F"), 0) == SIZE_MAX)
        return kh_arena_copy(arena, text);

    KH_AUTO_BUF plain;
    kh_buf_init(&plain, KH_BUF_MAX);
    for (size_t at = 0; at < text.len;) {
        uint32_t code_point = kh_utf8_next(text, &at);
        if (code_point >= BYTE_BASE + 0x80)
            kh_buf_add_char(&plain, (char)(code_point - BYTE_BASE));
        else
            kh_buf_add_code_point(&plain, code_point);
    }
    return kh_arena_copy(arena, kh_buf_str(&plain));
}

kh_str kh_json_get_string(kh_json_reader *reader, const char *name)
{
    const json_t *value = json_object_get(reader->object, name);
    if (!json_is_string(value)) {
        reader->is_bad = true;
        return kh_str_make("", 0);
    }
    return unescape(kh_str_make(json_string_value(value), json_string_length(value)),
                    reader->arena);
}

int64_t kh_json_get_signed(kh_json_reader *reader, const char *name)
{
    const json_t *value = json_object_get(reader->object, name);
    reader->is_bad = reader->is_bad || !json_is_integer(value);
    return json_integer_value(value);
}

uint64_t kh_json_get_number(kh_json_reader *reader, const char *name, uint64_t max)
{
    int64_t value = kh_json_get_signed(reader, name);
    if (value < 0 || (uint64_t)value > max) {
        reader->is_bad = true;
        return 0;
    }
    return (uint64_t)value;
}

const json_t *kh_json_get_list(kh_json_reader *reader, const char *name, size_t *n)
{
    const json_t *list = json_object_get(reader->object, name);
    reader->is_bad = reader->is_bad || !json_is_array(list);
    *n = json_array_size(list);
    return list;
}

kh_str *kh_json_get_strings(kh_json_reader *reader, const char *name, size_t *n)
{
    const json_t *list = kh_json_get_list(reader, name, n);
    kh_str *strings = kh_arena_alloc(reader->arena, *n * sizeof(strings[0]));
    for (size_t i = 0; i < *n; i++) {
        const json_t *item = json_array_get(list, i);
        reader->is_bad = reader->is_bad || !json_is_string(item);
        strings[i] =
            unescape(kh_str_make(json_string_value(item), json_string_length(item)),
                     reader->arena);
    }
    return strings;
}
