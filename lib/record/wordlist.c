/* wordlist - map the file `words`, and take words from it. */
#include "wordlist.h"

#include "base/alloc.h"
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

#define TOGETHER 8u /* blocks that are read at once: common words stand together */

static size_t padded(uint64_t bytes)
{
    return (size_t)((bytes + 7) / 8 * 8);
}

/* Cut the mapped file into its sections; false if they do not fill it. */
static bool cut_sections(kh_wordlist *list, kh_str *gaps, kh_str *langs)
{
    const kh_map *map = &list->checked->file.map;
    const unsigned char *head = map->ptr;
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
    uint64_t total = 0;
    for (size_t i = 0; i < KH_COUNT_OF(bytes); i++)
        total += padded(bytes[i]);
    uint64_t sums = kh_checked_n(total) * KH_SUM_BYTES;
    if (KH_WORDLIST_HEAD + total + sums != map->len)
        return false;
    kh_checked_set(list->checked, head + KH_WORDLIST_HEAD, (size_t)total,
                   head + KH_WORDLIST_HEAD + total, TOGETHER);
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
    if (!kh_checked_compare_all(list->checked))
        return false;
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

kh_status kh_wordlist_status(const kh_wordlist *list, const char *folder, kh_error *err)
{
    return list->checked->is_damaged
               ? kh_fail(err, KH_ERR_CORRUPT, "damaged file: '%s/words'", folder)
               : KH_OK;
}

/* ---- opening ---- */

/* Whether the head and the sums of the blocks are as they were written. */
static bool has_right_sums(const kh_checked *checked)
{
    const kh_map *map = &checked->file.map;
    kh_str head = kh_str_make((const char *)map->ptr, KH_WORDLIST_HEAD - KH_SUM_BYTES);
    kh_str sums = kh_str_make((const char *)checked->sums,
                              (size_t)(map->ptr + map->len - checked->sums));
    return (uint32_t)kh_checksum(sums, kh_checksum(head, 0)) ==
           kh_le32(map->ptr + KH_WORDLIST_HEAD - KH_SUM_BYTES);
}

/* From gaps to the dictionary, which are read at once. */
static bool has_right_end(kh_checked *checked, kh_str gaps)
{
    const unsigned char *at = (const unsigned char *)gaps.ptr;
    return at == checked->end ||
           kh_checked_is_right(checked, at, (size_t)(checked->end - at));
}

static bool read_sections(kh_wordlist *list)
{
    kh_str gaps;
    kh_str langs;
    return cut_sections(list, &gaps, &langs) && has_right_sums(list->checked) &&
           has_right_end(list->checked, gaps) &&
           read_short(list->gaps, list->n_gaps, gaps) &&
           read_short(list->langs, list->n_langs, langs);
}

kh_status kh_wordlist_open(kh_wordlist *out, const char *folder, kh_error *err)
{
    kh_wordlist list = { 0 };
    KH_AUTO_BUF path;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_path_join(&path, folder, "words");
    kh_status status = kh_checked_open(&list.checked, kh_buf_text(&path), err);
    if (status != KH_OK)
        return status;
    status = kh_checked_version(list.checked, KH_STR(KH_WORDLIST_MAGIC),
                                KH_WORDLIST_HEAD, kh_buf_text(&path), err);
    if (status == KH_OK && !read_sections(&list))
        status = kh_fail(err, KH_ERR_CORRUPT, "damaged file: '%s'", kh_buf_text(&path));
    if (status != KH_OK) {
        kh_wordlist_close(&list);
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
    kh_str offsets = kh_checked_take(list->checked, start, 8);
    if (offsets.len == 0)
        return offsets;
    uint32_t begin = kh_le32((const unsigned char *)offsets.ptr) & 0x7FFFFFFFu;
    uint32_t end = kh_le32((const unsigned char *)offsets.ptr + 4) & 0x7FFFFFFFu;
    if (begin >= end || end > list->pool.len)
        return kh_str_make("", 0);
    return kh_checked_take(list->checked, (const unsigned char *)list->pool.ptr + begin,
                           end - begin);
}

void kh_wordlist_close(kh_wordlist *list)
{
    kh_checked_close(list->checked);
    *list = (kh_wordlist){ 0 };
}
