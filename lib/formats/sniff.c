/* sniff - which format bytes are of, and which files of a folder we read at all. */
#include "blocks.h"
#include "format.h"
#include "markup.h"

static const kh_format *const formats[] = { &kh_format_jsonl, &kh_format_json,
                                            &kh_format_text, NULL };

const kh_format *const *kh_formats(void)
{
    return formats;
}

const kh_format *kh_format_find(const char *name)
{
    for (size_t i = 0; formats[i]; i++)
        if (strcmp(formats[i]->name, name) == 0)
            return formats[i];
    return NULL;
}

static bool ends_in(kh_str name, const char *suffix)
{
    size_t n = strlen(suffix);
    return name.len > n &&
           kh_str_equal_ascii(kh_str_slice(name, name.len - n, name.len),
                              kh_str_from(suffix));
}

static bool has_suffix(kh_str name, const char *const *suffixes)
{
    for (size_t i = 0; suffixes[i]; i++)
        if (ends_in(name, suffixes[i]))
            return true;
    return false;
}

/* Without ".gz" and the like. */
static kh_str unpacked_name(kh_str name)
{
    static const char *const packed[] = { ".gz", ".zst", ".xz", ".bz2", NULL };
    for (size_t i = 0; packed[i]; i++)
        if (ends_in(name, packed[i]))
            name.len -= strlen(packed[i]);
    return name;
}

/* What looks like text only is what its name says: broken JSON is no article. */
static const kh_format *named(kh_str plain_name, const kh_format *otherwise)
{
    for (size_t i = 0; formats[i]; i++)
        if (has_suffix(plain_name, formats[i]->suffixes))
            return formats[i];
    return otherwise;
}

const kh_format *kh_format_sniff(const char *name, kh_str head)
{
    kh_str plain_name = unpacked_name(kh_str_from(name));
    const kh_format *best = NULL;
    int best_score = KH_SNIFF_NO;
    for (size_t i = 0; formats[i]; i++) {
        int score = formats[i]->sniff(head);
        if (score > KH_SNIFF_NO && has_suffix(plain_name, formats[i]->suffixes))
            score += KH_SNIFF_NAME;
        if (score > best_score) {
            best = formats[i];
            best_score = score;
        }
    }
    return best == &kh_format_text ? named(plain_name, best) : best;
}

/* First bytes of what people have lying about beside their articles. */
static const struct {
    const char *head;
    size_t len;
    const char *what;
} magics[] = {
    { "%PDF-", 5, "a PDF" },
    { "\x89PNG", 4, "a PNG picture" },
    { "\xFF\xD8\xFF", 3, "a JPEG picture" },
    { "GIF8", 4, "a GIF picture" },
    { "RIFF", 4, "a WebP picture or a sound" },
    { "\xD0\xCF\x11\xE0", 4, "an old Office document" },
    { "{\\rtf", 5, "an RTF document" },
    { "\x7F"
      "ELF",
      4, "a program" },
    { "7z\xBC\xAF", 4, "a 7z archive" },
    { "Rar!", 4, "a RAR archive" },
    { "PK\x03\x04", 4, "a zip archive" },
    { "SQLite format 3", 15, "an SQLite database" },
    { "WARC/", 5, "a WARC file" },
};

static const char *magic_of(kh_str head)
{
    for (size_t i = 0; i < KH_COUNT_OF(magics); i++)
        if (kh_str_starts(head, kh_str_make(magics[i].head, magics[i].len)))
            return magics[i].what;
    return NULL;
}

const char *kh_format_guess(kh_str head)
{
    const char *what = magic_of(head);
    if (!what)
        what = kh_markup_of(head);
    return what ? what : "binary data";
}

kh_str kh_head_trim(kh_str head)
{
    kh_str mark = KH_STR("\xEF\xBB\xBF");
    if (kh_str_starts(head, mark))
        head = kh_str_slice(head, mark.len, head.len);
    return kh_str_trim(head);
}

bool kh_head_is_wide(kh_str head)
{
    return kh_str_starts(head, KH_STR("\xFF\xFE")) ||
           kh_str_starts(head, KH_STR("\xFE\xFF")) ||
           kh_str_starts(head, kh_str_make("\0\0\xFE\xFF", 4));
}

bool kh_head_is_text(kh_str head)
{
    if (magic_of(head) || kh_markup_of(head))
        return false;
    if (kh_head_is_wide(head))
        return true;

    size_t n_odd = 0;
    for (size_t i = 0; i < head.len; i++) {
        unsigned char c = (unsigned char)head.ptr[i];
        if (c == 0)
            return false;
        n_odd += c < 0x20 && !strchr("\t\n\r\f\v\b\x1B\x1A", c);
    }
    return n_odd * 50 <= head.len;
}

/* What stands behind the last dot of the file's own name; a number ("news.001"), a long
 * word and the name of a hidden file (".news") are no suffix. */
static kh_str suffix_of(kh_str name)
{
    size_t at = name.len;
    while (at > 0 && name.ptr[at - 1] != '/' && name.ptr[at - 1] != '.')
        at--;
    kh_str none = { NULL, 0 };
    if (at <= 1 || name.ptr[at - 1] == '/' || name.ptr[at - 2] == '/')
        return none;

    kh_str suffix = kh_str_slice(name, at, name.len);
    unsigned long long number;
    if (suffix.len == 0 || suffix.len > 10 || kh_str_number(suffix, ~0ull, &number) ||
        memchr(suffix.ptr, ' ', suffix.len))
        return none;
    return suffix;
}

static bool is_archive_name(kh_str name)
{
    static const char *const archives[] = { ".zip", ".tar",  ".tgz",    ".tbz2", ".tbz",
                                            ".txz", ".tzst", ".tar.gz", NULL };
    return has_suffix(name, archives) || ends_in(unpacked_name(name), ".tar");
}

bool kh_reader_knows(const char *path, kh_str first_bytes)
{
    kh_str name = kh_str_from(path);
    if (is_archive_name(name))
        return true;

    kh_str plain_name = unpacked_name(name);
    for (size_t i = 0; formats[i]; i++)
        if (has_suffix(plain_name, formats[i]->suffixes))
            return true;
    if (suffix_of(plain_name).len > 0)
        return false;
    return plain_name.len < name.len || kh_format_sniff("", first_bytes) != NULL;
}
