/* plan_words - from a word as typed to the terms that the index has for it.
 *
 * The text is analysed by every language of the index at once: the words are the same,
 * their folds and stems are not. Which of the terms count, the vocabulary says: if it
 * knows the form, those of the languages in which the form occurs ("texas" asks for no
 * Spanish stem on an archive whose Spanish articles never say it), else all. A stem
 * that is rare in its language counts always: so few articles need not have every form.
 */
#include "query/plan_reading.h"

#include <math.h>

#include "base/utf8.h"
#include "text/fold.h"

bool kh_plan_lists(const kh_str *list, size_t n, kh_str text)
{
    for (size_t i = 0; i < n; i++)
        if (kh_str_equal(list[i], text))
            return true;
    return false;
}

/* Add a term that some documents have, but not more than `most`. */
static kh_status add_rare_term(kh_plan_maker *maker, kh_plan_terms *out, kh_str term,
                               uint32_t most)
{
    kh_database *database = kh_index_database(maker->planner->index);
    if (term.len == 0 || database == NULL || kh_plan_lists(out->terms, out->n, term))
        return KH_OK;
    kh_term_frequency stats;
    kh_status status = kh_database_frequency(&stats, database, term, maker->err);
    if (status != KH_OK || stats.n_documents == 0 || stats.n_documents > most)
        return status;
    out->terms =
        kh_arena_grow(maker->arena, out->terms, out->n, &out->capacity, sizeof(kh_str));
    out->terms[out->n++] = term;
    return KH_OK;
}

static kh_status add_term(kh_plan_maker *maker, kh_plan_terms *out, kh_str term)
{
    return add_rare_term(maker, out, term, UINT32_MAX);
}

static bool occurs_in(const kh_spelling *spellings, size_t n, const char *code)
{
    for (size_t i = 0; i < n; i++)
        if (kh_str_equal(spellings[i].lang, kh_str_from(code)))
            return true;
    return false;
}

/* Articles with a stem that tell little about the forms they lack: docs/decisions.md.
 */
#define FEW_DOCUMENTS 32u

/* Terms of a word by its stems, and of every spelling that the vocabulary joins with
 * it. */
static kh_status stem_terms(kh_plan_maker *maker, kh_plan_terms *out,
                            const kh_reading *r, const kh_spelling *spellings, size_t n)
{
    kh_status status = KH_OK;
    for (size_t i = 0; i < n && status == KH_OK; i++)
        if (!kh_is_acronym_term(spellings[i].term)) /* acronym_terms() decides those */
            status = add_term(maker, out, spellings[i].term);
    bool is_number = r->word_kind == KH_WORD_NUMBER;
    for (size_t l = 0; l <= maker->planner->n_languages && status == KH_OK; l++) {
        const char *code = l == 0 ? "" : maker->planner->languages[l - 1]->code;
        bool is_other_form = !kh_str_equal(r->forms[l], r->form);
        bool occurs =
            n == 0 || is_number || is_other_form || occurs_in(spellings, n, code);
        status =
            add_rare_term(maker, out, r->terms[l], occurs ? UINT32_MAX : FEW_DOCUMENTS);
    }
    return status;
}

/* US typed in capitals is the country, "us" is both: docs/analysis.md, section 6. */
static kh_status acronym_terms(kh_plan_maker *maker, kh_plan_terms *out,
                               const kh_reading *r)
{
    kh_str term = kh_acronym_term(r->form);
    if (term.len == 0)
        return KH_OK;
    if (kh_is_typed_as_acronym(r->surface))
        out->n = 0;
    else if (!kh_acronym_joins_word(r->form))
        return KH_OK;
    return add_term(maker, out, term);
}

static kh_status spellings_of(kh_plan_maker *maker, kh_spelling **out, size_t *n,
                              kh_str form)
{
    *out = NULL;
    *n = 0;
    if (form.len == 0)
        return KH_OK;
    return kh_index_spellings(out, n, maker->planner->index, form, maker->arena,
                              maker->err);
}

/* Passages are what is ranked in the second stage; a passage is about this many words.
 */
#define PASSAGE_WORDS 100.0

static kh_status weigh(kh_plan_maker *maker, kh_plan_word *word,
                       const kh_plan_terms *terms)
{
    const kh_database_stats *all = &maker->planner->stats;
    double occurrences = 0;
    for (size_t i = 0; i < terms->n; i++) {
        kh_term_frequency stats;
        kh_status status =
            kh_database_frequency(&stats, kh_index_database(maker->planner->index),
                                  terms->terms[i], maker->err);
        if (status != KH_OK)
            return status;
        occurrences += (double)stats.n_occurrences;
        word->n_documents += stats.n_documents;
    }
    if (word->n_documents > all->n_documents)
        word->n_documents = all->n_documents;
    double passages = (double)all->total_length / PASSAGE_WORDS;
    if (passages < all->n_documents)
        passages = all->n_documents;
    double n = occurrences < passages ? occurrences : passages;
    word->weight = log(1.0 + (passages - n + 0.5) / (n + 0.5));
    return KH_OK;
}

static bool is_same_word(const kh_plan_word *a, const kh_plan_word *b)
{
    if (a->kind != b->kind || a->n_variants != b->n_variants)
        return false;
    for (size_t i = 0; i < a->n_variants; i++)
        if (!kh_str_equal(a->variants[i], b->variants[i]))
            return false;
    return true;
}

/* The number of a word in the plan, made if it is new; -1 if the plan is full. */
static kh_status word_number(kh_plan_maker *maker, int *out, kh_plan_word word,
                             const kh_plan_terms *terms)
{
    kh_plan *plan = maker->plan;
    word.is_scored = maker->depth_of_not == 0;
    for (size_t i = 0; i < plan->n_words; i++) {
        if (is_same_word(&plan->words[i], &word)) {
            plan->words[i].is_scored |= word.is_scored;
            *out = (int)i;
            return KH_OK;
        }
    }
    *out = -1;
    if (plan->n_words == KH_RECORD_WORDS_MAX)
        return KH_OK;
    kh_status status = weigh(maker, &word, terms);
    if (status != KH_OK)
        return status;
    *out = (int)plan->n_words;
    plan->words[plan->n_words++] = word;
    return KH_OK;
}

/* A leaf that the engine alone decides. */
static kh_status word_node(kh_plan_maker *maker, kh_plan_node **out,
                           const kh_reading *r, kh_plan_terms *terms)
{
    bool is_lone = r->word_kind == KH_WORD_CHARACTER && r->kind == KH_TOKEN_WORD;
    kh_plan_node *node = kh_plan_node_make(maker, KH_PLAN_WORD, KH_N_FIELDS);
    node->terms = terms;
    node->n_terms = 1;
    node->words = kh_arena_alloc(maker->arena, 1);
    *out = node;
    if (terms->n == 0)
        return KH_OK;
    kh_plan_word word = { .label = r->surface,
                          .kind = KH_RECORD_TERM,
                          .variants = terms->terms,
                          .n_variants = terms->n };
    kh_status status = KH_OK;
    if (is_lone) { /* every place of the character, whatever pairs it is in */
        word.kind = KH_RECORD_FORM;
        word.variants = kh_arena_alloc(maker->arena, sizeof(kh_str));
        word.variants[0] = r->form;
        word.n_variants = 1;
    } else if (r->word_kind != KH_WORD_CHARACTER) {
        status = kh_plan_stem_compounds(maker, &word, r->form);
    }
    int number = -1;
    if (status == KH_OK)
        status = word_number(maker, &number, word, terms);
    if (status == KH_OK && number >= 0) {
        node->words[0] = (uint8_t)number;
        node->n_words = 1;
    }
    return status;
}

/* Terms that begin with a character: itself at the end of a run, or any pair. */
static kh_status character_terms(kh_plan_maker *maker, kh_plan_terms *out,
                                 kh_str character)
{
    kh_database *database = kh_index_database(maker->planner->index);
    if (database == NULL)
        return KH_OK;
    KH_AUTO(kh_term_cursor_free) kh_term_cursor *cursor = NULL;
    kh_status status =
        kh_term_cursor_open(&cursor, database, character, false, maker->err);
    kh_str term;
    while (status == KH_OK) {
        status = kh_term_cursor_next(cursor, &term, NULL, maker->err);
        if (status == KH_OK && kh_utf8_count(term) <= 2)
            status = add_term(maker, out, kh_arena_copy(maker->arena, term));
    }
    return status == KH_END ? KH_OK : status;
}

static kh_status plain_word(kh_plan_maker *maker, kh_plan_list *out,
                            const kh_reading *r)
{
    kh_spelling *spellings = NULL;
    size_t n = 0;
    kh_status status = spellings_of(maker, &spellings, &n, r->form);
    if (status != KH_OK)
        return status;
    kh_plan_terms *terms = kh_arena_alloc(maker->arena, sizeof(*terms));
    status = stem_terms(maker, terms, r, spellings, n);
    if (status == KH_OK)
        status = acronym_terms(maker, terms, r);
    if (status != KH_OK)
        return status;
    kh_plan_node *node = NULL;
    status = word_node(maker, &node, r, terms);
    if (status != KH_OK)
        return status;
    if (r->kind == KH_TOKEN_COMPOUND) {
        node->may_is_free = true; /* stands for the whole: see plan.c */
        if (terms->n > 0)
            kh_plan_push(maker, out, node);
        return KH_OK;
    }
    kh_plan_push(maker, out, node);
    return kh_plan_parts(maker, out, spellings, n);
}

static kh_status plain_characters(kh_plan_maker *maker, kh_plan_list *out,
                                  const kh_reading *r)
{
    kh_plan_terms *terms = kh_arena_alloc(maker->arena, sizeof(*terms));
    kh_status status = KH_OK;
    if (r->kind == KH_TOKEN_PAIR && r->n_units == 2)
        status = add_term(maker, terms, r->terms[0]);
    else if (r->kind == KH_TOKEN_WORD && r->begins_run && r->ends_run)
        status = character_terms(maker, terms, r->form);
    else
        return KH_OK; /* pairs stand for it */
    if (status != KH_OK)
        return status;
    kh_plan_node *node = NULL;
    status = word_node(maker, &node, r, terms);
    if (status == KH_OK)
        kh_plan_push(maker, out, node);
    return status;
}

kh_status kh_plan_plain(kh_plan_maker *maker, kh_plan_list *out, kh_str text,
                        kh_field field)
{
    (void)field; /* a field's words are phrases: see plan.c */
    kh_readings all = kh_plan_read(maker, text);
    for (size_t i = 0; i < all.n; i++) {
        const kh_reading *r = &all.items[i];
        bool is_character =
            r->kind == KH_TOKEN_PAIR || r->word_kind == KH_WORD_CHARACTER;
        kh_status status =
            is_character ? plain_characters(maker, out, r) : plain_word(maker, out, r);
        if (status != KH_OK)
            return status;
    }
    return KH_OK;
}

/* ---- phrases ---- */

/* What of a word must be as it was typed. */
typedef enum likeness {
    LIKE_STEM,
    LIKE_FORM,
    LIKE_ACCENTS,
    LIKE_ALL, /* case, too */
} likeness;

/* ="...": one capital, and the case of all its words counts. */
static likeness likeness_of(const kh_readings *all, bool is_quoted, bool is_exact)
{
    if (!is_exact)
        return is_quoted ? LIKE_FORM : LIKE_STEM;
    for (size_t i = 0; i < all->n; i++)
        if (all->items[i].kind == KH_TOKEN_WORD &&
            kh_has_capital(all->items[i].surface))
            return LIKE_ALL;
    return LIKE_ACCENTS;
}

static kh_str written(kh_plan_maker *maker, kh_str surface)
{
    KH_AUTO_BUF out;
    kh_buf_init(&out, KH_BUF_MAX);
    kh_fold_written(&out, surface);
    return kh_arena_copy(maker->arena, kh_buf_str(&out));
}

/* A word as each of the languages has it: they differ in numbers and in dotless i. */
static void set_variants(kh_plan_maker *maker, kh_plan_word *out, const kh_str *each)
{
    size_t n = maker->planner->n_languages + 1;
    out->variants = kh_arena_alloc(maker->arena, n * sizeof(kh_str));
    for (size_t l = 0; l < n; l++)
        if (each[l].len > 0 && !kh_plan_lists(out->variants, out->n_variants, each[l]))
            out->variants[out->n_variants++] = each[l];
}

/* How the record is to look for a word of a phrase. */
static kh_status record_word(kh_plan_maker *maker, kh_plan_word *out,
                             const kh_reading *r, likeness like,
                             const kh_plan_terms *terms)
{
    *out = (kh_plan_word){ .label = r->surface,
                           .terms = terms->terms,
                           .n_terms = terms->n };
    if (like == LIKE_STEM && r->word_kind != KH_WORD_CHARACTER) {
        out->kind = KH_RECORD_TERM;
        out->variants = terms->terms;
        out->n_variants = terms->n;
        return kh_plan_stem_compounds(maker, out, r->form);
    }
    if (like == LIKE_ALL) {
        out->kind = KH_RECORD_SURFACE;
        out->variants = kh_arena_alloc(maker->arena, sizeof(kh_str));
        out->variants[out->n_variants++] = written(maker, r->surface);
    } else if (like == LIKE_ACCENTS) {
        out->kind = KH_RECORD_FOLDED;
        set_variants(maker, out, r->foldeds);
    } else {
        out->kind = KH_RECORD_FORM;
        set_variants(maker, out, r->forms);
        if (r->word_kind != KH_WORD_CHARACTER)
            return kh_plan_form_compounds(maker, out);
    }
    return KH_OK;
}

/* Terms of all articles that have a form: what the vocabulary lists for it. */
static kh_status form_terms(kh_plan_maker *maker, kh_plan_terms *out,
                            const kh_reading *r)
{
    bool is_known = false;
    kh_status status = KH_OK;
    for (size_t l = 0; l <= maker->planner->n_languages && status == KH_OK; l++) {
        kh_spelling *spellings = NULL;
        size_t n = 0;
        if (l > 0 && kh_str_equal(r->forms[l], r->forms[0]))
            continue;
        status = spellings_of(maker, &spellings, &n, r->forms[l]);
        is_known |= n > 0;
        for (size_t i = 0; i < n && status == KH_OK; i++)
            status = add_term(maker, out, spellings[i].term);
    }
    if (!is_known && status == KH_OK)
        status = stem_terms(maker, out, r, NULL, 0);
    kh_str acronym = kh_acronym_term(r->form);
    if (status == KH_OK && acronym.len > 0)
        status = add_term(maker, out, acronym);
    return status;
}

static kh_status plain_terms(kh_plan_maker *maker, kh_plan_terms *out,
                             const kh_reading *r)
{
    kh_spelling *spellings = NULL;
    size_t n = 0;
    kh_status status = spellings_of(maker, &spellings, &n, r->form);
    return status == KH_OK ? stem_terms(maker, out, r, spellings, n) : status;
}

/* The pair that begins with the character at i; itself, if it is alone, by all its
 * terms. */
static kh_status phrase_character(kh_plan_maker *maker, kh_plan_terms *out,
                                  const kh_readings *all, size_t i, bool *is_needed)
{
    const kh_reading *r = &all->items[i];
    *is_needed = true;
    if (r->begins_run && r->ends_run)
        return character_terms(maker, out, r->form);
    for (size_t k = i + 1; k < all->n && all->items[k].position <= r->position; k++)
        if (all->items[k].kind == KH_TOKEN_PAIR && all->items[k].n_units == 2)
            return add_term(maker, out, all->items[k].terms[0]);
    *is_needed = false; /* the last of a run: the pair before it covers it */
    return KH_OK;
}

/* One text of a phrase or NEAR: its units are appended to the node. */
static kh_status add_phrase_text(kh_plan_maker *maker, kh_plan_node *node, kh_str text,
                                 bool is_quoted, bool is_exact)
{
    kh_readings all = kh_plan_read(maker, text);
    likeness like = likeness_of(&all, is_quoted, is_exact);
    node->words = memcpy(kh_arena_alloc(maker->arena, node->n_words + all.n + 1),
                         node->n_words ? (const void *)node->words : "", node->n_words);
    kh_plan_terms *terms = kh_arena_alloc(maker->arena, (node->n_terms + all.n + 1) *
                                                            sizeof(kh_plan_terms));
    if (node->n_terms > 0)
        memcpy(terms, node->terms, node->n_terms * sizeof(kh_plan_terms));
    node->terms = terms;
    for (size_t i = 0; i < all.n; i++) {
        const kh_reading *r = &all.items[i];
        if (r->kind != KH_TOKEN_WORD)
            continue;
        kh_plan_terms *mine = &node->terms[node->n_terms];
        const kh_plan_terms *counted = mine; /* how rare the word is */
        bool is_needed = true;
        kh_status status;
        if (r->word_kind == KH_WORD_CHARACTER)
            status = phrase_character(maker, mine, &all, i, &is_needed);
        else
            status =
                is_quoted ? form_terms(maker, mine, r) : plain_terms(maker, mine, r);
        if (!is_needed && node->n_terms > 0)
            counted = mine - 1; /* the pair that covers it */
        kh_plan_word word;
        if (status == KH_OK)
            status = record_word(maker, &word, r, like, mine);
        int number = -1;
        if (status == KH_OK)
            status = word_number(maker, &number, word, counted);
        if (status != KH_OK)
            return status;
        node->n_terms += is_needed;
        if (number < 0 || node->n_words == UINT8_MAX)
            node->is_filter = true; /* too many words: see kh_plan_phrase */
        else
            node->words[node->n_words++] = (uint8_t)number;
    }
    return KH_OK;
}

/* One quoted word in no field: its form is decided by the record only if stems mix
 * forms. */
kh_status kh_plan_phrase(kh_plan_maker *maker, kh_plan_node **out,
                         const kh_plan_phrase_request *request)
{
    kh_plan_node *node = kh_plan_node_make(maker, KH_PLAN_PHRASE, request->field);
    node->window = request->window;
    *out = NULL;
    for (size_t i = 0; i < request->n_texts; i++) {
        bool is_quoted = request->is_quoted[i] || request->is_exact;
        kh_status status = add_phrase_text(maker, node, request->texts[i], is_quoted,
                                           request->is_exact);
        if (status != KH_OK)
            return status;
    }
    if (node->is_filter) {
        node->is_filter = false;
        node->n_words = 0;
        kh_plan_note(maker, "more than %d words in phrases: their order does not count",
                     KH_RECORD_WORDS_MAX);
    }
    if (node->n_terms == 0 && node->n_words == 0)
        return KH_OK;
    node->needs_record = node->n_words > 0;
    *out = node;
    return KH_OK;
}

static bool is_hyphen(uint32_t c)
{
    return c == '-' || c == 0x2010 || c == 0x2011;
}

/* Take the hyphens out: the vocabulary has the whole of co-operate as cooperate. */
static void join_parts(kh_buf *folded)
{
    size_t n = 0;
    for (size_t at = 0; at < folded->len;) {
        size_t start = at;
        if (is_hyphen(kh_utf8_next(kh_buf_str(folded), &at)))
            continue;
        memmove(folded->ptr + n, folded->ptr + start, at - start);
        n += at - start;
    }
    folded->len = n;
}

kh_status kh_plan_prefix(kh_plan_maker *maker, kh_plan_node **out, kh_str text,
                         kh_field field)
{
    KH_AUTO_BUF folded;
    KH_AUTO_BUF form;
    kh_buf_init(&folded, KH_BUF_MAX);
    kh_buf_init(&form, KH_BUF_MAX);
    kh_fold(&folded, text, kh_language_neutral());
    join_parts(&folded);
    kh_strip_accents(&form, kh_buf_str(&folded));
    *out = NULL;
    if (form.len == 0)
        return KH_OK;

    kh_spelling *spellings = NULL;
    size_t n = 0;
    size_t n_forms = 0;
    kh_status status = kh_index_prefix(&spellings, &n, &n_forms, maker->planner->index,
                                       kh_buf_str(&form), KH_PREFIX_FORMS_MAX,
                                       maker->arena, maker->err);
    if (status != KH_OK)
        return status;
    if (n_forms > KH_PREFIX_FORMS_MAX)
        kh_plan_note(maker,
                     "'%" KH_FMT "*' has %zu endings: the %d in most articles are used",
                     KH_ARG(text), n_forms, KH_PREFIX_FORMS_MAX);

    kh_plan_node *node = kh_plan_node_make(maker, KH_PLAN_PHRASE, field);
    node->terms = kh_arena_alloc(maker->arena, sizeof(kh_plan_terms));
    node->n_terms = 1;
    node->words = kh_arena_alloc(maker->arena, 1);
    *out = node;
    kh_plan_word word = { .label = text, .kind = KH_RECORD_FORM };
    word.variants = kh_arena_alloc(maker->arena, (n + 1) * sizeof(kh_str));
    for (size_t i = 0; i < n; i++) {
        status = add_term(maker, &node->terms[0], spellings[i].term);
        if (status != KH_OK)
            return status;
        if (!kh_plan_lists(word.variants, word.n_variants, spellings[i].form))
            word.variants[word.n_variants++] = spellings[i].form;
    }
    kh_plan_prefix_compounds(maker, &word, spellings, n);
    word.terms = node->terms[0].terms;
    word.n_terms = node->terms[0].n;
    int number = -1;
    if (word.n_variants > 0)
        status = word_number(maker, &number, word, &node->terms[0]);
    if (status == KH_OK && number >= 0) {
        node->words[0] = (uint8_t)number;
        node->n_words = 1;
        node->needs_record = true;
    }
    return status;
}
