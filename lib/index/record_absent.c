/* record_absent - blocks that cannot hold a word, told without cutting them into words.
 */
#include "record_absent.h"

#include <stdint.h>

bool kh_absent_takes(kh_str form)
{
    for (size_t i = 0; i < form.len; i++)
        if (form.ptr[i] < 'a' || form.ptr[i] > 'z')
            return false;
    return form.len >= KH_ABSENT_LETTERS_MIN;
}

static bool is_ascii(kh_str text)
{
    unsigned char all = 0;
    for (size_t i = 0; i < text.len; i++)
        all |= (unsigned char)text.ptr[i];
    return all < 0x80;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A hyphen or a dot that folding may take out of a word. */
static bool has_joint(kh_str text)
{
    if (memchr(text.ptr, '-', text.len) != NULL)
        return true;
    const char *end = text.ptr + text.len;
    const char *at = text.ptr;
    while ((at = memchr(at, '.', (size_t)(end - at))) != NULL) {
        if (at > text.ptr && at + 1 < end && is_letter(at[-1]) && is_letter(at[1]))
            return true;
        at++;
    }
    return false;
}

static bool stands_at(const char *at, kh_str form)
{
    for (size_t i = 0; i < form.len; i++)
        if ((at[i] | 0x20) != form.ptr[i])
            return false;
    return true;
}

/* Whether the form stands somewhere behind one spelling of its first letter. */
static bool stands_behind(kh_str text, kh_str form, char first)
{
    const char *at = text.ptr;
    const char *last = text.ptr + (text.len - form.len);
    while (at <= last && (at = memchr(at, first, (size_t)(last - at) + 1)) != NULL) {
        if (stands_at(at, form))
            return true;
        at++;
    }
    return false;
}

bool kh_is_absent(kh_str block, kh_str form)
{
    if (block.len == 0)
        return true;
    if (!is_ascii(block) || has_joint(block))
        return false;
    return block.len < form.len ||
           (!stands_behind(block, form, form.ptr[0]) &&
            !stands_behind(block, form, (char)(form.ptr[0] - 0x20)));
}
