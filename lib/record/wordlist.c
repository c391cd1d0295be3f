/* wordlist - map the file `words`, and check what is taken from it.
 *
 * Blocks are read to be checked, not mapped: a process pays for every page that it
 * touches in a map, a page fault each 16 of them and the table of pages. */
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

#define SUM_BYTES 4u
#define TOGETHER  8u /* blocks that are read at once */

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
    uint64_t total = 0;
    for (size_t i = 0; i < KH_COUNT_OF(bytes); i++)
        total += padded(bytes[i]);
    uint64_t n_blocks = (total + KH_WORDLIST_BLOCK - 1) / KH_WORDLIST_BLOCK;
    if (KH_WORDLIST_HEAD + total + n_blocks * SUM_BYTES != list->file.map.len)
        return false;
    list->n_blocks = (uint32_t)n_blocks;
    list->sums = list->file.map.ptr + list->file.map.len - n_blocks * SUM_BYTES;
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
    if (list->n_blocks > 0 && !kh_wordlist_compare(list, 0, list->n_blocks - 1))
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

/* ---- checksums ---- */

uint32_t kh_wordlist_sum(kh_str block, uint32_t number)
{
    return (uint32_t)kh_checksum(block, number);
}

/* Read, or where it is mapped; until the next call. */
static kh_str bytes_of(const kh_wordlist *list, const unsigned char *at, size_t len)
{
    kh_sparse *file =
        (kh_sparse *)&list->file; /* what it counts is no part of the list */
    at = kh_sparse_at(file, (uint64_t)(at - list->file.map.ptr), len);
    return kh_str_make((const char *)at, len);
}

static const unsigned char *block_at(const kh_wordlist *list, size_t number)
{
    return list->file.map.ptr + KH_WORDLIST_HEAD + number * KH_WORDLIST_BLOCK;
}

static bool is_known(const kh_wordlist *list, size_t number)
{
    return (list->blocks->right[number / 64] >> number % 64 & 1) != 0;
}

/* Compare a block that was read; false if it is damaged. */
static bool compare(const kh_wordlist *list, size_t number, kh_str block)
{
    if (is_known(list, number))
        return true;
    uint32_t sum = kh_wordlist_sum(block, (uint32_t)number);
    if (sum != kh_le32(list->sums + number * SUM_BYTES)) {
        list->blocks->is_damaged = true;
        return false;
    }
    list->blocks->right[number / 64] |= UINT64_C(1) << number % 64;
    return true;
}

/* So many blocks, as far as there are. */
static kh_str read_blocks(const kh_wordlist *list, size_t number, size_t n)
{
    const unsigned char *at = block_at(list, number);
    size_t left = (size_t)(list->sums - at);
    size_t len = n * KH_WORDLIST_BLOCK;
    return bytes_of(list, at, len < left ? len : left);
}

/* Those beside a block are compared with it: the common words of texts stand together.
 */
bool kh_wordlist_compare(const kh_wordlist *list, size_t first, size_t last)
{
    for (size_t i = first; i <= last; i++) {
        if (is_known(list, i))
            continue;
        size_t begin = i / TOGETHER * TOGETHER;
        kh_str blocks = read_blocks(list, begin, TOGETHER);
        for (size_t k = 0; k < TOGETHER; k++) {
            size_t at = k * KH_WORDLIST_BLOCK;
            if (at < blocks.len)
                (void)compare(list, begin + k,
                              kh_str_slice(blocks, at, at + KH_WORDLIST_BLOCK));
        }
        if (!is_known(list, i))
            return false;
    }
    return true;
}

/* Bytes of the file, compared; until the next call. Empty: damaged. */
static kh_str take(const kh_wordlist *list, const unsigned char *at, size_t len)
{
    size_t offset = (size_t)(at - block_at(list, 0));
    size_t number = offset / KH_WORDLIST_BLOCK;
    if ((offset + len - 1) / KH_WORDLIST_BLOCK > number)
        return kh_wordlist_is_right(list, at, len) ? bytes_of(list, at, len)
                                                   : kh_str_make("", 0);
    kh_str block = read_blocks(list, number, 1);
    size_t in_block = offset % KH_WORDLIST_BLOCK;
    return compare(list, number, block) ? kh_str_slice(block, in_block, in_block + len)
                                        : kh_str_make("", 0);
}

kh_status kh_wordlist_status(const kh_wordlist *list, const char *folder, kh_error *err)
{
    return list->blocks->is_damaged
               ? kh_fail(err, KH_ERR_CORRUPT, "damaged file: '%s/words'", folder)
               : KH_OK;
}

/* ---- opening ---- */

static kh_status check_head(const kh_wordlist *list, const char *path, kh_error *err)
{
    size_t magic = sizeof(KH_WORDLIST_MAGIC) - 1;
    const char *bytes = (const char *)list->file.map.ptr;
    if (list->file.map.len < KH_WORDLIST_HEAD ||
        memcmp(bytes, KH_WORDLIST_MAGIC, magic - 1))
        return kh_fail(err, KH_ERR_CORRUPT, "damaged file: '%s'", path);
    if (bytes[magic - 1] == KH_WORDLIST_MAGIC[magic - 1])
        return KH_OK;
    kh_fail(err, KH_ERR_VERSION, "records of another version: '%s'", path);
    kh_hint(err, "build it again: khabar-index");
    return KH_ERR_VERSION;
}

/* Whether the head and the sums of the blocks are as they were written. */
static bool has_right_sums(const kh_wordlist *list)
{
    const unsigned char *head = list->file.map.ptr;
    uint64_t seed =
        kh_checksum(kh_str_make((const char *)head, KH_WORDLIST_HEAD - SUM_BYTES), 0);
    kh_str sums = kh_str_make((const char *)list->sums, list->n_blocks * SUM_BYTES);
    return (uint32_t)kh_checksum(sums, seed) ==
           kh_le32(head + KH_WORDLIST_HEAD - SUM_BYTES);
}

/* From gaps to the dictionary, which are read at once. */
static bool has_right_end(const kh_wordlist *list, kh_str gaps)
{
    const unsigned char *at = (const unsigned char *)gaps.ptr;
    return at == list->sums ||
           kh_wordlist_is_right(list, at, (size_t)(list->sums - at));
}

static bool read_sections(kh_wordlist *list)
{
    kh_str gaps;
    kh_str langs;
    if (!cut_sections(list, &gaps, &langs) || !has_right_sums(list))
        return false;
    list->blocks = kh_alloc(sizeof(kh_wordlist_blocks) +
                            (list->n_blocks / 64 + 1) * sizeof(uint64_t));
    return has_right_end(list, gaps) && read_short(list->gaps, list->n_gaps, gaps) &&
           read_short(list->langs, list->n_langs, langs);
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
    kh_str offsets = take(list, start, 8);
    if (offsets.len == 0)
        return offsets;
    uint32_t begin = kh_le32((const unsigned char *)offsets.ptr) & 0x7FFFFFFFu;
    uint32_t end = kh_le32((const unsigned char *)offsets.ptr + 4) & 0x7FFFFFFFu;
    if (begin >= end || end > list->pool.len)
        return kh_str_make("", 0);
    return take(list, (const unsigned char *)list->pool.ptr + begin, end - begin);
}

void kh_wordlist_close(kh_wordlist *list)
{
    kh_sparse_close(&list->file);
    kh_free(list->blocks);
    *list = (kh_wordlist){ 0 };
}
