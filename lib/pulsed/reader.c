/* reader - the block that a term would be in by its first terms, then entry by entry.
 */
#include "pulsed/pulsed.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "pulsed_file.h"

struct kh_pulsed {
    kh_map map;
    const char *starts; /* in the map, as the next two */
    const char *places;
    const char *names;
    uint64_t n_terms;
    uint64_t blocks_end;
    size_t names_len;
    uint32_t n_blocks;
    char *path; /* owned; for messages */
};

static kh_status damaged(const kh_pulsed *pulsed, kh_error *err)
{
    return kh_fail(err, KH_ERR_CORRUPT, "damaged file: '%s'", pulsed->path);
}

static uint32_t u32_at(const char *at)
{
    kh_cursor cursor = kh_cursor_of(kh_str_make(at, 4));
    return kh_cursor_u32(&cursor);
}

static uint64_t u64_at(const char *at)
{
    kh_cursor cursor = kh_cursor_of(kh_str_make(at, 8));
    return kh_cursor_u64(&cursor);
}

static kh_status find_parts(kh_pulsed *pulsed, kh_error *err)
{
    const char *begin = (const char *)pulsed->map.ptr;
    if (pulsed->map.len < KH_PULSED_END_BYTES)
        return damaged(pulsed, err);
    const char *end = begin + pulsed->map.len - KH_PULSED_END_BYTES;
    pulsed->n_terms = u64_at(end);
    pulsed->blocks_end = u64_at(end + 8);
    pulsed->n_blocks = u32_at(end + 16);
    uint64_t left = (uint64_t)(end - begin);
    uint64_t entries = (uint64_t)pulsed->n_blocks * (8 + 4);
    if (u32_at(end + 24) != KH_PULSED_MAGIC || pulsed->blocks_end > left ||
        entries > left - pulsed->blocks_end)
        return damaged(pulsed, err);
    pulsed->starts = begin + pulsed->blocks_end;
    pulsed->places = pulsed->starts + (size_t)pulsed->n_blocks * 8;
    pulsed->names = pulsed->places + (size_t)pulsed->n_blocks * 4;
    pulsed->names_len = (size_t)(end - pulsed->names);
    uint64_t check =
        kh_checksum(kh_str_make(pulsed->starts, (size_t)pulsed->n_blocks * 8), 0);
    check =
        kh_checksum(kh_str_make(pulsed->places, (size_t)pulsed->n_blocks * 4), check);
    check = kh_checksum(kh_str_make(pulsed->names, pulsed->names_len), check);
    return u32_at(end + 20) == (uint32_t)check ? KH_OK : damaged(pulsed, err);
}

kh_status kh_pulsed_open(kh_pulsed **out, const char *folder, kh_error *err)
{
    KH_AUTO(kh_pulsed_free) kh_pulsed *pulsed = kh_alloc(sizeof(*pulsed));
    KH_AUTO_BUF path;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_path_join(&path, folder, KH_PULSED_FILE);
    pulsed->path = kh_str_dup(kh_buf_str(&path));
    kh_status status = kh_map_open(&pulsed->map, pulsed->path, err);
    if (status == KH_OK)
        status = find_parts(pulsed, err);
    if (status == KH_OK)
        *out = KH_TAKE(pulsed);
    return status;
}

void kh_pulsed_free(kh_pulsed *pulsed)
{
    if (pulsed == NULL)
        return;
    kh_map_close(&pulsed->map);
    kh_free(pulsed->path);
    kh_free(pulsed);
}

uint64_t kh_pulsed_n_terms(const kh_pulsed *pulsed)
{
    return pulsed->n_terms;
}

/* The first term of a block; false: damaged. */
static bool name_of(kh_str *out, const kh_pulsed *pulsed, uint32_t block)
{
    const char *at = pulsed->places + (size_t)block * 4;
    size_t from = u32_at(at);
    size_t to = block + 1 < pulsed->n_blocks ? u32_at(at + 4) : pulsed->names_len;
    if (from >= to || to > pulsed->names_len)
        return false;
    *out = kh_str_make(pulsed->names + from, to - from);
    return true;
}

/* Go to the front of the next block. */
static kh_status enter_block(kh_pulsed_cursor *cursor, kh_error *err)
{
    const kh_pulsed *pulsed = cursor->pulsed;
    const char *at = pulsed->starts + (size_t)cursor->block * 8;
    uint64_t from = u64_at(at);
    uint64_t to =
        cursor->block + 1 < pulsed->n_blocks ? u64_at(at + 8) : pulsed->blocks_end;
    if (to > pulsed->blocks_end || from > to || to - from <= KH_PULSED_CHECK_BYTES)
        return damaged(pulsed, err);
    const char *begin = (const char *)pulsed->map.ptr + from;
    kh_str entries = kh_str_make(begin + KH_PULSED_CHECK_BYTES,
                                 (size_t)(to - from) - KH_PULSED_CHECK_BYTES);
    if (u32_at(begin) != (uint32_t)kh_checksum(entries, 0))
        return damaged(pulsed, err);
    cursor->block++;
    cursor->at = entries.ptr;
    cursor->end = entries.ptr + entries.len;
    cursor->len = 0;
    return KH_OK;
}

/* Half of a head byte, or what follows it. */
static uint64_t read_length(unsigned half, kh_cursor *cursor)
{
    return half < KH_PULSED_NIBBLE ? half : kh_cursor_varint(cursor) + KH_PULSED_NIBBLE;
}

static void read_term(kh_pulsed_cursor *out, kh_cursor *cursor)
{
    kh_str head = kh_cursor_bytes(cursor, 1);
    unsigned byte = head.len > 0 ? (unsigned char)head.ptr[0] : 0;
    uint64_t shared = read_length(byte >> 4, cursor);
    uint64_t rest = read_length(byte & KH_PULSED_NIBBLE, cursor);
    if (shared > out->len || rest > KH_PULSED_TERM_MAX - shared) {
        cursor->is_bad = true;
        return;
    }
    kh_str bytes = kh_cursor_bytes(cursor, (size_t)rest);
    if (bytes.len > 0)
        memcpy(out->term + shared, bytes.ptr, bytes.len);
    out->len = (size_t)shared + bytes.len;
}

static void read_postings(kh_pulsed_postings *out, kh_cursor *cursor)
{
    kh_str head = kh_cursor_bytes(cursor, 1);
    unsigned byte = head.len > 0 ? (unsigned char)head.ptr[0] : 0;
    uint32_t wdf = byte >> 3;
    uint64_t document = 0;
    out->n = (byte & (KH_PULSED_MAX - 1)) + 1;
    for (uint32_t i = 0; i < out->n; i++) {
        uint64_t gap = kh_cursor_varint(cursor);
        cursor->is_bad |= gap > UINT32_MAX;
        document += gap + (i > 0);
        out->documents[i] = (uint32_t)document;
        out->wdfs[i] = wdf;
    }
    cursor->is_bad |= document > UINT32_MAX || out->documents[0] == 0;
    for (uint32_t i = 0; i < out->n && wdf == KH_PULSED_WDF; i++) {
        uint64_t own = kh_cursor_varint(cursor);
        cursor->is_bad |= own > UINT32_MAX;
        out->wdfs[i] = (uint32_t)own;
    }
}

kh_status kh_pulsed_next(kh_pulsed_cursor *cursor, kh_str *term,
                         kh_pulsed_postings *postings, kh_error *err)
{
    bool is_first = cursor->at == cursor->end;
    if (is_first) {
        if (cursor->block >= cursor->pulsed->n_blocks)
            return KH_END;
        kh_status status = enter_block(cursor, err);
        if (status != KH_OK)
            return status;
    }
    kh_cursor bytes = { cursor->at, cursor->end, false };
    read_term(cursor, &bytes);
    read_postings(postings, &bytes);
    if (bytes.is_bad || cursor->len == 0)
        return damaged(cursor->pulsed, err);
    cursor->at = bytes.ptr;
    *term = kh_str_make(cursor->term, cursor->len);
    kh_str name;
    if (is_first && (!name_of(&name, cursor->pulsed, cursor->block - 1) ||
                     !kh_str_equal(name, *term)))
        return damaged(cursor->pulsed, err);
    return KH_OK;
}

/* The block before the first that begins behind a term; 0 if that is the first. */
static kh_status find_block(uint32_t *out, const kh_pulsed *pulsed, kh_str term,
                            kh_error *err)
{
    uint32_t low = 0;
    uint32_t high = pulsed->n_blocks;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        kh_str name;
        if (!name_of(&name, pulsed, middle))
            return damaged(pulsed, err);
        if (kh_str_compare(name, term) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    *out = low > 0 ? low - 1 : 0;
    return KH_OK;
}

kh_status kh_pulsed_seek(kh_pulsed_cursor *out, const kh_pulsed *pulsed, kh_str from,
                         kh_error *err)
{
    *out = (kh_pulsed_cursor){ .pulsed = pulsed };
    kh_status status = find_block(&out->block, pulsed, from, err);
    while (status == KH_OK) {
        kh_pulsed_cursor before = *out;
        kh_str term;
        kh_pulsed_postings postings;
        status = kh_pulsed_next(out, &term, &postings, err);
        if (status == KH_OK && kh_str_compare(term, from) >= 0) {
            *out = before;
            return KH_OK;
        }
    }
    return status == KH_END ? KH_OK : status;
}

kh_status kh_pulsed_find(kh_pulsed_postings *out, const kh_pulsed *pulsed, kh_str term,
                         kh_error *err)
{
    kh_pulsed_cursor cursor = { .pulsed = pulsed };
    kh_status status = find_block(&cursor.block, pulsed, term, err);
    int order = -1;
    while (status == KH_OK && order < 0) {
        kh_str found;
        status = kh_pulsed_next(&cursor, &found, out, err);
        if (status == KH_OK)
            order = kh_str_compare(found, term);
    }
    if (status == KH_END || order != 0)
        out->n = 0;
    return status == KH_END ? KH_OK : status;
}
