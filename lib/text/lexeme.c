/* lexeme - every surface form seen, and what becomes of it.
 *
 * The cache is an open table. A slot holds the first and the last bytes of the surface:
 *
 *   length 1-3: both = its 3 bytes      4-7: first 4, last 4     8 and more: first 8,
 * last 8
 *
 * so that up to 16 bytes, nearly every word, the slot alone tells whether it is the
 * one, and a hit touches one cache line. */
#include "lexeme.h"

#include "base/alloc.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "text/fold.h"

#include "acronym.h"
#include "fold_internal.h"
#include "stem.h"

#define SLOT_BYTES   16 /* surfaces up to here are compared in the slot */
#define FIRST_SLOTS  4096
#define HASH_DIGITS  16
#define TERM_SCRATCH ((size_t)1 << 20)

typedef struct surface_key {
    uint64_t first;
    uint64_t last;
    uint64_t shape; /* length * 4 + reading; 0 in an empty slot */
} surface_key;

typedef struct cache_slot {
    surface_key key;
    kh_entry *entry; /* in the arena */
} cache_slot;

struct kh_lexemes {
    const kh_language *language;
    kh_stemmer *stemmer; /* owned; NULL: words stay whole */
    kh_arena *arena;     /* owned */
    cache_slot *slots;   /* owned */
    size_t n_slots;      /* a power of 2 */
    uint32_t n;
    kh_buf folded; /* scratch */
    kh_buf form;
    kh_buf term;
};

kh_status kh_lexemes_open(kh_lexemes **out, const kh_language *language, kh_error *err)
{
    KH_AUTO(kh_lexemes_free) kh_lexemes *lexemes = kh_alloc(sizeof(*lexemes));
    lexemes->language = language;
    lexemes->arena = kh_arena_open();
    lexemes->n_slots = FIRST_SLOTS;
    lexemes->slots = kh_alloc(FIRST_SLOTS * sizeof(cache_slot));
    kh_buf_init(&lexemes->folded, TERM_SCRATCH);
    kh_buf_init(&lexemes->form, TERM_SCRATCH);
    kh_buf_init(&lexemes->term, TERM_SCRATCH);

    if (language->stemmer) {
        kh_status status = kh_stemmer_open(&lexemes->stemmer, language->stemmer, err);
        if (status != KH_OK)
            return status;
    }

    *out = KH_TAKE(lexemes);
    return KH_OK;
}

void kh_lexemes_free(kh_lexemes *lexemes)
{
    if (!lexemes)
        return;
    kh_stemmer_free(lexemes->stemmer);
    kh_arena_free(lexemes->arena);
    kh_free(lexemes->slots);
    kh_buf_release(&lexemes->folded);
    kh_buf_release(&lexemes->form);
    kh_buf_release(&lexemes->term);
    kh_free(lexemes);
}

uint32_t kh_lexemes_count(const kh_lexemes *lexemes)
{
    return lexemes->n;
}

void kh_lexemes_clear(kh_lexemes *lexemes)
{
    kh_arena_reset(lexemes->arena);
    memset(lexemes->slots, 0, lexemes->n_slots * sizeof(cache_slot));
    lexemes->n = 0;
}

void kh_lexemes_clear_notes(kh_lexemes *lexemes)
{
    for (size_t i = 0; i < lexemes->n_slots; i++)
        if (lexemes->slots[i].entry != NULL)
            memset(lexemes->slots[i].entry->notes, 0,
                   sizeof(lexemes->slots[i].entry->notes));
}

size_t kh_lexemes_bytes(const kh_lexemes *lexemes)
{
    return kh_arena_bytes(lexemes->arena) + lexemes->n_slots * sizeof(cache_slot);
}

static inline uint64_t load(const char *at, size_t bytes)
{
    uint64_t value = 0;
    memcpy(&value, at, bytes);
    return value;
}

static inline surface_key key_of(kh_str s, kh_reading reading)
{
    surface_key key;
    key.shape = (uint64_t)s.len * 4 + (uint64_t)reading;
    if (s.len >= 8) {
        key.first = load(s.ptr, 8);
        key.last = load(s.ptr + s.len - 8, 8);
    } else if (s.len >= 4) {
        key.first = load(s.ptr, 4);
        key.last = load(s.ptr + s.len - 4, 4);
    } else {
        const unsigned char *p = (const unsigned char *)s.ptr;
        key.first =
            (uint64_t)p[0] | (uint64_t)p[s.len / 2] << 8 | (uint64_t)p[s.len - 1] << 16;
        key.last = 0;
    }
    return key;
}

/* Multiply and shift, as in MurmurHash; of the table only, no part of any format. */
static inline uint64_t hash_of(surface_key key, kh_str s)
{
    uint64_t h = (key.first ^ key.shape * 0x9E3779B97F4A7C15u) * 0xFF51AFD7ED558CCDu;
    h = (h ^ h >> 32 ^ key.last) * 0xC4CEB9FE1A85EC53u;
    for (size_t at = 8; at + 8 < s.len; at += 8)
        h = (h ^ h >> 32 ^ load(s.ptr + at, 8)) * 0xFF51AFD7ED558CCDu;
    return h ^ h >> 29;
}

static inline bool is_key(const cache_slot *slot, surface_key key, kh_str s)
{
    return slot->key.shape == key.shape && slot->key.first == key.first &&
           slot->key.last == key.last &&
           (s.len <= SLOT_BYTES || memcmp(slot->entry->surface, s.ptr, s.len) == 0);
}

/* The slot of a surface: its own, or the empty one where it belongs. */
static inline cache_slot *find_slot(const kh_lexemes *lexemes, surface_key key,
                                    kh_str s)
{
    size_t mask = lexemes->n_slots - 1;
    size_t i = (size_t)hash_of(key, s) & mask;
    while (lexemes->slots[i].key.shape != 0 && !is_key(&lexemes->slots[i], key, s))
        i = (i + 1) & mask;
    return &lexemes->slots[i];
}

static void grow(kh_lexemes *lexemes)
{
    cache_slot *old = lexemes->slots;
    size_t n_old = lexemes->n_slots;
    lexemes->n_slots *= 2;
    lexemes->slots = kh_alloc(lexemes->n_slots * sizeof(cache_slot));
    for (size_t i = 0; i < n_old; i++)
        if (old[i].key.shape != 0)
            *find_slot(lexemes, old[i].key, old[i].entry->lexeme.surface) = old[i];
    kh_free(old);
}

/* Cut at the end of a code point and end in the hash of the whole. */
static void shorten(kh_buf *out, size_t from)
{
    if (out->len - from <= KH_TERM_MAX_BYTES)
        return;
    uint64_t hash = kh_hash(kh_str_make(out->ptr + from, out->len - from));
    size_t end = from + KH_TERM_MAX_BYTES - HASH_DIGITS;
    while (((unsigned char)out->ptr[end] & 0xC0) == 0x80)
        end--;
    out->len = end;
    kh_buf_printf(out, "%016llx", (unsigned long long)hash);
}

void kh_lexemes_term(kh_lexemes *lexemes, kh_buf *out, kh_str folded)
{
    size_t from = out->len;
    size_t at = 0;
    bool is_plain = folded.len == 0 || !lexemes->stemmer || kh_is_number(folded) ||
                    kh_is_character(kh_utf8_next(folded, &at));
    if (!is_plain) {
        kh_buf_add(out, kh_str_from(lexemes->language->code));
        kh_buf_add_char(out, ':');
        folded = kh_stem(lexemes->stemmer, folded);
    }
    size_t stem = out->len;
    kh_strip_accents(out, folded);
    if (out->len == stem)
        kh_buf_add(out, folded);
    shorten(out, from);
}

/* A copy in the arena, or an older text if that is the same. */
static kh_str keep(kh_lexemes *lexemes, kh_str text, kh_str older)
{
    return kh_str_equal(text, older) ? older : kh_arena_copy(lexemes->arena, text);
}

/* Make the entry of slot from the scratch buffers folded, form and term. */
static kh_entry *make_entry(kh_lexemes *lexemes, cache_slot *slot, surface_key key,
                            kh_str surface)
{
    kh_entry *entry = kh_arena_alloc(lexemes->arena, sizeof(*entry) + surface.len + 1);
    memcpy(entry->surface, surface.ptr, surface.len);

    kh_lexeme *lexeme = &entry->lexeme;
    lexeme->surface = kh_str_make(entry->surface, surface.len);
    lexeme->folded = keep(lexemes, kh_buf_str(&lexemes->folded), lexeme->surface);
    lexeme->form = keep(lexemes, kh_buf_str(&lexemes->form), lexeme->folded);
    lexeme->term = keep(lexemes, kh_buf_str(&lexemes->term), lexeme->form);
    lexeme->folded_hash = kh_hash(lexeme->folded);
    lexeme->form_hash = kh_hash(lexeme->form);
    lexeme->term_hash = kh_hash(lexeme->term);
    lexeme->number = lexemes->n++;
    lexeme->notes = entry->notes;

    slot->key = key;
    slot->entry = entry;
    if ((size_t)lexemes->n * 8 > lexemes->n_slots * 5)
        grow(lexemes);
    return entry;
}

/* Fold a surface into the scratch buffers folded and form; neither is left empty. */
static void fold_surface(kh_lexemes *lexemes, kh_str surface)
{
    kh_buf_reset(&lexemes->folded);
    kh_buf_reset(&lexemes->form);
    kh_buf_reset(&lexemes->term);
    kh_fold(&lexemes->folded, surface, lexemes->language);
    if (lexemes->folded.len == 0)
        kh_buf_add(&lexemes->folded, surface);
    kh_strip_accents(&lexemes->form, kh_buf_str(&lexemes->folded));
    if (lexemes->form.len == 0)
        kh_buf_add(&lexemes->form, kh_buf_str(&lexemes->folded));
}

static kh_entry *make_word(kh_lexemes *lexemes, cache_slot *slot, surface_key key,
                           kh_str surface, kh_word_kind kind, kh_reading reading)
{
    fold_surface(lexemes, surface);
    kh_str acronym = kh_acronym_term(kh_buf_str(&lexemes->form));
    bool has_dots = acronym.len > 0 && memchr(surface.ptr, '.', surface.len);
    if (has_dots || reading == KH_READ_ACRONYM)
        kh_buf_add(&lexemes->term, acronym);
    else if (kind != KH_WORD_CHARACTER)
        kh_lexemes_term(lexemes, &lexemes->term, kh_buf_str(&lexemes->folded));

    kh_entry *entry = make_entry(lexemes, slot, key, surface);
    entry->lexeme.kind = kind;
    entry->may_be_acronym = acronym.len > 0 && !has_dots && reading == KH_READ_WORD &&
                            kh_is_all_capitals(surface);
    return entry;
}

const kh_entry *kh_lexemes_word(kh_lexemes *lexemes, kh_str surface, kh_word_kind kind,
                                kh_reading reading)
{
    surface_key key = key_of(surface, reading);
    cache_slot *slot = find_slot(lexemes, key, surface);
    if (slot->key.shape != 0)
        return slot->entry;
    return make_word(lexemes, slot, key, surface, kind, reading);
}

const kh_entry *kh_lexemes_find_joined(const kh_lexemes *lexemes, kh_str surface)
{
    return find_slot(lexemes, key_of(surface, KH_READ_JOINED), surface)->entry;
}

const kh_entry *kh_lexemes_joined(kh_lexemes *lexemes, kh_str surface,
                                  const kh_lexeme *const *parts, size_t n_parts)
{
    surface_key key = key_of(surface, KH_READ_JOINED);
    cache_slot *slot = find_slot(lexemes, key, surface);
    if (slot->key.shape != 0)
        return slot->entry;

    kh_buf_reset(&lexemes->folded);
    kh_buf_reset(&lexemes->form);
    kh_buf_reset(&lexemes->term);
    for (size_t i = 0; i < n_parts; i++) {
        kh_buf_add(&lexemes->folded, parts[i]->folded);
        kh_buf_add(&lexemes->form, parts[i]->form);
    }
    kh_lexemes_term(lexemes, &lexemes->term, kh_buf_str(&lexemes->folded));

    kh_entry *entry = make_entry(lexemes, slot, key, surface);
    entry->lexeme.kind = parts[0]->kind;
    for (size_t i = 1; i < n_parts; i++)
        if (parts[i]->kind == KH_WORD_LETTERS)
            entry->lexeme.kind = KH_WORD_LETTERS;
    return entry;
}
