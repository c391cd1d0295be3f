/* str - the functions on text that are too long for the header. */
#include "base/str.h"

#include <stdint.h>

#include "base/alloc.h"

int kh_str_compare(kh_str a, kh_str b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter > 0 ? memcmp(a.ptr, b.ptr, shorter) : 0;
    if (order != 0)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

static unsigned char lower_ascii(char c)
{
    unsigned char byte = (unsigned char)c;
    return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte | 0x20) : byte;
}

bool kh_str_equal_ascii(kh_str a, kh_str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (lower_ascii(a.ptr[i]) != lower_ascii(b.ptr[i]))
            return false;
    return true;
}

static bool is_space_ascii(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

kh_str kh_str_trim(kh_str s)
{
    while (s.len > 0 && is_space_ascii(s.ptr[s.len - 1]))
        s.len--;
    while (s.len > 0 && is_space_ascii(s.ptr[0])) {
        s.ptr++;
        s.len--;
    }
    return s;
}

size_t kh_str_find(kh_str s, kh_str what, size_t from)
{
    if (from > s.len || what.len > s.len - from)
        return SIZE_MAX;
    if (what.len == 0)
        return from;

    size_t end = s.len - what.len + 1; /* behind the last offset that can match */
    while (from < end) {
        const char *hit = memchr(s.ptr + from, what.ptr[0], end - from);
        if (hit == NULL)
            return SIZE_MAX;
        if (memcmp(hit, what.ptr, what.len) == 0)
            return (size_t)(hit - s.ptr);
        from = (size_t)(hit - s.ptr) + 1;
    }
    return SIZE_MAX;
}

bool kh_str_line(kh_str *rest, kh_str *line)
{
    if (rest->len == 0)
        return false;

    const char *end = memchr(rest->ptr, '\n', rest->len);
    size_t len = end ? (size_t)(end - rest->ptr) : rest->len;
    size_t taken = end ? len + 1 : len;
    if (end && len > 0 && rest->ptr[len - 1] == '\r')
        len--;
    *line = kh_str_make(rest->ptr, len);
    *rest = kh_str_slice(*rest, taken, rest->len);
    return true;
}

bool kh_str_number(kh_str s, unsigned long long max, unsigned long long *out)
{
    unsigned long long value = 0;

    if (s.len == 0)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
        unsigned digit = (unsigned)(s.ptr[i] - '0');
        if (digit > max || value > (max - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    *out = value;
    return true;
}

char *kh_str_dup(kh_str s)
{
    char *copy = kh_alloc(s.len + 1);
    if (s.len > 0)
        memcpy(copy, s.ptr, s.len);
    return copy;
}
