/* fields - the one table of fields, and the terms made by it.
 *
 * Weights are what a word of a block adds to the wdf of its unprefixed term. They are
 * part of an index's fingerprint. Author, place, section and source count 1, so that
 * plain words find them; only the headline, the deck and the tags say more than the
 * text does what an article is about. */
#include "article/fields.h"

#include <assert.h>

#include "base/hash.h"
#include "text/analysis.h"

#define KIND(kind) (UINT64_C(1) << (kind))

enum { WEIGHT_TITLE = 3, WEIGHT_DECK = 2, WEIGHT_TAG = 2, WEIGHT_LEAD = 1 };
enum { WEIGHT_HEADING = 1, WEIGHT_BODY = 1, WEIGHT_NAME = 1 };

static const kh_field_row table[KH_N_FIELDS] = {
    { KH_FIELD_TITLE, KH_SHAPE_WORDS, "title", "S",
      KIND(KH_BLOCK_TITLE) | KIND(KH_BLOCK_DECK), WEIGHT_TITLE },
    { KH_FIELD_AUTHOR, KH_SHAPE_WORDS, "author", "A", KIND(KH_BLOCK_AUTHOR),
      WEIGHT_NAME },
    { KH_FIELD_PLACE, KH_SHAPE_WORDS, "place", "XPL", KIND(KH_BLOCK_PLACE),
      WEIGHT_NAME },
    { KH_FIELD_SECTION, KH_SHAPE_WORDS, "section", "XSEC", KIND(KH_BLOCK_SECTION),
      WEIGHT_NAME },
    { KH_FIELD_SOURCE, KH_SHAPE_WORDS, "source", "XSRC", KIND(KH_BLOCK_SOURCE),
      WEIGHT_NAME },
    { KH_FIELD_TAG, KH_SHAPE_WHOLE, "tag", "K", KIND(KH_BLOCK_TAG), WEIGHT_TAG },
    { KH_FIELD_LANG, KH_SHAPE_CODE, "lang", "L", 0, 0 },
    { KH_FIELD_URL, KH_SHAPE_STARTS, "url", "U", 0, 0 },
    { KH_FIELD_ID, KH_SHAPE_ID, "id", "Q", 0, 0 },
    { KH_FIELD_DATE, KH_SHAPE_DATE, "date", "", 0, 0 },
    { KH_FIELD_SINCE, KH_SHAPE_DATE, "since", "", 0, 0 },
    { KH_FIELD_UNTIL, KH_SHAPE_DATE, "until", "", 0, 0 },
};

const kh_field_row *kh_field_table(void)
{
    return table;
}

const kh_field_row *kh_field_find(kh_str name)
{
    for (size_t i = 0; i < KH_N_FIELDS; i++) {
        if (kh_str_equal_ascii(name, kh_str_from(table[i].name)))
            return &table[i];
    }
    return NULL;
}

unsigned kh_block_weight(kh_block_kind kind, bool is_lead)
{
    switch (kind) {
    case KH_BLOCK_PARAGRAPH:
        return is_lead ? WEIGHT_LEAD : WEIGHT_BODY;
    case KH_BLOCK_HEADING:
        return WEIGHT_HEADING;
    case KH_BLOCK_TITLE:
        return WEIGHT_TITLE;
    case KH_BLOCK_DECK:
        return WEIGHT_DECK;
    case KH_BLOCK_TAG:
        return WEIGHT_TAG;
    case KH_BLOCK_AUTHOR:
    case KH_BLOCK_PLACE:
    case KH_BLOCK_SECTION:
    case KH_BLOCK_SOURCE:
        return WEIGHT_NAME;
    }
    return 0;
}

/* The longest part of a value that leaves no code point cut in two. */
static kh_str whole_start(kh_str value, size_t max_bytes)
{
    size_t end = value.len < max_bytes ? value.len : max_bytes;
    while (end > 0 && end < value.len && ((unsigned char)value.ptr[end] & 0xC0) == 0x80)
        end--;
    return kh_str_slice(value, 0, end);
}

/* ASCII letters from an offset on. */
static void lower(kh_buf *text, size_t from)
{
    for (size_t i = from; i < text->len; i++)
        if (text->ptr[i] >= 'A' && text->ptr[i] <= 'Z')
            text->ptr[i] |= 0x20;
}

void kh_field_term(kh_buf *out, kh_field field, kh_str value)
{
    assert(field < KH_N_FIELDS);
    enum { HASH_CHARS = 16 };
    kh_str prefix = kh_str_from(table[field].term_prefix);
    bool is_set_off =
        prefix.len > 1 && value.len > 0 &&
        (value.ptr[0] == ':' || (value.ptr[0] >= 'A' && value.ptr[0] <= 'Z'));
    size_t head = prefix.len + is_set_off;

    size_t start = out->len;
    kh_buf_add(out, prefix);
    if (is_set_off)
        kh_buf_add_char(out, ':');
    if (head + value.len <= KH_TERM_MAX_BYTES) {
        kh_buf_add(out, value);
        if (table[field].shape == KH_SHAPE_CODE)
            lower(out, start + head);
        return;
    }
    kh_buf_add(out, whole_start(value, KH_TERM_MAX_BYTES - HASH_CHARS - head));
    kh_buf_printf(out, "%016llx", (unsigned long long)kh_hash(value));
}
