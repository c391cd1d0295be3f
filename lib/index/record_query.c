/* record_query - compile the words of a query, and ask which of them a lexeme is. */
#include "record_query.h"

#include "base/alloc.h"

#include "base/utf8.h"
#include "record_absent.h"
#include "text/words.h"

static bool is_ascii_word(kh_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
              (c >= 'a' && c <= 'z')))
            return false;
    }
    return text.len > 0;
}

static kh_record_variant *find_slot(const kh_record_query *query,
                                    kh_record_word_kind kind, kh_str text,
                                    uint64_t hash)
{
    size_t at = (size_t)(hash + (uint64_t)kind * UINT64_C(0x9E3779B97F4A7C15)) &
                (query->n_slots - 1);
    for (;;) {
        kh_record_variant *variant = &query->variants[at];
        if (!variant->is_present || (variant->hash == hash && variant->kind == kind &&
                                     kh_str_equal(variant->text, text)))
            return variant;
        at = (at + 1) & (query->n_slots - 1);
    }
}

/* A term without the mark of its language: "en:treati" -> "treati". */
static kh_str stem_of(kh_str term)
{
    const char *colon = memchr(term.ptr, ':', term.len);
    size_t mark = colon != NULL ? (size_t)(colon - term.ptr) + 1 : 0;
    return mark < term.len ? kh_str_slice(term, mark, term.len) : term;
}

/* What a run must have to hold a variant. */
static void add_letters(kh_record_query *query, kh_str text, uint32_t word)
{
    size_t at = query->n_letters++;
    if (at >= KH_RECORD_LETTERS_MAX)
        return;
    kh_letters *letters = &query->records->letters;
    char squeezed[KH_WORD_MAX_BYTES];
    size_t len = kh_letters_squeeze(squeezed, sizeof(squeezed), letters, text);
    query->letters[at] = kh_letters_of(letters, text);
    query->letter_words[at] = 1u << word;
    if (len != SIZE_MAX)
        query->squeezed[at] = kh_arena_copy(query->arena, kh_str_make(squeezed, len));
}

static void set_pair(kh_record_query *query, unsigned first, unsigned second)
{
    unsigned pair = first << 8 | second;
    query->begins_so[pair / 64] |= UINT64_C(1) << (pair % 64);
}

/* How words may begin whose stem this is. English stemming keeps the second letter,
 * too, or makes an i of a y there ("dying" -> "die"), or leaves one letter of the word.
 */
static void note_beginning(kh_record_query *query, kh_str stem)
{
    unsigned first = (unsigned char)stem.ptr[0];
    query->begins[first] = true;
    set_pair(query, first, 'y');
    if (stem.len > 1)
        set_pair(query, first, (unsigned char)stem.ptr[1]);
    bool is_open = stem.len == 1 || stem.ptr[1] == '.'; /* "u.s." is US, too */
    for (unsigned second = 0; is_open && second < 256; second++)
        set_pair(query, first, second);
}

static void add_variant(kh_record_query *query, kh_record_word_kind kind, kh_str text,
                        uint32_t word)
{
    uint64_t hash = kh_hash(text);
    kh_record_variant *variant = find_slot(query, kind, text, hash);
    if (!variant->is_present) {
        variant->is_present = true;
        variant->hash = hash;
        variant->kind = (uint8_t)kind;
        variant->text = kh_arena_copy(query->arena, text);
    }
    variant->words |= 1u << word;

    query->has_kind[kind] = true;
    if (kind == KH_RECORD_TERM)
        note_beginning(query, stem_of(text));
    else
        add_letters(query, text, word);
    if (kind != KH_RECORD_TERM && is_ascii_word(text)) {
        unsigned bit = kh_record_filter_bit(text.ptr, text.len);
        query->filter[bit / 64] |= UINT64_C(1) << (bit % 64);
    }
}

static void note_character(kh_record_query *query, const kh_record_word *word,
                           size_t number)
{
    if (word->kind == KH_RECORD_TERM || word->n_variants != 1 ||
        word->variants[0].len == 0)
        return;
    size_t at = 0;
    kh_str text = word->variants[0];
    if (kh_is_character(kh_utf8_next(text, &at)) && at == text.len)
        query->characters[number] = kh_arena_copy(query->arena, text);
}

kh_status kh_record_query_open(kh_record_query **out, kh_records *records,
                               const kh_record_word *words, size_t n, kh_error *err)
{
    if (n > KH_RECORD_WORDS_MAX)
        return kh_fail(err, KH_ERR_LIMIT, "a query of %zu words: at most %d are taken",
                       n, KH_RECORD_WORDS_MAX);

    kh_record_query *query = kh_alloc(sizeof(*query));
    query->records = records;
    query->arena = kh_arena_open();
    query->stamp = kh_records_stamp(records);

    size_t n_variants = 0;
    for (size_t i = 0; i < n; i++)
        n_variants += words[i].n_variants;
    query->n_slots = 16;
    while (query->n_slots < 2 * n_variants)
        query->n_slots *= 2;
    query->variants = kh_alloc(query->n_slots * sizeof(query->variants[0]));

    for (size_t i = 0; i < n; i++) {
        if (words[i].kind != KH_RECORD_TERM)
            query->spelt |= 1u << i;
        note_character(query, &words[i], i);
        bool is_form = words[i].kind == KH_RECORD_FORM && words[i].n_variants == 1;
        if (is_form && kh_absent_takes(words[i].variants[0]))
            query->only_forms[i] = kh_arena_copy(query->arena, words[i].variants[0]);
        for (size_t v = 0; v < words[i].n_variants; v++)
            if (words[i].variants[v].len > 0)
                add_variant(query, words[i].kind, words[i].variants[v], (uint32_t)i);
    }
    *out = query;
    return KH_OK;
}

void kh_record_query_free(kh_record_query *query)
{
    if (!query)
        return;
    kh_arena_free(query->arena);
    kh_free(query->variants);
    kh_free(query->places);
    kh_free(query->marks);
    kh_free(query->hits);
    kh_free(query->sentences);
    kh_free(query->reached);
    kh_free(query);
}

void kh_record_query_set_slow(kh_record_query *query, bool is_slow)
{
    query->is_slow = is_slow;
}

uint32_t kh_record_lookup(const kh_record_query *query, kh_record_word_kind kind,
                          kh_str text, uint64_t hash)
{
    return find_slot(query, kind, text, hash)->words;
}

/* Words whose variant is the surface, curly apostrophes taken as straight ones. */
static uint32_t surface_words(const kh_record_query *query, kh_str surface)
{
    static const char curly[] = "\xE2\x80\x99";
    if (kh_str_find(surface, KH_STR(curly), 0) == SIZE_MAX)
        return kh_record_lookup(query, KH_RECORD_SURFACE, surface, kh_hash(surface));

    KH_AUTO_BUF straight;
    kh_buf_init(&straight, KH_BUF_MAX);
    for (size_t from = 0; from < surface.len;) {
        size_t at = kh_str_find(surface, KH_STR(curly), from);
        kh_buf_add(&straight, kh_str_slice(surface, from, at));
        if (at == SIZE_MAX)
            break;
        kh_buf_add_char(&straight, '\'');
        from = at + sizeof(curly) - 1;
    }
    kh_str text = kh_buf_str(&straight);
    return kh_record_lookup(query, KH_RECORD_SURFACE, text, kh_hash(text));
}

uint32_t kh_record_words_of(const kh_record_query *query, const kh_lexeme *lexeme)
{
    uint32_t words = 0;
    if (query->has_kind[KH_RECORD_TERM] && lexeme->term.len > 0)
        words |=
            kh_record_lookup(query, KH_RECORD_TERM, lexeme->term, lexeme->term_hash);
    if (query->has_kind[KH_RECORD_FORM] && lexeme->form.len > 0)
        words |=
            kh_record_lookup(query, KH_RECORD_FORM, lexeme->form, lexeme->form_hash);
    if (query->has_kind[KH_RECORD_FOLDED] && lexeme->folded.len > 0)
        words |= kh_record_lookup(query, KH_RECORD_FOLDED, lexeme->folded,
                                  lexeme->folded_hash);
    if (query->has_kind[KH_RECORD_SURFACE] && lexeme->surface.len > 0)
        words |= surface_words(query, lexeme->surface);
    return words;
}

static void grow_masks(kh_record_analyser *slot, uint32_t number)
{
    size_t n = slot->n_masks ? slot->n_masks : 4096;
    while (n <= number)
        n *= 2;
    slot->masks = kh_realloc(slot->masks, n * sizeof(slot->masks[0]));
    memset(slot->masks + slot->n_masks, 0,
           (n - slot->n_masks) * sizeof(slot->masks[0]));
    slot->n_masks = n;
}

uint32_t kh_record_words_numbered(kh_record_query *query, kh_record_analyser *slot,
                                  uint32_t number, const kh_lexeme *lexeme)
{
    if (number >= slot->n_masks)
        grow_masks(slot, number);
    uint64_t mask = slot->masks[number];
    if (mask >> 32 != query->stamp) {
        mask = (uint64_t)query->stamp << 32 | kh_record_words_of(query, lexeme);
        slot->masks[number] = mask;
    }
    return (uint32_t)mask;
}

uint32_t kh_record_words_cached(kh_record_query *query, kh_record_analyser *slot,
                                const kh_lexeme *lexeme)
{
    return kh_record_words_numbered(query, slot, lexeme->number, lexeme);
}

void kh_record_analyse(kh_record_query *query, kh_record_analyser *slot, kh_str block,
                       uint32_t which)
{
    query->n_places = 0;
    kh_analyser_reset(slot->analyser, block, 0);
    kh_token token;
    while (kh_analyser_next(slot->analyser, &token)) {
        uint32_t words = kh_record_words_cached(query, slot, token.lexeme) & which;
        if (words == 0)
            continue;
        kh_record_place place = {
            .start = (uint32_t)token.start,
            .position = token.position,
            .words = words,
            .n_units = token.n_units,
        };
        KH_PUSH(query->places, query->n_places, query->places_capacity) = place;
    }
}
