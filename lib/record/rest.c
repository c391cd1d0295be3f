/* rest - take an unpacked rest apart, believing nothing it says. */
#include "rest.h"

#include "base/alloc.h"

bool kh_rest_read(kh_rest *rest, size_t bytes)
{
    kh_cursor cursor = kh_cursor_of(kh_str_make(rest->plain, bytes));
    rest->text_bytes = kh_cursor_varint(&cursor);
    rest->stored_bytes = kh_cursor_varint(&cursor);
    rest->gaps = kh_cursor_string(&cursor);
    rest->spelled = kh_cursor_string(&cursor);
    rest->places = kh_cursor_string(&cursor);
    rest->values = kh_str_make(cursor.ptr, (size_t)(cursor.end - cursor.ptr));
    return !cursor.is_bad && rest->stored_bytes <= rest->text_bytes;
}

void kh_rest_release(kh_rest *rest)
{
    kh_free(rest->plain);
    *rest = (kh_rest){ 0 };
}

bool kh_rest_spelled(const kh_rest *rest, size_t k, kh_str *out)
{
    kh_cursor cursor = kh_cursor_of(rest->spelled);
    for (size_t i = 0; i <= k && cursor.ptr < cursor.end; i++) {
        *out = kh_cursor_string(&cursor);
        if (cursor.is_bad)
            return false;
        if (i == k)
            return out->len > 0;
    }
    return false;
}

bool kh_rest_values(const kh_rest *rest, kh_str values[KH_RECORD_N_TAGS],
                    bool has[KH_RECORD_N_TAGS])
{
    memset(values, 0, KH_RECORD_N_TAGS * sizeof(values[0]));
    memset(has, 0, KH_RECORD_N_TAGS * sizeof(has[0]));

    kh_cursor cursor = kh_cursor_of(rest->values);
    uint64_t n = kh_cursor_varint(&cursor);
    unsigned last = 0;
    for (uint64_t i = 0; i < n && !cursor.is_bad; i++) {
        kh_str byte = kh_cursor_bytes(&cursor, 1);
        kh_str value = kh_cursor_string(&cursor);
        if (cursor.is_bad)
            return false;
        unsigned tag = (unsigned char)byte.ptr[0];
        if (tag <= last)
            return false;
        last = tag;
        if (tag < KH_RECORD_N_TAGS) {
            values[tag] = value;
            has[tag] = true;
        }
    }
    return !cursor.is_bad && cursor.ptr == cursor.end;
}
