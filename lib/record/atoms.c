/* atoms - from the words of a query to atoms and sequences of them. */
#include "query.h"

#include "base/alloc.h"
#include "text/fold.h"
#include "unit.h"

/* Whether a text is several units side by side. */
static bool is_run(kh_str text)
{
    size_t at = 0;
    if (!kh_begins_with_character(text))
        return false;
    (void)kh_unit_next(text, &at);
    return at < text.len;
}

static kh_str *copy_texts(kh_record_query *query, const kh_str *texts, size_t n)
{
    kh_str *copies = kh_arena_alloc(query->arena, (n + 1) * sizeof(*copies));
    for (size_t i = 0; i < n; i++)
        copies[i] = kh_arena_copy(query->arena, texts[i]);
    return copies;
}

static bool are_equal(const kh_str *a, size_t n_a, const kh_str *b, size_t n_b)
{
    if (n_a != n_b)
        return false;
    for (size_t i = 0; i < n_a; i++)
        if (!kh_str_equal(a[i], b[i]))
            return false;
    return true;
}

/* An atom for a unit; one that is there, if it is the same. KH_NO_ATOM if there are too
 * many. An atom without terms may be one with terms: these only find more rare words.
 */
static uint8_t add_atom(kh_record_query *query, const kh_atom *atom)
{
    for (size_t i = 0; i < query->n_atoms; i++) {
        const kh_atom *other = &query->atoms[i];
        if (other->kind == atom->kind &&
            are_equal(other->variants, other->n_variants, atom->variants,
                      atom->n_variants) &&
            (atom->n_terms == 0 ||
             are_equal(other->terms, other->n_terms, atom->terms, atom->n_terms)) &&
            (atom->folded.len == 0 || kh_str_equal(atom->folded, atom->variants[0]) ||
             kh_str_equal(atom->folded, other->folded)))
            return (uint8_t)i;
    }
    if (query->n_atoms == KH_ATOMS_MAX)
        return KH_NO_ATOM;
    query->atoms[query->n_atoms] =
        (kh_atom){ .kind = atom->kind,
                   .variants = copy_texts(query, atom->variants, atom->n_variants),
                   .n_variants = atom->n_variants,
                   .terms = copy_texts(query, atom->terms, atom->n_terms),
                   .n_terms = atom->n_terms,
                   .folded = kh_arena_copy(query->arena, atom->folded) };
    return (uint8_t)query->n_atoms++;
}

static size_t count_runs(const kh_record_word *word)
{
    size_t n = 0;
    for (size_t i = 0; i < word->n_variants; i++)
        n += is_run(word->variants[i]);
    return n;
}

/* The atom of all variants that are one unit. Of too many runs their first units are
 * taken for them: a character that the query asks for as any pair that begins with it.
 */
static void add_single(kh_record_query *query, const kh_record_word *word,
                       uint8_t number, bool takes_runs)
{
    kh_str *variants =
        kh_arena_alloc(query->arena, (word->n_variants + 1) * sizeof(*variants));
    size_t n = 0;
    for (size_t i = 0; i < word->n_variants; i++) {
        kh_str variant = word->variants[i];
        size_t at = 0;
        if (variant.len == 0 || (is_run(variant) && !takes_runs))
            continue;
        if (is_run(variant))
            variant = kh_unit_next(variant, &at);
        if (n == 0 || !kh_str_equal(variants[n - 1], variant))
            variants[n++] = variant;
    }
    if (n == 0)
        return;
    kh_atom atom = { .kind = word->kind,
                     .variants = variants,
                     .n_variants = n,
                     .terms = word->terms,
                     .n_terms = word->n_terms };
    uint8_t added = add_atom(query, &atom);
    if (added == KH_NO_ATOM)
        return;
    query->words_of[added] |= 1u << number;
    query->single[number] |= UINT64_C(1) << added;
}

/* Units side by side as a sequence of a word; false if there are too many atoms.
 * folded: of parts of a compound. */
static bool add_sequence(kh_record_query *query, uint8_t number,
                         kh_record_word_kind kind, const kh_str *units,
                         const kh_str *folded, size_t n)
{
    kh_sequence sequence = { .n = (uint8_t)n, .word = number };
    for (size_t i = 0; i < n; i++) {
        kh_atom atom = { .kind = kind, .variants = &units[i], .n_variants = 1 };
        if (folded != NULL)
            atom.folded = folded[i];
        sequence.atoms[i] = add_atom(query, &atom);
        if (sequence.atoms[i] == KH_NO_ATOM)
            return false;
    }
    query->sequences[query->n_sequences++] = sequence;
    query->starts |= UINT64_C(1) << (sequence.atoms[0] % KH_ATOMS_MAX);
    query->is_sequence |= 1u << number;
    return true;
}

/* False if there were too many atoms for a run, or too many units. */
static bool add_runs(kh_record_query *query, const kh_record_word *word, uint8_t number)
{
    bool has_all = true;
    for (size_t i = 0; i < word->n_variants; i++) {
        kh_str units[KH_SEQUENCE_MAX];
        size_t n = 0;
        if (!is_run(word->variants[i]))
            continue;
        size_t at = 0;
        while (at < word->variants[i].len && n < KH_SEQUENCE_MAX)
            units[n++] = kh_unit_next(word->variants[i], &at);
        if (at < word->variants[i].len ||
            !add_sequence(query, number, word->kind, units, NULL, n))
            has_all = false;
    }
    return has_all;
}

/* The parts of a compound as they are compared: by form, or with accents where the
 * word is exact. How they are written does not count. */
static void add_compound(kh_record_query *query, const kh_record_word *word,
                         uint8_t number, kh_str compound)
{
    bool is_exact = word->kind == KH_RECORD_FOLDED || word->kind == KH_RECORD_SURFACE;
    kh_str units[KH_SEQUENCE_MAX];
    kh_str folded[KH_SEQUENCE_MAX];
    size_t n = 0;
    KH_AUTO_BUF form;
    kh_buf_init(&form, KH_BUF_MAX);
    for (size_t from = 0; from < compound.len && n < KH_SEQUENCE_MAX;) {
        size_t hyphen = kh_str_find(compound, KH_STR("-"), from);
        size_t end = hyphen == SIZE_MAX ? compound.len : hyphen;
        kh_str part = kh_str_make(compound.ptr + from, end - from);
        from = end + 1;
        if (part.len == 0)
            continue;
        kh_buf_reset(&form);
        kh_strip_accents(&form, part);
        folded[n] = part;
        units[n++] = is_exact || form.len == 0
                         ? part
                         : kh_arena_copy(query->arena, kh_buf_str(&form));
    }
    kh_record_word_kind kind = is_exact ? KH_RECORD_FOLDED : KH_RECORD_FORM;
    if (n > 1)
        (void)add_sequence(query, number, kind, units, folded, n);
}

/* First what words are alone, of which there are fewer than atoms; then runs of
 * characters; then compounds, which are left out if there is no room for them. */
void kh_atoms_make(kh_record_query *query, const kh_record_word *words, size_t n)
{
    size_t n_sequences = 0;
    for (size_t i = 0; i < n; i++)
        n_sequences += words[i].n_variants + words[i].n_compounds;
    query->sequences =
        kh_arena_alloc(query->arena, (n_sequences + 1) * sizeof(kh_sequence));

    bool is_short[KH_RECORD_WORDS_MAX] = { false }; /* by its first units */
    for (size_t i = 0; i < n; i++) {
        is_short[i] = count_runs(&words[i]) > KH_WORD_RUNS_MAX;
        add_single(query, &words[i], (uint8_t)i, is_short[i]);
    }
    for (size_t i = 0; i < n; i++)
        if (!is_short[i] && !add_runs(query, &words[i], (uint8_t)i))
            add_single(query, &words[i], (uint8_t)i, true);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < words[i].n_compounds; k++)
            add_compound(query, &words[i], (uint8_t)i, words[i].compounds[k]);
}

/* A surface is the variant but for its bytes: composed or not, an apostrophe curly. */
static bool is_surface(kh_str surface, kh_str variant)
{
    if (kh_str_equal(surface, variant))
        return true;
    KH_AUTO_BUF written;
    kh_buf_init(&written, KH_BUF_MAX);
    kh_fold_written(&written, surface);
    return kh_str_equal(kh_buf_str(&written), variant);
}

static bool is_variant(kh_record_word_kind kind, const kh_lexeme *lexeme,
                       kh_str variant)
{
    switch (kind) {
    case KH_RECORD_TERM:
        return kh_lexeme_has_term(lexeme, variant);
    case KH_RECORD_FORM:
        return kh_str_equal(lexeme->form, variant);
    case KH_RECORD_FOLDED:
        return kh_str_equal(lexeme->folded, variant);
    case KH_RECORD_SURFACE:
        return is_surface(lexeme->surface, variant);
    }
    return false;
}

bool kh_atom_is(const kh_atom *atom, const kh_lexeme *lexeme)
{
    for (size_t i = 0; i < atom->n_variants; i++)
        if (is_variant(atom->kind, lexeme, atom->variants[i]))
            return true;
    return false;
}
