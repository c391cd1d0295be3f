/* lexeme - every surface form seen, and what becomes of it. */
#include "lexeme_cache.h"

#include "base/alloc.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "text/fold.h"

#include "acronym.h"
#include "fold_internal.h"
#include "stem.h"

#define FIRST_SLOTS  256 /* a query opens an analyser a language, for a word or two */
#define AHEAD        16  /* slots whose entries are fetched before they move */
#define HASH_DIGITS  16
#define TERM_SCRATCH ((size_t)1 << 20)

kh_status kh_lexemes_open(kh_lexemes **out, const kh_language *language, kh_error *err)
{
    KH_AUTO(kh_lexemes_free) kh_lexemes *lexemes = kh_alloc(sizeof(*lexemes));
    lexemes->language = language;
    lexemes->arena = kh_arena_open();
    lexemes->n_slots = FIRST_SLOTS;
    lexemes->slots = kh_alloc(FIRST_SLOTS * sizeof(kh_cache_slot));
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
    kh_free(lexemes->chunks);
    kh_buf_release(&lexemes->folded);
    kh_buf_release(&lexemes->form);
    kh_buf_release(&lexemes->term);
    kh_free(lexemes);
}

uint32_t kh_lexemes_count(const kh_lexemes *lexemes)
{
    return lexemes->n;
}

/* All memory goes back: what was large in one stretch of articles, languages above all,
 * may be small in the next. */
void kh_lexemes_clear(kh_lexemes *lexemes)
{
    kh_arena_free(lexemes->arena);
    lexemes->arena = kh_arena_open();
    kh_free(lexemes->slots);
    lexemes->n_slots = FIRST_SLOTS;
    lexemes->slots = kh_alloc(FIRST_SLOTS * sizeof(kh_cache_slot));
    lexemes->n = 0;
}

void kh_lexemes_clear_notes(kh_lexemes *lexemes)
{
    for (uint32_t i = 0; i < lexemes->n; i++) {
        kh_entry *entry = kh_entry_at(lexemes, i);
        memset(entry->notes, 0, sizeof(entry->notes));
    }
}

size_t kh_lexemes_bytes(const kh_lexemes *lexemes)
{
    return kh_arena_bytes(lexemes->arena) + lexemes->n_slots * sizeof(kh_cache_slot);
}

static void put_slot(kh_lexemes *lexemes, kh_surface_key key, kh_str surface,
                     uint32_t number)
{
    uint64_t hash = kh_surface_hash(key, surface);
    size_t mask = lexemes->n_slots - 1;
    size_t i = (size_t)hash & mask;
    while (lexemes->slots[i].count != 0)
        i = (i + 1) & mask;
    lexemes->slots[i] = (kh_cache_slot){ kh_slot_tag(key.shape, hash), number + 1 };
}

static void grow(kh_lexemes *lexemes)
{
    kh_cache_slot *old = lexemes->slots;
    size_t n_old = lexemes->n_slots;
    lexemes->n_slots *= 2;
    lexemes->slots = kh_alloc(lexemes->n_slots * sizeof(kh_cache_slot));
    for (size_t i = 0; i < n_old; i++) {
        if (i + AHEAD < n_old && old[i + AHEAD].count != 0)
            __builtin_prefetch(kh_entry_at(lexemes, old[i + AHEAD].count - 1));
        if (old[i].count == 0)
            continue;
        const kh_entry *entry = kh_entry_at(lexemes, old[i].count - 1);
        kh_str surface = entry->lexeme.surface;
        uint32_t reading = old[i].tag & 3u;
        kh_surface_key key = { entry->first, entry->second,
                               (uint32_t)surface.len * 4 + reading };
        put_slot(lexemes, key, surface, old[i].count - 1);
    }
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
    folded = kh_without_suffix(folded, lexemes->language);
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

/* Room for another chunk, at the beginning of a line of the processor's cache. It is
 * not zeroed: of the first one a query uses few entries. */
static kh_entry *new_chunk(kh_lexemes *lexemes)
{
    size_t bytes = KH_CHUNK_ENTRIES * sizeof(kh_entry);
    char *memory = kh_arena_room(lexemes->arena, bytes + KH_ENTRY_ALIGNMENT - 1);
    size_t beyond = (size_t)((uintptr_t)memory % KH_ENTRY_ALIGNMENT);
    size_t before = beyond > 0 ? KH_ENTRY_ALIGNMENT - beyond : 0;
    return (kh_entry *)(void *)(memory + before);
}

static kh_entry *new_entry(kh_lexemes *lexemes)
{
    uint32_t number = lexemes->n++;
    if (number % KH_CHUNK_ENTRIES == 0) {
        size_t n = number / KH_CHUNK_ENTRIES;
        lexemes->chunks =
            kh_grow(lexemes->chunks, n, &lexemes->chunks_capacity, sizeof(kh_entry *));
        lexemes->chunks[n] = new_chunk(lexemes);
    }
    kh_entry *entry = kh_entry_at(lexemes, number);
    memset(entry, 0, sizeof(*entry));
    entry->lexeme.number = number;
    return entry;
}

/* Make an entry from the scratch buffers folded, form and term. */
static kh_entry *make_entry(kh_lexemes *lexemes, kh_surface_key key, kh_str surface)
{
    kh_entry *entry = new_entry(lexemes);
    entry->first = key.first;
    entry->second = key.second;

    kh_lexeme *lexeme = &entry->lexeme;
    lexeme->surface = kh_arena_copy(lexemes->arena, surface);
    lexeme->folded = keep(lexemes, kh_buf_str(&lexemes->folded), lexeme->surface);
    lexeme->form = keep(lexemes, kh_buf_str(&lexemes->form), lexeme->folded);
    lexeme->term = keep(lexemes, kh_buf_str(&lexemes->term), lexeme->form);
    lexeme->notes = entry->notes;

    if ((size_t)lexemes->n * 8 > lexemes->n_slots * 5)
        grow(lexemes);
    put_slot(lexemes, key, lexeme->surface, lexeme->number);
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
    kh_fold_form(&lexemes->form, kh_buf_str(&lexemes->folded), lexemes->language);
}

const kh_entry *kh_lexemes_make(kh_lexemes *lexemes, kh_str surface, kh_word_kind kind,
                                kh_reading reading)
{
    fold_surface(lexemes, surface);
    kh_str acronym = kh_acronym_term(kh_buf_str(&lexemes->form));
    bool has_dots = acronym.len > 0 && memchr(surface.ptr, '.', surface.len);
    if (has_dots || reading == KH_READ_ACRONYM)
        kh_buf_add(&lexemes->term, acronym);
    else if (kind != KH_WORD_CHARACTER)
        kh_lexemes_term(lexemes, &lexemes->term, kh_buf_str(&lexemes->folded));

    kh_surface_key key = kh_surface_key_of(surface, surface.len, reading);
    kh_entry *entry = make_entry(lexemes, key, surface);
    entry->lexeme.kind = (uint8_t)kind;
    entry->lexeme.may_be_acronym = acronym.len > 0 && !has_dots &&
                                   reading == KH_READ_WORD &&
                                   kh_is_all_capitals(surface);
    return entry;
}

const kh_lexeme *kh_lexemes_find_word(const kh_lexemes *lexemes, kh_str surface,
                                      kh_reading reading)
{
    kh_surface_key key = kh_surface_key_of(surface, surface.len, reading);
    const kh_entry *entry =
        kh_lexemes_find(lexemes, key, kh_surface_hash(key, surface), surface);
    return entry != NULL ? &entry->lexeme : NULL;
}

const kh_lexeme *kh_lexemes_word(kh_lexemes *lexemes, kh_str surface, kh_word_kind kind,
                                 kh_reading reading)
{
    const kh_lexeme *found = kh_lexemes_find_word(lexemes, surface, reading);
    return found != NULL ? found
                         : &kh_lexemes_make(lexemes, surface, kind, reading)->lexeme;
}

const kh_lexeme *kh_lexemes_find_joined(const kh_lexemes *lexemes, kh_str surface)
{
    kh_surface_key key = kh_surface_key_of(surface, surface.len, KH_READ_JOINED);
    const kh_entry *entry =
        kh_lexemes_find(lexemes, key, kh_surface_hash(key, surface), surface);
    return entry != NULL ? &entry->lexeme : NULL;
}

const kh_lexeme *kh_lexemes_joined(kh_lexemes *lexemes, kh_str surface,
                                   const kh_lexeme *const *parts, size_t n_parts)
{
    kh_surface_key key = kh_surface_key_of(surface, surface.len, KH_READ_JOINED);
    const kh_entry *found =
        kh_lexemes_find(lexemes, key, kh_surface_hash(key, surface), surface);
    if (found != NULL)
        return &found->lexeme;

    kh_buf_reset(&lexemes->folded);
    kh_buf_reset(&lexemes->form);
    kh_buf_reset(&lexemes->term);
    for (size_t i = 0; i < n_parts; i++) {
        kh_buf_add(&lexemes->folded,
                   kh_without_suffix(parts[i]->folded, lexemes->language));
        kh_buf_add(&lexemes->form, parts[i]->form);
    }
    kh_lexemes_term(lexemes, &lexemes->term, kh_buf_str(&lexemes->folded));

    kh_lexeme *lexeme = &make_entry(lexemes, key, surface)->lexeme;
    lexeme->kind = parts[0]->kind;
    for (size_t i = 1; i < n_parts; i++)
        if (parts[i]->kind == KH_WORD_LETTERS)
            lexeme->kind = KH_WORD_LETTERS;
    return lexeme;
}
