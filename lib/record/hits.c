/* hits - one pass over a stream for the words of a query, and for its marks.
 *
 * Where codes are units the position of a byte is the number of codes that end before
 * it, less marks and digits, so what stands between hits is counted by its top bits
 * alone. Where codes may be pairs of characters each is looked at. Hits are made when
 * their block ends: words of several units never reach across it. */
#include "hits.h"

#include "base/alloc.h"
#include "walk.h"

typedef struct reading {
    kh_record_query *query;
    kh_codeset *set;
    const kh_stream *stream;
    uint32_t document;
    uint32_t which;                 /* words wanted */
    const kh_record_phrase *phrase; /* NULL: all hits are kept */
    bool is_held;
    uint32_t position; /* of the next unit */
    uint32_t n_blocks;
    unsigned n_digits; /* of a kind, still to come */
    kh_status status;
    kh_error *err;
} reading;

/* ---- sentences ---- */

static kh_record_sentence *last_sentence(const reading *r)
{
    return &r->query->sentences[r->query->n_sentences - 1];
}

static void end_sentence(reading *r)
{
    if (r->query->n_sentences > 0)
        last_sentence(r)->n_units = r->position - last_sentence(r)->position;
}

static void begin_sentence(reading *r, uint8_t kind)
{
    kh_record_query *query = r->query;
    uint32_t block = r->n_blocks > 0 ? r->n_blocks - 1 : 0;
    KH_PUSH(query->sentences, query->n_sentences, query->sentences_capacity) =
        (kh_record_sentence){
            .position = r->position,
            .block = (uint16_t)(block < UINT16_MAX ? block : UINT16_MAX),
            .kind = kind,
        };
}

/* ---- hits ---- */

static void add_hit(reading *r, const kh_place *place, uint32_t words, unsigned n_units)
{
    kh_record_query *query = r->query;
    KH_PUSH(query->hits, query->n_hits, query->hits_capacity) =
        (kh_hit){ .position = place->position,
                  .sentence = place->sentence,
                  .words = words,
                  .n_units = (uint16_t)n_units };
}

static uint32_t words_of(const kh_record_query *query, uint64_t atoms)
{
    uint32_t words = 0;
    for (; atoms != 0; atoms &= atoms - 1)
        words |= query->words_of[__builtin_ctzll(atoms)];
    return words;
}

/* Whether the units from a place on are a sequence. */
static bool is_sequence_at(const kh_record_query *query, size_t i,
                           const kh_sequence *sequence)
{
    if (query->n_places - i < sequence->n)
        return false;
    const kh_place *places = &query->places[i];
    for (unsigned k = 0; k < sequence->n; k++)
        if (places[k].position != places[0].position + k ||
            (places[k].atoms >> sequence->atoms[k] & 1u) == 0)
            return false;
    return true;
}

static void add_sequences(reading *r, size_t i)
{
    const kh_record_query *query = r->query;
    uint32_t words[KH_SEQUENCE_MAX + 1] = { 0 }; /* by units */
    for (size_t k = 0; k < query->n_sequences; k++) {
        const kh_sequence *sequence = &query->sequences[k];
        if ((r->which >> sequence->word & 1u) != 0 &&
            is_sequence_at(query, i, sequence))
            words[sequence->n] |= 1u << sequence->word;
    }
    for (unsigned n = 2; n <= KH_SEQUENCE_MAX; n++)
        if (words[n] != 0)
            add_hit(r, &query->places[i], words[n], n);
}

/* Turn the places of the block into hits; where a phrase is asked for, ask. */
static void end_block(reading *r)
{
    kh_record_query *query = r->query;
    for (size_t i = 0; i < query->n_places; i++) {
        uint64_t atoms = query->places[i].atoms;
        uint32_t words = words_of(query, atoms) & r->which;
        if (words != 0)
            add_hit(r, &query->places[i], words, 1);
        if ((atoms & query->starts) != 0)
            add_sequences(r, i);
    }
    query->n_places = 0;
    if (r->phrase == NULL || query->n_hits == 0)
        return;
    uint64_t kinds = r->phrase->kinds;
    bool is_wanted = kinds == 0 || (kinds >> (last_sentence(r)->kind & 63u) & 1u) != 0;
    r->is_held = is_wanted && kh_hits_are_phrase(query, r->phrase);
    query->n_hits = 0;
}

/* ---- codes ---- */

static void begin_block(reading *r, uint8_t kind)
{
    end_block(r);
    end_sentence(r);
    if (r->n_blocks < UINT32_MAX)
        r->n_blocks++;
    begin_sentence(r, kind);
}

static void take_mark(reading *r, uint32_t mark)
{
    if (r->n_digits > 0) {
        uint8_t *kind = &last_sentence(r)->kind;
        *kind = (uint8_t)(*kind * 8u + mark);
        r->n_digits--;
        return;
    }
    switch ((kh_mark)mark) {
    case KH_MARK_SENTENCE:
        end_sentence(r);
        begin_sentence(r, r->query->n_sentences > 0 ? last_sentence(r)->kind : 0);
        return;
    case KH_MARK_PARAGRAPH:
    case KH_MARK_HEADING:
    case KH_MARK_TITLE:
    case KH_MARK_DECK:
        begin_block(r, (uint8_t)mark);
        return;
    case KH_MARK_BLOCK:
        begin_block(r, 0);
        r->n_digits = 2;
        return;
    case KH_MARK_PAIRS:
        return;
    }
}

/* A unit with atoms, at the position that is next. */
static void take_unit(reading *r, uint64_t atoms)
{
    kh_record_query *query = r->query;
    r->n_digits = 0;
    if (query->n_sentences == 0)
        begin_sentence(r, 0); /* damaged: words before the first block */
    KH_PUSH(query->places, query->n_places, query->places_capacity) =
        (kh_place){ .atoms = atoms,
                    .position = r->position,
                    .sentence = (uint32_t)(query->n_sentences - 1) };
}

/* A unit of a rare word counts as what it is spelled. */
static void take_rare(reading *r, const unsigned char *at, uint64_t atoms)
{
    uint64_t spelled = 0;
    kh_code_place place = { r->stream, r->document, at };
    r->status = kh_spelled_atoms(&spelled, r->query, &place, atoms, r->err);
    if (spelled != 0)
        take_unit(r, spelled);
}

static bool is_done(const reading *r)
{
    return r->is_held || r->status != KH_OK;
}

/* The code whose last byte this is; n_before: codes that end before it in the stream.
 */
static void take_code_at(reading *r, const unsigned char *last, uint32_t n_before,
                         uint32_t *n_marks)
{
    const unsigned char *at = last + 1;
    uint32_t code = kh_code_before(&at, r->stream->begin);
    r->position = n_before - *n_marks;
    if (code < KH_CODE_WORDS) {
        ++*n_marks;
        take_mark(r, code);
        return;
    }
    uint64_t atoms = kh_codeset_find(r->set, code)->first;
    if (atoms == 0)
        return;
    if (kh_code_is_rare(code))
        take_rare(r, at, atoms);
    else
        take_unit(r, atoms);
}

static void read_units(reading *r)
{
    const kh_finder *finder = &r->set->all;
    const unsigned char *end = r->stream->end;
    uint32_t n_codes = 0;
    uint32_t n_marks = 0;
    for (const unsigned char *at = r->stream->begin; at < end && !is_done(r);) {
        size_t left = (size_t)(end - at);
        size_t n = left < KH_SCAN_BYTES ? left : KH_SCAN_BYTES;
        uint32_t ends;
        uint32_t bits = kh_scan_chunk(&ends, finder, at, n, r->query->is_plain);
        for (; bits != 0 && !is_done(r); bits &= bits - 1) {
            unsigned i = (unsigned)__builtin_ctz(bits);
            uint32_t before = ends & ((UINT32_C(1) << i) - 1);
            if (kh_finder_has(finder, at + i))
                take_code_at(r, at + i, n_codes + (uint32_t)__builtin_popcount(before),
                             &n_marks);
        }
        n_codes += (uint32_t)__builtin_popcount(ends);
        at += n;
    }
    r->position = n_codes - n_marks;
}

/* Which entries of the word list are two units. */
static void note_pairs(kh_record_query *query)
{
    const kh_wordlist *list = &query->records->words;
    query->pairs = kh_alloc((KH_CODE_END / 64 + 1) * sizeof(uint64_t));
    for (uint32_t i = 0; i < list->n_words; i++) {
        uint32_t code = i + KH_CODE_WORDS;
        if (kh_wordlist_is_joined(list, code) &&
            kh_word_units(kh_wordlist_word(list, code)) > 1)
            query->pairs[code / 64] |= UINT64_C(1) << (code % 64);
    }
}

static inline unsigned is_pair(const uint64_t *pairs, uint32_t code)
{
    return (unsigned)(pairs[code / 64] >> (code % 64) & 1u);
}

/* The code whose last byte this is, without a branch: where every code is read, to
 * guess lengths wrong would cost more than all else. Some code of damaged bytes. */
static inline uint32_t code_ending(const unsigned char *last)
{
    uint32_t has_two = last[-1] < 0x80u;
    uint32_t has_three = has_two & (uint32_t)(last[-2] < 0x80u);
    return (last[0] & 0x7Fu) + has_two * (KH_CODE_TWO + ((uint32_t)last[-1] << 7)) +
           has_three * (KH_CODE_THREE - KH_CODE_TWO + ((uint32_t)last[-2] << 14));
}

/* A code that may have atoms, or a mark. */
static void take_pair_at(reading *r, const unsigned char *last)
{
    uint32_t code = code_ending(last);
    if (code < KH_CODE_WORDS) {
        take_mark(r, code);
        return;
    }
    const kh_code_atoms *found = kh_codeset_find(r->set, code);
    if (found->first != 0 && kh_code_is_rare(code))
        take_rare(r, last - 2, found->first);
    else if (found->first != 0)
        take_unit(r, found->first);
    r->position++;
    if (is_pair(r->query->pairs, code) == 0)
        return;
    if (found->second != 0)
        take_unit(r, found->second);
    r->position++;
}

/* Units of the codes that end at bytes from at on. */
static inline uint32_t count_units(const uint64_t *pairs, const unsigned char *at,
                                   uint32_t ends)
{
    uint32_t n = (uint32_t)__builtin_popcount(ends);
    for (; ends != 0; ends &= ends - 1)
        n += is_pair(pairs, code_ending(at + __builtin_ctz(ends)));
    return n;
}

static void read_pairs(reading *r)
{
    const kh_records *records = r->query->records;
    if (r->query->pairs == NULL)
        note_pairs(r->query);
    r->status = kh_wordlist_status(&records->words, records->folder, r->err);
    if (r->status != KH_OK)
        return;
    const uint64_t *pairs = r->query->pairs;
    const kh_finder *finder = &r->set->all;
    const unsigned char *end = r->stream->end;
    for (const unsigned char *at = r->stream->begin; at < end && !is_done(r);) {
        size_t left = (size_t)(end - at);
        size_t n = left < KH_SCAN_BYTES ? left : KH_SCAN_BYTES;
        uint32_t ends;
        uint32_t bits = kh_scan_chunk(&ends, finder, at, n, r->query->is_plain);
        for (; bits != 0 && !is_done(r); bits &= bits - 1) {
            uint32_t bit = bits & (0u - bits);
            const unsigned char *last = at + __builtin_ctz(bits);
            if (!kh_finder_has(finder, last))
                continue;
            r->position += count_units(pairs, at, ends & (bit - 1));
            ends &= ~(bit | (bit - 1));
            take_pair_at(r, last);
        }
        r->position += count_units(pairs, at, ends);
        at += n;
    }
}

static void read_all(reading *r)
{
    r->query->n_places = 0;
    r->query->n_hits = 0;
    r->query->n_sentences = 0;
    if (r->stream->has_pairs)
        read_pairs(r);
    else
        read_units(r);
    if (is_done(r))
        return;
    end_block(r);
    end_sentence(r);
}

kh_status kh_hits_hold(bool *out, kh_record_query *query, uint32_t document,
                       const kh_stream *stream, const kh_record_phrase *phrase,
                       kh_error *err)
{
    reading r = { .query = query, .stream = stream, .document = document };
    r.phrase = phrase;
    for (size_t i = 0; i < phrase->n; i++)
        r.which |= 1u << phrase->words[i];
    r.err = err;
    kh_status status = kh_codeset_of(&r.set, query, stream->language, err);
    if (status != KH_OK)
        return status;
    read_all(&r);
    *out = r.is_held;
    return r.status;
}

kh_status kh_record_hits_read(kh_record_hits *out, kh_record_query *query,
                              uint32_t document, kh_error *err)
{
    kh_stream stream;
    kh_status status = kh_records_stream(&stream, query->records, document, err);
    if (status != KH_OK)
        return status;
    reading r = { .query = query, .stream = &stream, .document = document, .err = err };
    r.which = UINT32_MAX;
    status = kh_codeset_of(&r.set, query, stream.language, err);
    if (status != KH_OK)
        return status;
    read_all(&r);
    if (r.status != KH_OK)
        return r.status;
    out->hits = query->hits;
    out->n_hits = query->n_hits;
    out->sentences = query->sentences;
    out->n_sentences = query->n_sentences;
    return KH_OK;
}
