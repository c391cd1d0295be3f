/* places - where the parts of each article begin. */
#include "places.h"

/* ---- reading ---- */

static uint64_t groups_bytes(uint32_t n)
{
    return ((uint64_t)n + KH_PLACE_GROUP - 1) / KH_PLACE_GROUP * KH_PLACE_GROUP_BYTES;
}

bool kh_places_fit(kh_places *places, uint32_t n)
{
    uint64_t groups = groups_bytes(n);
    if (groups > places->map.len ||
        (places->map.len - groups) % KH_PLACE_WIDE_BYTES != 0)
        return false;
    places->n = n;
    places->n_wide = (places->map.len - groups) / KH_PLACE_WIDE_BYTES;
    return true;
}

static inline uint32_t le16(const unsigned char *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8;
}

static const unsigned char *group_of(const kh_places *places, uint32_t document)
{
    return places->map.ptr +
           (size_t)((document - 1) / KH_PLACE_GROUP) * KH_PLACE_GROUP_BYTES;
}

static kh_extent wide_place(const kh_places *places, const unsigned char *group,
                            uint32_t number, kh_part part)
{
    uint32_t which = kh_le32(group + KH_PLACE_LENGTHS_AT);
    if (which >= places->n_wide)
        return (kh_extent){ 1, 0 };
    const unsigned char *at = places->map.ptr + groups_bytes(places->n) +
                              (size_t)which * KH_PLACE_WIDE_BYTES +
                              ((size_t)number * KH_N_PARTS + part) * KH_OFFSET_BYTES;
    return (kh_extent){ kh_le40(at), kh_le40(at + KH_N_PARTS * KH_OFFSET_BYTES) };
}

kh_extent kh_places_of(const kh_places *places, uint32_t document, kh_part part)
{
    const unsigned char *group = group_of(places, document);
    uint32_t number = (document - 1) % KH_PLACE_GROUP;
    if ((group[KH_OFFSET_BYTES - 1] & KH_PLACE_IS_WIDE) != 0)
        return wide_place(places, group, number, part);
    const unsigned char *lengths =
        group + KH_PLACE_LENGTHS_AT + (size_t)part * 2 * KH_PLACE_GROUP;
    uint64_t begin = kh_le40(group + (size_t)part * KH_OFFSET_BYTES);
    for (uint32_t i = 0; i < number; i++)
        begin += le16(lengths + (size_t)i * 2);
    return (kh_extent){ begin, begin + le16(lengths + (size_t)number * 2) };
}

/* Whether a group begins there, and, if it is wide, is the next one that is. */
static bool is_sound_group(const unsigned char *group, const uint64_t at[KH_N_PARTS],
                           uint32_t *n_wide)
{
    bool is_wide = (group[KH_OFFSET_BYTES - 1] & KH_PLACE_IS_WIDE) != 0;
    for (size_t part = 0; part < KH_N_PARTS; part++) {
        uint64_t begin = kh_le40(group + part * KH_OFFSET_BYTES);
        if (part == 0)
            begin &= KH_OFFSET_MAX;
        if (begin != at[part])
            return false;
    }
    if (!is_wide)
        return true;
    for (size_t i = KH_PLACE_LENGTHS_AT + sizeof(uint32_t); i < KH_PLACE_GROUP_BYTES;
         i++)
        if (group[i] != 0)
            return false;
    return kh_le32(group + KH_PLACE_LENGTHS_AT) == (*n_wide)++;
}

bool kh_places_are_sound(const kh_places *places, const uint64_t ends[KH_N_PARTS])
{
    uint64_t at[KH_N_PARTS] = { 0 };
    uint32_t n_wide = 0;
    /* Behind the last document the group goes on with empty ones. */
    uint64_t n = groups_bytes(places->n) / KH_PLACE_GROUP_BYTES * KH_PLACE_GROUP;
    for (uint64_t i = 0; i < n; i++) {
        uint32_t document = (uint32_t)i + 1;
        if (i % KH_PLACE_GROUP == 0 &&
            !is_sound_group(group_of(places, document), at, &n_wide))
            return false;
        for (unsigned part = 0; part < KH_N_PARTS; part++) {
            kh_extent place = kh_places_of(places, document, (kh_part)part);
            if (place.begin != at[part] || place.end < place.begin ||
                (i >= places->n && place.end != place.begin))
                return false;
            at[part] = place.end;
        }
    }
    return n_wide == places->n_wide && memcmp(at, ends, sizeof(at)) == 0;
}

void kh_places_fetch(const kh_places *places, uint32_t document)
{
    const unsigned char *group = group_of(places, document);
    __builtin_prefetch(group); /* codes alone: they may reach over a line */
    __builtin_prefetch(group + KH_PLACE_LENGTHS_AT + 2 * KH_PLACE_GROUP - 1);
}

/* ---- writing ---- */

void kh_place_writer_init(kh_place_writer *writer)
{
    *writer = (kh_place_writer){ 0 };
    kh_buf_init(&writer->wide, KH_BUF_MAX);
}

void kh_place_writer_release(kh_place_writer *writer)
{
    kh_buf_release(&writer->wide);
}

static void put_number(unsigned char *at, uint64_t number, size_t n_bytes)
{
    for (size_t i = 0; i < n_bytes; i++)
        at[i] = (unsigned char)(number >> (8 * i));
}

static bool is_wide(const kh_place_writer *writer)
{
    for (uint32_t i = 0; i < writer->n; i++)
        for (size_t part = 0; part < KH_N_PARTS; part++)
            if (writer->lengths[i][part] > UINT16_MAX)
                return true;
    return false;
}

/* Both offsets of each document of a wide group, those that are missing at its end. */
static void put_wide(kh_place_writer *writer)
{
    uint64_t at[KH_N_PARTS];
    memcpy(at, writer->begin, sizeof(at));
    for (uint32_t i = 0; i <= KH_PLACE_GROUP; i++)
        for (size_t part = 0; part < KH_N_PARTS; part++) {
            unsigned char bytes[KH_OFFSET_BYTES];
            put_number(bytes, at[part], sizeof(bytes));
            kh_buf_add_bytes(&writer->wide, (const char *)bytes, sizeof(bytes));
            if (i < writer->n)
                at[part] += writer->lengths[i][part];
        }
}

static void put_group(kh_place_writer *writer, kh_sink *to)
{
    unsigned char group[KH_PLACE_GROUP_BYTES] = { 0 };
    for (size_t part = 0; part < KH_N_PARTS; part++)
        put_number(group + part * KH_OFFSET_BYTES, writer->begin[part],
                   KH_OFFSET_BYTES);
    unsigned char *lengths = group + KH_PLACE_LENGTHS_AT;
    if (is_wide(writer)) {
        group[KH_OFFSET_BYTES - 1] |= KH_PLACE_IS_WIDE;
        put_number(lengths, writer->n_wide++, 4);
        put_wide(writer);
    } else {
        for (uint32_t i = 0; i < writer->n; i++)
            for (size_t part = 0; part < KH_N_PARTS; part++)
                put_number(lengths + (part * KH_PLACE_GROUP + i) * 2,
                           writer->lengths[i][part], 2);
    }
    kh_sink_add(to, group, sizeof(group));
    memcpy(writer->begin, writer->end, sizeof(writer->begin));
    writer->n = 0;
}

kh_status kh_place_writer_add(kh_place_writer *writer, kh_sink *to,
                              const uint64_t lengths[KH_N_PARTS], kh_error *err)
{
    for (size_t part = 0; part < KH_N_PARTS; part++) {
        if (lengths[part] > KH_OFFSET_MAX - writer->end[part])
            return kh_fail(err, KH_ERR_LIMIT, "over 512 GiB of records in a segment");
        writer->end[part] += lengths[part];
        writer->lengths[writer->n][part] = lengths[part];
    }
    if (++writer->n == KH_PLACE_GROUP)
        put_group(writer, to);
    return KH_OK;
}

void kh_place_writer_end(kh_place_writer *writer, kh_sink *to)
{
    if (writer->n > 0)
        put_group(writer, to);
    kh_sink_add(to, writer->wide.ptr, writer->wide.len);
}
