/* plan_compounds - hyphenated words that are a word of the query, too.
 *
 * The index holds a term for the whole of "e-mails", the record only its parts. So the
 * record is told which parts side by side are the word. The vocabulary knows them. */
#include "query/plan.h"

#include <stdlib.h>

/* Hyphenated words of a word; the record looks for each part by part, and has room for
 * so many parts of all words. */
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

static int by_documents(const void *a, const void *b)
{
    const kh_spelling *left = *(const kh_spelling *const *)a;
    const kh_spelling *right = *(const kh_spelling *const *)b;
    if (left->n_documents != right->n_documents)
        return left->n_documents > right->n_documents ? -1 : 1;
    return kh_str_compare(left->folded, right->folded);
}

void kh_plan_prefix_compounds(kh_plan_maker *maker, kh_plan_word *word,
                              const kh_spelling *spellings, size_t n)
{
    const kh_spelling **compounds =
        kh_arena_alloc(maker->arena, (n + 1) * sizeof(compounds[0]));
    size_t n_compounds = 0;
    for (size_t i = 0; i < n; i++)
        if (spellings[i].is_compound)
            compounds[n_compounds++] = &spellings[i];
    qsort(compounds, n_compounds, sizeof(compounds[0]), by_documents);
    bool has_more = false;
    for (size_t i = 0; i < n_compounds; i++) {
        kh_plan_add_compound(maker, word, compounds[i]);
        has_more |=
            !kh_plan_lists(word->compounds, word->n_compounds, compounds[i]->folded);
    }
    if (has_more)
        kh_plan_note(maker,
                     "'%" KH_FMT "*' begins more than %u hyphenated words: those in "
                     "most articles are used",
                     KH_ARG(word->label), COMPOUNDS_MAX);
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

/* 11-20: what is written 1120 is another number. */
static bool is_of_digits(kh_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] != '-' && (text.ptr[i] < '0' || text.ptr[i] > '9'))
            return false;
    return true;
}

kh_status kh_plan_parts(kh_plan_maker *maker, kh_plan_list *out,
                        const kh_spelling *spellings, size_t n)
{
    const kh_spelling *compound = NULL;
    uint64_t n_plain = 0;
    for (size_t i = 0; i < n; i++) {
        if (!spellings[i].is_compound)
            n_plain += spellings[i].n_documents;
        else if (!is_of_digits(spellings[i].folded) &&
                 (compound == NULL || spellings[i].n_documents > compound->n_documents))
            compound = &spellings[i];
    }
    if (compound == NULL || compound->n_documents <= n_plain)
        return KH_OK;
    kh_plan_node *phrase = NULL;
    kh_plan_phrase_request request = { .texts = &compound->folded,
                                       .is_quoted = (const bool[]){ true },
                                       .n_texts = 1,
                                       .field = KH_N_FIELDS };
    kh_status status = kh_plan_phrase(maker, &phrase, &request);
    if (status == KH_OK && phrase != NULL) {
        phrase->may_is_free = true; /* stands for the whole: see plan.c */
        kh_plan_push(maker, out, phrase);
    }
    return status;
}
