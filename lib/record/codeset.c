/* codeset - compile the atoms of a query for a language.
 *
 * Numbered words come from the buckets of the word list, where more stand than those
 * asked for: each candidate is analysed as a word of the language and compared. Words
 * too rare for a number have a code made of their term: it says that one may be there,
 * and its spelling is looked at when it matters (spelled.c). */
#include "codeset.h"

#include <assert.h>

#include "base/alloc.h"
#include "base/hash.h"
#include "text/fold.h"

#define FIRST_SLOTS 64

/* One atom being compiled. */
typedef struct compiling {
    kh_record_query *query;
    kh_codeset *set;
    kh_analyser *analyser;
    const kh_language *language;
    const kh_atom *atom;
    uint64_t bit;
    kh_atom_signs *signs;
    kh_buf folded; /* scratch */
    kh_buf form;
    kh_buf term;
} compiling;

static void grow(kh_codeset *set)
{
    kh_code_atoms *old = set->slots;
    size_t n_old = set->n_slots;
    set->n_slots *= 2;
    set->shift--;
    set->slots = kh_alloc(set->n_slots * sizeof(set->slots[0]));
    for (size_t i = 0; i < n_old; i++)
        if (old[i].code != 0)
            *(kh_code_atoms *)kh_codeset_find(set, old[i].code) = old[i];
    kh_free(old);
}

static kh_code_atoms *add_code(kh_codeset *set, uint32_t code)
{
    if (2 * (set->n + 1) > set->n_slots)
        grow(set);
    kh_code_atoms *slot = (kh_code_atoms *)kh_codeset_find(set, code);
    set->n += slot->code == 0;
    slot->code = code;
    return slot;
}

/* What a code of the atom at hand is in signs. */
static void note_sign(compiling *c, uint32_t hash)
{
    kh_atom_signs *signs = c->signs;
    for (uint32_t i = 0; i < signs->n; i++)
        if (signs->words[i].hash == hash)
            return;
    kh_sign_word word = kh_signs_word(&c->query->records->signs, hash);
    signs->is_told = signs->is_told && word.weight > 0 && signs->n < KH_ATOM_SIGNS_MAX;
    if (signs->is_told)
        signs->words[signs->n++] = word;
}

/* Compare a numbered word, or each character of one. */
static void compare(compiling *c, uint32_t code)
{
    kh_str word = kh_wordlist_word(&c->query->records->words, code);
    uint64_t units[2] = { 0, 0 };
    size_t n = 0;
    uint32_t hash = 0;
    for (size_t at = 0; n < 2 && at < word.len; n++) {
        kh_str unit = kh_unit_next(word, &at);
        if (unit.len > KH_WORD_MAX_BYTES)
            continue;
        const kh_lexeme *lexeme = kh_analyser_lexeme(c->analyser, unit);
        hash = kh_sign_hash(kh_rare_hash(lexeme));
        if (kh_atom_is(c->atom, lexeme))
            units[n] = c->bit;
    }
    if ((units[0] | units[1]) == 0)
        return;
    if (kh_begins_with_character(word))
        c->signs->is_told = false;
    else
        note_sign(c, hash);
    kh_code_atoms *slot = add_code(c->set, code);
    slot->first |= units[0];
    slot->second |= units[1];
    slot->is_pair = n > 1;
}

static void compare_bucket(compiling *c, kh_str key)
{
    uint32_t n;
    const unsigned char *codes =
        kh_wordlist_bucket(&c->query->records->words, kh_hash(key), &n);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t code = kh_keyed_code(codes, i);
        if (i == 0 || code != kh_keyed_code(codes, i - 1))
            compare(c, code);
    }
}

static void add_rare(compiling *c, kh_str term)
{
    add_code(c->set, kh_code_rare(kh_hash(term)))->first |= c->bit;
    note_sign(c, kh_sign_hash(kh_hash(term)));
}

/* The code of a rare word by its folded form, if its term is none of an acronym. */
static void add_rare_folded(compiling *c, kh_str folded)
{
    kh_buf_reset(&c->term);
    kh_term_of(c->analyser, &c->term, folded);
    add_rare(c, kh_buf_str(&c->term));
}

/* Whether a term may stand in articles of another language only: "de:..." in English.
 */
static bool is_foreign(const compiling *c, kh_str term)
{
    const char *colon = memchr(term.ptr, ':', term.len);
    if (colon == NULL || colon == term.ptr)
        return false;
    kh_str code = kh_str_make(term.ptr, (size_t)(colon - term.ptr));
    return !kh_str_equal(code, kh_str_from(c->language->code));
}

/* An acronym in capitals stands in the list, and has its rare code, as the common word
 * of its letters. */
static void compile_term(compiling *c, kh_str term)
{
    if (is_foreign(c, term))
        return;
    compare_bucket(c, term);
    add_rare(c, term);
    if (!kh_is_acronym_term(term))
        return;
    kh_str form;
    for (size_t i = 0; (form = kh_acronym_form(term, i)).len > 0; i++) {
        compare_bucket(c, form);
        add_rare_folded(c, form);
    }
}

/* Folded form and form of a variant that is told by how it is written. */
static void fold_variant(compiling *c, kh_str variant)
{
    kh_buf_reset(&c->folded);
    kh_buf_reset(&c->form);
    if (c->atom->kind == KH_RECORD_SURFACE)
        kh_fold(&c->folded, variant, c->language);
    if (c->folded.len == 0)
        kh_buf_add(&c->folded, variant);
    if (c->atom->kind != KH_RECORD_FORM)
        kh_fold_form(&c->form, kh_buf_str(&c->folded), c->language);
    else
        kh_buf_add(&c->form, kh_buf_str(&c->folded));
}

static void compile_spelling(compiling *c, kh_str variant)
{
    fold_variant(c, variant);
    kh_str form = kh_buf_str(&c->form);
    compare_bucket(c, form);
    if (kh_begins_with_character(variant)) {
        add_rare(c, form);
        return;
    }
    add_rare_folded(c, kh_buf_str(&c->folded));
    if (kh_acronym_term(form).len > 0)
        add_rare(c, kh_acronym_term(form));
}

static void compile_atom(compiling *c)
{
    const kh_atom *atom = c->atom;
    for (size_t i = 0; i < atom->n_variants; i++) {
        if (atom->kind == KH_RECORD_TERM)
            compile_term(c, atom->variants[i]);
        else
            compile_spelling(c, atom->variants[i]);
    }
    for (size_t i = 0; i < atom->n_terms && atom->kind != KH_RECORD_TERM; i++)
        if (!is_foreign(c, atom->terms[i]))
            add_rare(c, atom->terms[i]);
    if (atom->folded.len > 0)
        add_rare_folded(c, atom->folded);
}

/* Numbers go by how common words are, about as one through the number. */
static void finish(kh_codeset *set)
{
    uint32_t *codes = kh_alloc((set->n + KH_CODE_WORDS) * sizeof(codes[0]));
    size_t n = 0;
    for (uint32_t mark = 0; mark < KH_CODE_WORDS; mark++)
        codes[n++] = mark;
    for (size_t i = 0; i < set->n_slots; i++) {
        const kh_code_atoms *slot = &set->slots[i];
        if (slot->code == 0)
            continue;
        codes[n++] = slot->code;
        for (uint64_t atoms = slot->first | slot->second; atoms; atoms &= atoms - 1)
            set->weights[__builtin_ctzll(atoms)] += 1.0 / slot->code;
    }
    kh_finder_init(&set->all);
    kh_finder_add(&set->all, codes, n);
    kh_free(codes);
}

kh_status kh_codeset_of(kh_codeset **out, kh_record_query *query,
                        const kh_language *language, kh_error *err)
{
    size_t number = kh_language_number(language);
    assert(number < query->n_sets);
    if (query->sets[number] != NULL) {
        *out = query->sets[number];
        return KH_OK;
    }
    compiling c = { .query = query, .language = language };
    kh_status status = kh_records_analyser(&c.analyser, query->records, language, err);
    if (status != KH_OK)
        return status;

    c.set = kh_alloc(sizeof(*c.set));
    c.set->n_slots = FIRST_SLOTS;
    c.set->shift = 32 - (unsigned)__builtin_ctz(FIRST_SLOTS);
    c.set->slots = kh_alloc(FIRST_SLOTS * sizeof(c.set->slots[0]));
    kh_buf_init(&c.folded, KH_BUF_MAX);
    kh_buf_init(&c.form, KH_BUF_MAX);
    kh_buf_init(&c.term, KH_BUF_MAX);
    for (size_t i = 0; i < query->n_atoms; i++) {
        c.atom = &query->atoms[i];
        c.bit = UINT64_C(1) << i;
        c.signs = &c.set->signs[i];
        c.signs->is_told = query->records->signs.n > 0;
        compile_atom(&c);
    }
    kh_buf_release(&c.folded);
    kh_buf_release(&c.form);
    kh_buf_release(&c.term);
    finish(c.set);
    status = kh_wordlist_status(&query->records->words, query->records->folder, err);
    if (status != KH_OK) {
        kh_codeset_free(c.set);
        return status;
    }
    query->sets[number] = c.set;
    *out = c.set;
    return KH_OK;
}

void kh_codeset_free(kh_codeset *set)
{
    if (!set)
        return;
    for (size_t i = 0; i < KH_ATOMS_MAX; i++)
        kh_free(set->finders[i]);
    kh_free(set->slots);
    kh_free(set);
}

const kh_atom_finder *kh_codeset_finder(kh_codeset *set, unsigned atom)
{
    if (set->finders[atom] != NULL)
        return set->finders[atom];
    kh_atom_finder *made = kh_alloc(sizeof(*made));
    kh_finder_init(&made->finder);
    kh_follower_init(&made->first);
    uint32_t *codes = kh_alloc((set->n + 1) * sizeof(codes[0]));
    size_t n = 0;
    for (size_t i = 0; i < set->n_slots; i++) {
        const kh_code_atoms *slot = &set->slots[i];
        if (slot->code == 0 || ((slot->first | slot->second) >> atom & 1u) == 0)
            continue;
        codes[n++] = slot->code;
        kh_follower_add(&made->first, slot->code);
    }
    kh_finder_add(&made->finder, codes, n);
    kh_free(codes);
    set->finders[atom] = made;
    return made;
}
