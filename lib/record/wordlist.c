/* wordlist - map the file `words` and check it whole.
 *
 * Its sum is taken of what is read, not of what is mapped: a query needs a few pages of
 * it, and a process pays for every page that it touches in a map, a page fault each 16
 * of them and the table of pages. */
#include "wordlist.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "gaps.h"

unsigned kh_word_units(kh_str word)
{
    if (!kh_side_of(word).is_character)
        return 1;
    unsigned n = 0;
    for (size_t at = 0; at < word.len;)
        n += kh_is_character(kh_utf8_next(word, &at));
    return n;
}

static size_t padded(uint64_t bytes)
{
    return (size_t)((bytes + 7) / 8 * 8);
}

/* Cut the mapped file into its sections; false if they do not fill it. */
static bool cut_sections(kh_wordlist *list, kh_str *gaps, kh_str *langs)
{
    const unsigned char *head = list->file.map.ptr;
    const char *at = (const char *)head + KH_WORDLIST_HEAD;
    list->n_words = kh_le32(head + 8);
    list->n_keys = kh_le32(head + 12);
    list->key_bits = kh_le32(head + 16);
    list->n_gaps = kh_le32(head + 20);
    list->n_langs = kh_le32(head + 24);
    if (list->n_words > KH_WORDS_MAX || list->key_bits < 1 || list->key_bits > 24 ||
        list->n_gaps > KH_GAPS_MAX || list->n_langs > KH_LANGS_MAX)
        return false;
    const uint64_t bytes[] = { ((uint64_t)list->n_words + 1) * 4,
                               ((UINT64_C(1) << list->key_bits) + 1) * 4,
                               (uint64_t)list->n_keys * 4,
                               kh_le32(head + 28),
                               kh_le32(head + 32),
                               kh_le32(head + 36),
                               kh_le32(head + 40) };
    kh_str sections[KH_COUNT_OF(bytes)];
    uint64_t total = KH_WORDLIST_HEAD;
    for (size_t i = 0; i < KH_COUNT_OF(bytes); i++)
        total += padded(bytes[i]);
    if (total != list->file.map.len)
        return false;
    for (size_t i = 0; i < KH_COUNT_OF(bytes); i++) {
        sections[i] = kh_str_make(at, (size_t)bytes[i]);
        at += padded(bytes[i]);
    }
    list->start = (const unsigned char *)sections[0].ptr;
    list->bucket = (const unsigned char *)sections[1].ptr;
    list->keyed = (const unsigned char *)sections[2].ptr;
    list->pool = sections[3];
    *gaps = sections[4];
    *langs = sections[5];
    list->dictionary = sections[6];
    return true;
}

/* n texts behind a length byte each that fill a section. */
static bool read_short(kh_str *out, uint32_t n, kh_str section)
{
    size_t at = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (at >= section.len)
            return false;
        size_t len = (unsigned char)section.ptr[at++];
        if (len > section.len - at)
            return false;
        out[i] = kh_str_make(section.ptr + at, len);
        at += len;
    }
    return at == section.len;
}

bool kh_wordlist_is_sound(const kh_wordlist *list)
{
    uint32_t last = 0;
    for (uint32_t i = 0; i <= list->n_words; i++) {
        uint32_t start = kh_le32(list->start + (size_t)i * 4) & 0x7FFFFFFFu;
        if (start < last || (i > 0 && start == last))
            return false; /* no word is empty */
        last = start;
    }
    if (last != list->pool.len)
        return false;
    last = 0;
    for (uint64_t i = 0; i <= UINT64_C(1) << list->key_bits; i++) {
        uint32_t first = kh_le32(list->bucket + i * 4);
        if (first < last || first > list->n_keys)
            return false;
        last = first;
    }
    for (uint32_t i = 0; i < list->n_keys; i++)
        if (!kh_wordlist_has(list, kh_le32(list->keyed + (size_t)i * 4)))
            return false;
    return last == list->n_keys;
}

static kh_status check_head(const kh_wordlist *list, const char *path, kh_error *err)
{
    size_t magic = sizeof(KH_WORDLIST_MAGIC) - 1;
    const char *bytes = (const char *)list->file.map.ptr;
    if (list->file.map.len < KH_WORDLIST_HEAD ||
        memcmp(bytes, KH_WORDLIST_MAGIC, magic - 1))
        return kh_fail(err, KH_ERR_CORRUPT, "damaged file: '%s'", path);
    if (bytes[magic - 1] != KH_WORDLIST_MAGIC[magic - 1]) {
        kh_fail(err, KH_ERR_VERSION, "records of another version: '%s'", path);
        kh_hint(err, "build it again: khabar-index");
        return KH_ERR_VERSION;
    }
    uint64_t seed = kh_checksum(kh_str_make(bytes, KH_WORDLIST_HEAD - 4), 0);
    uint64_t sum = 0;
    kh_status status = kh_file_checksum(&sum, path, KH_WORDLIST_HEAD, seed, err);
    if (status != KH_OK)
        return status;
    if ((uint32_t)sum != kh_le32(list->file.map.ptr + KH_WORDLIST_HEAD - 4))
        return kh_fail(err, KH_ERR_CORRUPT, "damaged file: '%s'", path);
    return KH_OK;
}

kh_status kh_wordlist_open(kh_wordlist *out, const char *folder, kh_error *err)
{
    kh_wordlist list = { 0 };
    KH_AUTO_BUF path;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_path_join(&path, folder, "words");
    kh_status status = kh_sparse_open(&list.file, kh_buf_text(&path), err);
    if (status != KH_OK)
        return status;
    status = check_head(&list, kh_buf_text(&path), err);
    kh_str gaps = { NULL, 0 };
    kh_str langs = { NULL, 0 };
    if (status == KH_OK && (!cut_sections(&list, &gaps, &langs) ||
                            !read_short(list.gaps, list.n_gaps, gaps) ||
                            !read_short(list.langs, list.n_langs, langs)))
        status = kh_fail(err, KH_ERR_CORRUPT, "damaged file: '%s'", kh_buf_text(&path));
    if (status != KH_OK) {
        kh_sparse_close(&list.file);
        return status;
    }
    for (uint32_t i = 0; i <= KH_LANGS_MAX; i++)
        list.languages[i] =
            i < list.n_langs ? kh_language_find(list.langs[i]) : kh_language_neutral();
    *out = list;
    return KH_OK;
}

kh_str kh_wordlist_peek(kh_wordlist *list, uint32_t code)
{
    if (!kh_wordlist_has(list, code))
        return kh_str_make("", 0);
    const unsigned char *start = list->start + (size_t)(code - KH_CODE_WORDS) * 4;
    const unsigned char *at =
        kh_sparse_at(&list->file, (uint64_t)(start - list->file.map.ptr), 8);
    uint32_t begin = kh_le32(at) & 0x7FFFFFFFu;
    uint32_t end = kh_le32(at + 4) & 0x7FFFFFFFu;
    if (begin > end || end > list->pool.len)
        return kh_str_make("", 0);
    size_t pool = (size_t)((const unsigned char *)list->pool.ptr - list->file.map.ptr);
    at = kh_sparse_at(&list->file, pool + begin, end - begin);
    return kh_str_make((const char *)at, end - begin);
}

void kh_wordlist_close(kh_wordlist *list)
{
    kh_sparse_close(&list->file);
    *list = (kh_wordlist){ 0 };
}
