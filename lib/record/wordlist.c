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

static size_t padded(uint64_t bytes)
{
    return (size_t)((bytes + 7) / 8 * 8);
}

static uint64_t n_groups(const kh_wordlist *list)
{
    return ((uint64_t)list->n_words + KH_WORD_GROUP - 1) / KH_WORD_GROUP;
}

/* Sections that are read when the file is opened, and the dictionaries, which are not.
 */
typedef struct lists {
    kh_str gaps;
    kh_str langs;
    kh_str shares;
    kh_str dictionaries;
} lists;

/* Cut the mapped file into its sections; false if they do not fill it. */
static bool cut_sections(kh_wordlist *list, lists *out)
{
    const kh_map *map = &list->checked->map;
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
    const uint64_t bytes[] = { n_groups(list) * KH_WORD_GROUP_BYTES,
                               ((UINT64_C(1) << list->key_bits) + 1) * 4,
                               (uint64_t)list->n_keys * KH_CODE_BYTES,
                               kh_le32(head + 28),
                               kh_le32(head + 32),
                               kh_le32(head + 36),
                               kh_le32(head + 40),
                               kh_le32(head + 44) };
    kh_str sections[KH_COUNT_OF(bytes)];
    uint64_t total = 0;
    for (size_t i = 0; i < KH_COUNT_OF(bytes); i++)
        total += padded(bytes[i]);
    uint64_t sums = kh_checked_n(total) * KH_SUM_BYTES;
    if (KH_WORDLIST_HEAD + total + sums != map->len)
        return false;
    kh_checked_set(list->checked, head + KH_WORDLIST_HEAD, (size_t)total,
                   head + KH_WORDLIST_HEAD + total);
    for (size_t i = 0; i < KH_COUNT_OF(bytes); i++) {
        sections[i] = kh_str_make(at, (size_t)bytes[i]);
        at += padded(bytes[i]);
    }
    list->start = (const unsigned char *)sections[0].ptr;
    list->bucket = (const unsigned char *)sections[1].ptr;
    list->keyed = (const unsigned char *)sections[2].ptr;
    list->pool = sections[3];
    *out = (lists){ sections[4], sections[5], sections[6], sections[7] };
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

/* Words end to end, none empty; nothing behind the last. */
static bool has_sound_places(const kh_wordlist *list)
{
    uint64_t at = 0;
    for (uint64_t i = 0; i < n_groups(list) * KH_WORD_GROUP; i++) {
        const unsigned char *group =
            list->start + i / KH_WORD_GROUP * KH_WORD_GROUP_BYTES;
        unsigned length = group[4 + i % KH_WORD_GROUP];
        if ((i % KH_WORD_GROUP == 0 && kh_le32(group) != at) ||
            (i < list->n_words ? (length & ~KH_WORD_IS_JOINED) == 0 : length != 0))
            return false;
        at += length & ~KH_WORD_IS_JOINED;
    }
    return at == list->pool.len;
}

bool kh_wordlist_is_sound(const kh_wordlist *list)
{
    if (!kh_checked_compare_all(list->checked))
        return false;
    if (!has_sound_places(list))
        return false;
    uint32_t last = 0;
    for (uint64_t i = 0; i <= UINT64_C(1) << list->key_bits; i++) {
        uint32_t first = kh_le32(list->bucket + i * 4);
        if (first < last || first > list->n_keys)
            return false;
        last = first;
    }
    for (uint32_t i = 0; i < list->n_keys; i++)
        if (!kh_wordlist_has(list, kh_keyed_code(list->keyed, i)))
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
    const kh_map *map = &checked->map;
    kh_str head = kh_str_make((const char *)map->ptr, KH_WORDLIST_HEAD - KH_SUM_BYTES);
    kh_str sums = kh_str_make((const char *)checked->sums,
                              (size_t)(map->ptr + map->len - checked->sums));
    return (uint32_t)kh_checksum(sums, kh_checksum(head, 0)) ==
           kh_le32(map->ptr + KH_WORDLIST_HEAD - KH_SUM_BYTES);
}

static bool has_right_lists(kh_checked *checked, const lists *all)
{
    const char *end = all->shares.ptr + all->shares.len;
    return all->shares.len > 0 &&
           kh_checked_is_right(checked, (const unsigned char *)all->gaps.ptr,
                               (size_t)(end - all->gaps.ptr));
}

/* shares: a byte for each language, the last for those without a number, which
 * dictionary it has; then the bytes of each dictionary. */
static bool cut_dictionaries(kh_wordlist *list, kh_str shares, kh_str dictionaries)
{
    kh_cursor cursor = kh_cursor_of(shares);
    kh_str of = kh_cursor_bytes(&cursor, (size_t)list->n_langs + 1);
    size_t n = (size_t)(cursor.end - cursor.ptr) / sizeof(uint32_t);
    if (cursor.is_bad || n > KH_DICTIONARIES_MAX)
        return false;
    kh_cursor bytes = kh_cursor_of(dictionaries);
    for (size_t i = 0; i < n; i++)
        list->dictionaries[i] = kh_cursor_bytes(&bytes, kh_cursor_u32(&cursor));
    memset(list->dictionary_of, KH_DICTIONARY_NONE, sizeof(list->dictionary_of));
    memcpy(list->dictionary_of, of.ptr, list->n_langs);
    list->dictionary_of[KH_LANGS_MAX] = (uint8_t)of.ptr[list->n_langs];
    for (size_t i = 0; i < KH_COUNT_OF(list->dictionary_of); i++)
        if (list->dictionary_of[i] >= n && list->dictionary_of[i] != KH_DICTIONARY_NONE)
            return false;
    return cursor.ptr == cursor.end && !bytes.is_bad && bytes.ptr == bytes.end;
}

static bool read_sections(kh_wordlist *list)
{
    lists all;
    return cut_sections(list, &all) && has_right_sums(list->checked) &&
           has_right_lists(list->checked, &all) &&
           read_short(list->gaps, list->n_gaps, all.gaps) &&
           read_short(list->langs, list->n_langs, all.langs) &&
           cut_dictionaries(list, all.shares, all.dictionaries);
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

kh_str kh_wordlist_dictionary(const kh_wordlist *list, uint8_t number)
{
    kh_str bytes = list->dictionaries[number];
    const unsigned char *at = (const unsigned char *)bytes.ptr;
    return bytes.len > 0 && kh_checked_is_right(list->checked, at, bytes.len)
               ? bytes
               : kh_str_make("", 0);
}

void kh_wordlist_close(kh_wordlist *list)
{
    kh_checked_close(list->checked);
    *list = (kh_wordlist){ 0 };
}
