/* plan_compounds - hyphenated words that are a word of the query, too.
 *
 * The index holds a term for the whole of "e-mails", the record only its parts. So the
 * record is told which parts side by side are the word. The vocabulary knows them. */
#include "query/plan.h"

/* Hyphenated words of a word; the record looks for each part by part. */
#define COMPOUNDS_MAX 16u

/* Bytes from which forms that share a stem are looked up, and how many. */
#define STEM_PREFIX_MIN 4u
#define STEM_FORMS_MAX  1024u

void kh_plan_add_compound(kh_plan_maker *maker, kh_plan_word *word,
                          const kh_spelling *spelling)
{
    if (!spelling->is_compound || word->n_compounds == COMPOUNDS_MAX ||
        kh_plan_lists(word->compounds, word->n_compounds, spelling->folded))
        return;
    if (word->compounds == NULL)
        word->compounds = kh_arena_alloc(maker->arena, COMPOUNDS_MAX * sizeof(kh_str));
    word->compounds[word->n_compounds++] = spelling->folded;
}

/* What a form has in common with a stem, which may end otherwise. */
static kh_str stem_prefix(kh_str form, kh_str term)
{
    size_t colon = kh_str_find(term, KH_STR(":"), 0);
    kh_str stem = colon == SIZE_MAX ? term : kh_str_slice(term, colon + 1, term.len);
    size_t n = 0;
    while (n < stem.len && n < form.len && stem.ptr[n] == form.ptr[n])
        n++;
    return kh_str_slice(form, 0, n);
}

kh_status kh_plan_stem_compounds(kh_plan_maker *maker, kh_plan_word *word, kh_str form)
{
    kh_spelling *spellings = NULL;
    size_t n = 0;
    kh_status status = kh_index_spellings(&spellings, &n, maker->planner->index, form,
                                          maker->arena, maker->err);
    if (status != KH_OK)
        return status;
    for (size_t i = 0; i < n; i++)
        if (kh_plan_lists(word->variants, word->n_variants, spellings[i].term))
            kh_plan_add_compound(maker, word, &spellings[i]);

    kh_str prefix = { NULL, 0 };
    for (size_t i = 0; i < word->n_variants; i++) {
        kh_str mine = stem_prefix(form, word->variants[i]);
        if (mine.len > prefix.len)
            prefix = mine;
    }
    if (prefix.len < STEM_PREFIX_MIN)
        return KH_OK;
    size_t n_forms = 0;
    status = kh_index_prefix(&spellings, &n, &n_forms, maker->planner->index, prefix,
                             STEM_FORMS_MAX, maker->arena, maker->err);
    for (size_t i = 0; i < n && status == KH_OK; i++)
        if (kh_plan_lists(word->variants, word->n_variants, spellings[i].term))
            kh_plan_add_compound(maker, word, &spellings[i]);
    return status;
}

kh_status kh_plan_form_compounds(kh_plan_maker *maker, kh_plan_word *word)
{
    for (size_t f = 0; f < word->n_variants; f++) {
        kh_spelling *spellings = NULL;
        size_t n = 0;
        kh_status status =
            kh_index_spellings(&spellings, &n, maker->planner->index, word->variants[f],
                               maker->arena, maker->err);
        if (status != KH_OK)
            return status;
        for (size_t i = 0; i < n; i++)
            kh_plan_add_compound(maker, word, &spellings[i]);
    }
    return KH_OK;
}
