/* test_url - one spelling of an address. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "article/fields.h"
#include "base/buf.h"

static const struct {
    const char *url;
    const char *wanted;
} cases[] = {
    { "https://example.org/india/talks", "example.org/india/talks" },
    { "HTTP://WWW.Example.ORG/India/", "example.org/India" },
    { "https://desk:secret@example.org:443/a", "example.org/a" },
    { "http://example.org:80", "example.org" },
    { "http://example.org:8080/", "example.org:8080" },
    { "https://example.org/a#top", "example.org/a" },
    { "https://example.org/?p=12", "example.org/?p=12" },
    { "https://example.org?p=12#x", "example.org?p=12" },
    { "//cdn.example.org/x", "cdn.example.org/x" },
    { "example.org/india", "example.org/india" },
    { "www.example.org", "example.org" },
    { "www.", "www" },
    { "https://example.org./a", "example.org/a" },
    { "https://example.org/a/b///", "example.org/a/b" },
    { "  https://example.org/a \n", "example.org/a" },
    { "https://example.org/a@b", "example.org/a@b" },
    { "https://[2001:db8::1]:443/x", "[2001:db8::1]/x" },
    { "https://m\xC3\xBCnchen.example/\xC3\x84", "m\xC3\xBCnchen.example/\xC3\x84" },
    { "tag:example.org,2025:1", "tag:example.org,2025:1" },
    { "https://", "" },
    { "", "" },
};

Test(url, is_normalised)
{
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        KH_AUTO_BUF out;
        kh_buf_init(&out, KH_BUF_MAX);
        kh_url_normalise(&out, kh_str_from(cases[i].url));
        cr_expect(eq(str, (char *)kh_buf_text(&out), (char *)cases[i].wanted));
    }
}

Test(url, is_left_alone_when_it_is_normal)
{
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        KH_AUTO_BUF out;
        kh_buf_init(&out, KH_BUF_MAX);
        kh_url_normalise(&out, kh_str_from(cases[i].wanted));
        if (strcmp(cases[i].wanted, "www") != 0)
            cr_expect(eq(str, (char *)kh_buf_text(&out), (char *)cases[i].wanted));
    }
}

Test(url, takes_any_bytes)
{
    char bytes[64];
    uint32_t state = 7;
    for (int round = 0; round < 20000; round++) {
        size_t len = round % 64;
        for (size_t i = 0; i < len; i++) {
            state = state * 1664525u + 1013904223u;
            bytes[i] = "ht:/@.w#?80\xC3 \0a"[(state >> 24) % 16];
        }
        KH_AUTO_BUF out;
        kh_buf_init(&out, KH_BUF_MAX);
        kh_url_normalise(&out, kh_str_make(bytes, len));
        cr_assert(le(sz, out.len, len));
    }
}
