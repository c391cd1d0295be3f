/* url - one spelling of an address for the url field.
 *
 *   https://Desk@WWW.Example.org:443/India/Talks/?page=2#top
 *       -> example.org/India/Talks/?page=2
 *
 * Only what never changes which page is meant goes; paths and queries are left as they
 * are, since servers may tell their case and order apart. */
#include "article/fields.h"

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Bytes of "scheme://", "//" or nothing at the start. Source: RFC 3986, section 3.1. */
static size_t scheme_bytes(kh_str url)
{
    size_t at = 0;
    while (at < url.len && (is_letter(url.ptr[at]) ||
                            (at > 0 && ((url.ptr[at] >= '0' && url.ptr[at] <= '9') ||
                                        url.ptr[at] == '+' || url.ptr[at] == '-' ||
                                        url.ptr[at] == '.'))))
        at++;
    if (at > 0 && kh_str_starts(kh_str_slice(url, at, url.len), KH_STR("://")))
        return at + 3;
    return kh_str_starts(url, KH_STR("//")) ? 2 : 0;
}

static bool is_one_of(char c, const char *bytes)
{
    return c != '\0' && strchr(bytes, c) != NULL;
}

static size_t find_any(kh_str s, const char *bytes)
{
    size_t at = 0;
    if (s.ptr == NULL)
        return 0;
    while (at < s.len && !is_one_of(s.ptr[at], bytes))
        at++;
    return at;
}

/* Host and port of an authority: without user, "www.", port 80 and 443, last dot. */
static kh_str bare_host(kh_str authority)
{
    for (size_t i = authority.len; i > 0; i--) {
        if (authority.ptr[i - 1] == '@') {
            authority = kh_str_slice(authority, i, authority.len);
            break;
        }
    }
    if (authority.len > 4 &&
        kh_str_equal_ascii(kh_str_slice(authority, 0, 4), KH_STR("www.")))
        authority = kh_str_slice(authority, 4, authority.len);
    static const char *const ports[] = { ":80", ":443", ":" };
    for (size_t i = 0; i < KH_COUNT_OF(ports); i++) {
        kh_str port = kh_str_from(ports[i]);
        if (kh_str_ends(authority, port)) {
            authority.len -= port.len;
            break;
        }
    }
    if (kh_str_ends(authority, KH_STR(".")))
        authority.len--;
    return authority;
}

void kh_url_normalise(kh_buf *out, kh_str url)
{
    url = kh_str_trim(url);
    if (url.len == 0)
        return;
    url = kh_str_slice(url, scheme_bytes(url), url.len);
    url = kh_str_slice(url, 0, find_any(url, "#"));
    size_t host_bytes = find_any(url, "/?");
    kh_str host = bare_host(kh_str_slice(url, 0, host_bytes));
    kh_str rest = kh_str_slice(url, host_bytes, url.len);
    while (kh_str_ends(rest, KH_STR("/")))
        rest.len--;

    for (size_t i = 0; i < host.len; i++)
        kh_buf_add_char(out, lower(host.ptr[i]));
    kh_buf_add(out, rest);
}
