/* record_hits - phrases and words of a query in a record. */
#include "base/alloc.h"
#include "record_absent.h"
#include "record_query.h"

/* Places by position. They come nearly so: a compound stands behind its last part. */
static void sort_places(kh_record_query *query)
{
    kh_record_place *places = query->places;
    for (size_t i = 1; i < query->n_places; i++) {
        kh_record_place place = places[i];
        size_t at = i;
        for (; at > 0 && places[at - 1].position > place.position; at--)
            places[at] = places[at - 1];
        places[at] = place;
    }
}

/* The first place at or behind a position, from an index on. */
static size_t find_position(const kh_record_query *query, size_t from,
                            uint32_t position)
{
    while (from < query->n_places && query->places[from].position < position)
        from++;
    return from;
}

/* Words side by side: reached[] says which places the words so far can end with. */
static bool holds_in_order(kh_record_query *query, const kh_record_phrase *phrase)
{
    size_t n = query->n_places;
    if (2 * n > query->reached_capacity) {
        query->reached_capacity = 2 * n + 64;
        query->reached = kh_realloc(query->reached, query->reached_capacity);
    }
    unsigned char *now = query->reached;
    unsigned char *next = query->reached + n;

    bool is_any = false;
    for (size_t i = 0; i < n; i++) {
        now[i] = (query->places[i].words >> phrase->words[0] & 1) != 0;
        is_any = is_any || now[i];
    }
    for (size_t word = 1; word < phrase->n && is_any; word++) {
        memset(next, 0, n);
        is_any = false;
        for (size_t i = 0; i < n; i++) {
            if (!now[i])
                continue;
            uint32_t behind = query->places[i].position + query->places[i].n_units;
            size_t at = find_position(query, i + 1, behind);
            for (; at < n && query->places[at].position == behind; at++) {
                if (query->places[at].words >> phrase->words[word] & 1)
                    next[at] = 1;
                is_any = is_any || next[at];
            }
        }
        unsigned char *swap = now;
        now = next;
        next = swap;
    }
    return is_any;
}

/* Words within a window, in any order; one that is asked for twice is there twice. */
static bool holds_near(const kh_record_query *query, const kh_record_phrase *phrase)
{
    uint32_t wanted[KH_RECORD_WORDS_MAX] = { 0 };
    uint32_t found[KH_RECORD_WORDS_MAX] = { 0 };
    size_t n_missing = phrase->n;
    for (size_t i = 0; i < phrase->n; i++)
        wanted[phrase->words[i]]++;

    size_t first = 0;
    for (size_t last = 0; last < query->n_places; last++) {
        uint32_t position = query->places[last].position;
        for (uint32_t words = query->places[last].words; words; words &= words - 1) {
            unsigned word = (unsigned)__builtin_ctz(words);
            if (found[word]++ < wanted[word])
                n_missing--;
        }
        for (; position - query->places[first].position > phrase->window; first++) {
            for (uint32_t words = query->places[first].words; words;
                 words &= words - 1) {
                unsigned word = (unsigned)__builtin_ctz(words);
                if (--found[word] < wanted[word])
                    n_missing++;
            }
        }
        if (n_missing == 0)
            return true;
    }
    return false;
}

static bool is_in_block(kh_record_query *query, const kh_record_phrase *phrase)
{
    if (query->n_places == 0)
        return false;
    sort_places(query);
    return phrase->window == 0 ? holds_in_order(query, phrase)
                               : holds_near(query, phrase);
}

static kh_status check_phrase(uint32_t *which, const kh_record_phrase *phrase,
                              kh_error *err)
{
    *which = 0;
    for (size_t i = 0; i < phrase->n; i++) {
        if (phrase->words[i] >= KH_RECORD_WORDS_MAX)
            return kh_fail(err, KH_ERR_ARGUMENT, "a phrase names word %u",
                           phrase->words[i]);
        *which |= 1u << phrase->words[i];
    }
    return KH_OK;
}

/* Whether each word was met. */
static bool has_all(const kh_record_query *query, uint32_t which)
{
    uint32_t found = 0;
    for (size_t i = 0; i < query->n_places; i++)
        found |= query->places[i].words;
    return found == which;
}

/* Characters side by side stand in the text as they are asked for, but for gaps and
 * other code points for the same characters: false says nothing. */
static bool has_characters(const kh_record_query *query, kh_str block,
                           const kh_record_phrase *phrase)
{
    if (phrase->window != 0 && phrase->n > 1)
        return false;
    char run[4 * KH_RECORD_WORDS_MAX];
    size_t len = 0;
    for (size_t i = 0; i < phrase->n; i++) {
        kh_str character = query->characters[phrase->words[i]];
        if (character.len == 0 || character.len > sizeof(run) - len)
            return false;
        memcpy(run + len, character.ptr, character.len);
        len += character.len;
    }
    return kh_str_find(block, kh_str_make(run, len), 0) != SIZE_MAX;
}

/* A scan is tried roughly first: it says which words are there, and what stands side by
 * side, but no distances. */
static bool block_holds(kh_record_scan *scan, const kh_record_phrase *phrase)
{
    kh_record_query *query = scan->query;
    if (!query->is_slow && has_characters(query, scan->block, phrase))
        return true;
    kh_record_scan exact = *scan;
    scan->is_rough = true;
    bool is_fast = !query->is_slow && kh_record_scan_block(scan);
    if (is_fast && !has_all(query, scan->which))
        return false;
    if (is_fast && phrase->window != 0)
        is_fast = kh_record_scan_block(&exact);
    if (!is_fast)
        kh_record_analyse(query, scan->slot, scan->block, scan->which);
    return is_in_block(query, phrase);
}

/* The longest word of a phrase by which blocks may be passed over; none: empty. */
static kh_str telling_form(const kh_record_query *query, const kh_record_phrase *phrase)
{
    kh_str longest = { NULL, 0 };
    for (size_t i = 0; i < phrase->n && !query->is_slow; i++) {
        kh_str form = query->only_forms[phrase->words[i]];
        if (form.len > longest.len)
            longest = form;
    }
    return longest;
}

/* Whether a block lacks the word altogether: by its letters where it is not ASCII. */
static bool lacks(kh_records *records, kh_str block, kh_str form)
{
    if (form.len == 0)
        return false;
    if (kh_is_absent(block, form))
        return true;
    bool is_foreign = block.len > 0 && (unsigned char)block.ptr[0] >= 0x80;
    uint64_t needed = kh_letters_of(&records->letters, form) & KH_LETTERS_NEEDED;
    return is_foreign && (needed & ~kh_letters_of(&records->letters, block)) != 0;
}

kh_status kh_record_holds(bool *out, kh_record_query *query, uint32_t document,
                          const kh_record_phrase *phrase, kh_error *err)
{
    uint32_t which;
    kh_status status = check_phrase(&which, phrase, err);
    if (status != KH_OK)
        return status;
    kh_frame *frame;
    status = kh_records_fetch(&frame, query->records, document, err);
    if (status != KH_OK)
        return status;
    const kh_language *language = kh_language_find(frame->lang);
    kh_record_analyser *slot;
    status = kh_records_analyser(&slot, query->records, language, err);
    if (status != KH_OK)
        return status;

    bool is_held = false;
    kh_str telling = telling_form(query, phrase);
    for (size_t i = 0; i < frame->n_blocks && !is_held && phrase->n > 0; i++) {
        const kh_frame_block *block = &frame->blocks[i];
        if (phrase->kinds != 0 && (phrase->kinds >> block->kind & 1) == 0)
            continue;
        if (lacks(query->records, kh_frame_block_text(frame, block), telling))
            continue;
        kh_record_scan scan = { .query = query,
                                .slot = slot,
                                .language = language,
                                .block = kh_frame_block_text(frame, block),
                                .which = which };
        is_held = block_holds(&scan, phrase);
    }
    *out = is_held;
    return KH_OK;
}

/* Where the reading of hits stands. */
typedef struct reading {
    kh_record_query *query;
    kh_record_analyser *slot;
    const kh_frame *frame;
    const kh_language *language;
    uint32_t position; /* of the next unit */
    uint32_t sentence; /* the one that the last unit lies in */
} reading;

static void add_hit(reading *r, const kh_token *token, uint32_t sentence)
{
    kh_record_query *query = r->query;
    uint32_t words = kh_record_words_cached(query, r->slot, token->lexeme);
    if (words == 0)
        return;

    kh_hit hit = {
        .position = token->position,
        .sentence = sentence,
        .words = words,
        .n_units = (uint16_t)token->n_units,
    };
    KH_PUSH(query->hits, query->n_hits, query->hits_capacity) = hit;
    size_t at = query->n_hits - 1;
    for (; at > 0 && query->hits[at - 1].position > hit.position; at--)
        query->hits[at] = query->hits[at - 1];
    query->hits[at] = hit;
}

/* The sentence of a compound is that of its first part. */
static uint32_t sentence_of(const reading *r, const kh_frame_block *block,
                            const kh_token *token)
{
    uint32_t sentence = r->sentence;
    while (sentence > block->first_sentence &&
           r->query->sentences[sentence].position > token->position)
        sentence--;
    return sentence;
}

static void read_block_slow(reading *r, const kh_frame_block *block)
{
    kh_record_sentence *sentences = r->query->sentences;
    const uint32_t *ends = r->frame->ends;
    uint32_t last = block->first_sentence + block->n_sentences - 1;

    r->sentence = block->first_sentence;
    sentences[r->sentence].position = r->position;
    kh_analyser_reset(r->slot->analyser, kh_frame_block_text(r->frame, block),
                      r->position);
    kh_token token;
    while (kh_analyser_next(r->slot->analyser, &token)) {
        if (token.kind == KH_TOKEN_WORD) {
            while (r->sentence < last &&
                   block->start + token.start >= ends[r->sentence])
                sentences[++r->sentence].position = token.position;
            r->position = token.position + 1;
        }
        add_hit(r, &token, sentence_of(r, block, &token));
    }
    while (r->sentence < last)
        sentences[++r->sentence].position = r->position;
}

/* Ends of the block's sentences, from its start on. */
static kh_record_marks marks_of(reading *r, const kh_frame_block *block)
{
    kh_record_query *query = r->query;
    size_t n = block->n_sentences;
    if (2 * n > query->marks_capacity) {
        query->marks_capacity = 2 * n + 64;
        query->marks =
            kh_realloc(query->marks, query->marks_capacity * sizeof(query->marks[0]));
    }
    for (size_t i = 0; i < n; i++)
        query->marks[i] =
            r->frame->ends[block->first_sentence + i] - (uint32_t)block->start;
    return (
        kh_record_marks){ .ends = query->marks, .n = n, .positions = query->marks + n };
}

/* Places of the block as hits of the article. */
static void take_places(reading *r, const kh_frame_block *block,
                        const kh_record_marks *marks)
{
    kh_record_query *query = r->query;
    for (uint32_t i = 0; i < block->n_sentences; i++)
        query->sentences[block->first_sentence + i].position =
            r->position + marks->positions[i];
    sort_places(query);
    size_t sentence = 0;
    for (size_t i = 0; i < query->n_places; i++) {
        const kh_record_place *place = &query->places[i];
        while (sentence + 1 < marks->n &&
               marks->positions[sentence + 1] <= place->position)
            sentence++;
        kh_hit hit = {
            .position = r->position + place->position,
            .sentence = block->first_sentence + (uint32_t)sentence,
            .words = place->words,
            .n_units = (uint16_t)place->n_units,
        };
        KH_PUSH(query->hits, query->n_hits, query->hits_capacity) = hit;
    }
    r->position += marks->n_units;
}

static void read_block(reading *r, const kh_frame_block *block)
{
    if (r->query->is_slow || block->n_sentences == 0) {
        read_block_slow(r, block);
        return;
    }
    kh_record_marks marks = marks_of(r, block);
    kh_record_scan scan = { .query = r->query,
                            .slot = r->slot,
                            .language = r->language,
                            .block = kh_frame_block_text(r->frame, block),
                            .which = UINT32_MAX,
                            .marks = &marks };
    if (kh_record_scan_block(&scan))
        take_places(r, block, &marks);
    else
        read_block_slow(r, block);
}

/* Sentences are numbered and placed by read_block(); here the rest of them. */
static void finish_sentences(reading *r)
{
    kh_record_sentence *sentences = r->query->sentences;
    for (size_t i = 0; i < r->frame->n_blocks; i++) {
        const kh_frame_block *block = &r->frame->blocks[i];
        for (uint32_t k = 0; k < block->n_sentences; k++) {
            uint32_t at = block->first_sentence + k;
            uint32_t behind = at + 1 < r->frame->n_sentences
                                  ? sentences[at + 1].position
                                  : r->position;
            sentences[at].n_units = behind - sentences[at].position;
            sentences[at].block = (uint16_t)(i < UINT16_MAX ? i : UINT16_MAX);
            sentences[at].kind = block->kind;
        }
    }
}

kh_status kh_record_hits_read(kh_record_hits *out, kh_record_query *query,
                              uint32_t document, kh_error *err)
{
    kh_frame *frame;
    kh_status status = kh_records_fetch(&frame, query->records, document, err);
    if (status != KH_OK)
        return status;
    reading r = { .query = query, .frame = frame };
    r.language = kh_language_find(frame->lang);
    status = kh_records_analyser(&r.slot, query->records, r.language, err);
    if (status != KH_OK)
        return status;

    if (frame->n_sentences > query->sentences_capacity) {
        query->sentences_capacity = frame->n_sentences + 64;
        query->sentences = kh_realloc(
            query->sentences, query->sentences_capacity * sizeof(query->sentences[0]));
    }
    query->n_hits = 0;
    for (size_t i = 0; i < frame->n_blocks; i++)
        read_block(&r, &frame->blocks[i]);
    finish_sentences(&r);

    out->hits = query->hits;
    out->n_hits = query->n_hits;
    out->sentences = query->sentences;
    out->n_sentences = frame->n_sentences;
    return KH_OK;
}
