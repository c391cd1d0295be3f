/* invert - an article to terms: what the index holds of it, and what resolve needs to
 * know.
 *
 * A word costs one step of the analyser and two array look-ups: the analyser numbers
 * the surface forms that it has seen, and for each number this page keeps the number of
 * its term and of its spelling. Terms are counted by number and written out once an
 * article. */
#include "indexer/invert.h"

#include <stdlib.h>

#include "article/dateline.h"
#include "article/fields.h"
#include "article/tags.h"
#include "base/alloc.h"
#include "base/hash.h"
#include "base/table.h"
#include "indexer/facts.h"
#include "indexer/spool.h"
#include "text/analysis.h"
#include "text/fold.h"

#define LEXEMES_MAX                                                  \
    400000u /* surface forms that an analyser keeps between articles \
             */
#define TERMS_MAX     4000000u /* terms a thread numbers before it starts anew */
#define NOT_YET       UINT32_MAX
#define DETECT_BYTES  4096u
#define URL_TERMS_MAX 32u

/* What is known of each lexeme of one analyser, by its number. */
typedef struct lexemes {
    kh_analyser *analyser;
    uint32_t *terms;     /* number in inverter->terms */
    uint32_t *spellings; /* number in inverter->spellings */
    uint32_t *compounds; /* the same when it is the whole of a hyphenated word */
    size_t capacity;
} lexemes;

typedef struct spelling {
    uint32_t n_documents;
    uint32_t last_article; /* stamp of the last article it was counted in */
    kh_str form;
    kh_str folded;
    kh_str lang;
    kh_str term;
    bool is_compound;
} spelling;

struct kh_inverter {
    kh_str default_lang;
    lexemes *languages; /* by kh_language_number(); opened when met */
    size_t n_languages;
    kh_table terms;
    uint32_t *wdfs; /* by term; valid if stamps[term] == article */
    uint32_t *stamps;
    size_t terms_capacity;
    uint32_t *touched; /* terms of the current article */
    size_t n_touched;
    size_t touched_capacity;
    uint32_t article; /* stamp of the current one, 1, 2 ... */
    kh_cutter *cutter;
    kh_buf cut; /* of the current article */
    kh_table spelling_keys;
    spelling *spellings;
    size_t spellings_capacity;
    kh_arena *names;   /* texts of spellings */
    kh_arena *scratch; /* of one article */
    kh_buf buffer;
};

kh_status kh_inverter_open(kh_inverter **out, const char *default_lang, kh_error *err)
{
    KH_AUTO(kh_inverter_free) kh_inverter *inverter = kh_alloc(sizeof(*inverter));
    inverter->default_lang = kh_str_from(default_lang);
    (void)kh_language_table(&inverter->n_languages);
    inverter->n_languages++;
    inverter->languages = kh_alloc(inverter->n_languages * sizeof(lexemes));
    kh_table_init(&inverter->terms);
    kh_table_init(&inverter->spelling_keys);
    inverter->names = kh_arena_open();
    inverter->scratch = kh_arena_open();
    kh_buf_init(&inverter->buffer, KH_BUF_MAX);
    kh_buf_init(&inverter->cut, KH_BUF_MAX);
    kh_status status = kh_cutter_open(&inverter->cutter, err);
    if (status == KH_OK)
        *out = KH_TAKE(inverter);
    return status;
}

static void forget_lexemes(lexemes *of)
{
    for (size_t i = 0; i < of->capacity; i++)
        of->terms[i] = of->spellings[i] = of->compounds[i] = NOT_YET;
}

void kh_inverter_free(kh_inverter *inverter)
{
    if (inverter == NULL)
        return;
    for (size_t i = 0; i < inverter->n_languages; i++) {
        kh_analyser_free(inverter->languages[i].analyser);
        kh_free(inverter->languages[i].terms);
        kh_free(inverter->languages[i].spellings);
        kh_free(inverter->languages[i].compounds);
    }
    kh_free(inverter->languages);
    kh_table_release(&inverter->terms);
    kh_table_release(&inverter->spelling_keys);
    kh_free(inverter->wdfs);
    kh_free(inverter->stamps);
    kh_free(inverter->touched);
    kh_free(inverter->spellings);
    kh_cutter_free(inverter->cutter);
    kh_buf_release(&inverter->cut);
    kh_arena_free(inverter->names);
    kh_arena_free(inverter->scratch);
    kh_buf_release(&inverter->buffer);
    kh_free(inverter);
}

/* ---- counting ---- */

static void count_term(kh_inverter *inverter, uint32_t term, uint32_t wdf)
{
    if (inverter->stamps[term] != inverter->article) {
        inverter->stamps[term] = inverter->article;
        inverter->wdfs[term] = 0;
        KH_PUSH(inverter->touched, inverter->n_touched, inverter->touched_capacity) =
            term;
    }
    inverter->wdfs[term] += wdf;
}

static uint32_t number_term(kh_inverter *inverter, kh_str term, uint64_t hash)
{
    uint32_t number = kh_table_add(&inverter->terms, term, hash);
    if (number >= inverter->terms_capacity) {
        size_t old = inverter->terms_capacity;
        size_t capacity = old ? old * 2 : 4096;
        inverter->wdfs = kh_realloc(inverter->wdfs, capacity * sizeof(uint32_t));
        inverter->stamps = kh_realloc(inverter->stamps, capacity * sizeof(uint32_t));
        memset(inverter->stamps + old, 0, (capacity - old) * sizeof(uint32_t));
        inverter->terms_capacity = capacity;
    }
    return number;
}

static void count_text(kh_inverter *inverter, kh_str term, uint32_t wdf)
{
    if (term.len > 0)
        count_term(inverter, number_term(inverter, term, kh_hash(term)), wdf);
}

static void count_field(kh_inverter *inverter, kh_field field, kh_str value)
{
    kh_buf_reset(&inverter->buffer);
    kh_field_term(&inverter->buffer, field, value);
    count_text(inverter, kh_buf_str(&inverter->buffer), 0);
}

/* ---- spellings ---- */

static bool is_marked(kh_str term, const kh_language *language)
{
    size_t n = strlen(language->code);
    return n > 0 && term.len > n && term.ptr[n] == ':' &&
           memcmp(term.ptr, language->code, n) == 0;
}

/* The number of a spelling, made when it is new. */
static uint32_t number_spelling(kh_inverter *inverter, const kh_language *language,
                                const kh_lexeme *lexeme, kh_str folded,
                                bool is_compound)
{
    const char *code = is_marked(lexeme->term, language) ? language->code : "";
    KH_AUTO_BUF key;
    kh_buf_init(&key, KH_BUF_MAX);
    kh_buf_printf(&key, "%s %d ", code, is_compound);
    kh_buf_add_string(&key, lexeme->term);
    kh_buf_add(&key, folded);
    size_t before = inverter->spelling_keys.n;
    uint32_t number = kh_table_add(&inverter->spelling_keys, kh_buf_str(&key),
                                   kh_hash(kh_buf_str(&key)));
    if (number < before)
        return number;
    size_t n = number;
    inverter->spellings = kh_grow(inverter->spellings, n, &inverter->spellings_capacity,
                                  sizeof(spelling));
    inverter->spellings[number] =
        (spelling){ .form = kh_arena_copy(inverter->names, lexeme->form),
                    .folded = kh_arena_copy(inverter->names, folded),
                    .lang = kh_str_from(code),
                    .term = kh_arena_copy(inverter->names, lexeme->term),
                    .is_compound = is_compound };
    return number;
}

static void count_spelling(kh_inverter *inverter, uint32_t number)
{
    spelling *s = &inverter->spellings[number];
    s->n_documents += s->last_article != inverter->article;
    s->last_article = inverter->article;
}

/* A hyphenated word as it is looked up: its parts folded, plain hyphens between. */
static kh_str compound_folded(kh_inverter *inverter, kh_str surface,
                              const kh_language *language)
{
    static const char *const hyphens[] = { "\xE2\x80\x90", "\xE2\x80\x91" };
    kh_buf_reset(&inverter->buffer);
    kh_fold(&inverter->buffer, surface, language);
    KH_AUTO_BUF plain;
    kh_buf_init(&plain, KH_BUF_MAX);
    kh_str rest = kh_buf_str(&inverter->buffer);
    while (rest.len > 0) {
        bool is_hyphen = rest.len >= 3 && (memcmp(rest.ptr, hyphens[0], 3) == 0 ||
                                           memcmp(rest.ptr, hyphens[1], 3) == 0);
        kh_buf_add_char(&plain, is_hyphen ? '-' : rest.ptr[0]);
        rest = kh_str_slice(rest, is_hyphen ? 3 : 1, rest.len);
    }
    return kh_arena_copy(inverter->scratch, kh_buf_str(&plain));
}

/* ---- tokens ---- */

static kh_status language_of(kh_inverter *inverter, lexemes **out,
                             const kh_language *language, kh_error *err)
{
    lexemes *of = &inverter->languages[kh_language_number(language)];
    if (of->analyser == NULL) {
        kh_status status = kh_analyser_open(&of->analyser, language, err);
        if (status != KH_OK)
            return status;
    }
    *out = of;
    return KH_OK;
}

static void make_room(lexemes *of, uint32_t number)
{
    if (number < of->capacity)
        return;
    size_t capacity = of->capacity ? of->capacity : 4096;
    while (capacity <= number)
        capacity *= 2;
    of->terms = kh_realloc(of->terms, capacity * sizeof(uint32_t));
    of->spellings = kh_realloc(of->spellings, capacity * sizeof(uint32_t));
    of->compounds = kh_realloc(of->compounds, capacity * sizeof(uint32_t));
    for (size_t i = of->capacity; i < capacity; i++)
        of->terms[i] = of->spellings[i] = of->compounds[i] = NOT_YET;
    of->capacity = capacity;
}

typedef struct block_use {
    const kh_language *language;
    lexemes *of;
    unsigned weight;
    kh_field field; /* KH_N_FIELDS: none */
} block_use;

static void count_token(kh_inverter *inverter, const block_use *use, kh_str text,
                        const kh_token *token)
{
    const kh_lexeme *lexeme = token->lexeme;
    if (lexeme->term.len == 0)
        return; /* a character: pairs stand for it */
    make_room(use->of, lexeme->number);
    uint32_t *term = &use->of->terms[lexeme->number];
    if (*term == NOT_YET)
        *term = number_term(inverter, lexeme->term, lexeme->term_hash);
    if (use->weight > 0)
        count_term(inverter, *term, use->weight);
    if (use->field != KH_N_FIELDS)
        count_field(inverter, use->field, lexeme->term);
    if (token->kind == KH_TOKEN_PAIR || lexeme->kind == KH_WORD_CHARACTER)
        return; /* the vocabulary is of words */

    bool is_compound = token->kind == KH_TOKEN_COMPOUND;
    uint32_t *number = is_compound ? &use->of->compounds[lexeme->number]
                                   : &use->of->spellings[lexeme->number];
    if (*number == NOT_YET) {
        kh_str surface = kh_str_slice(text, token->start, token->end);
        kh_str folded = is_compound ? compound_folded(inverter, surface, use->language)
                                    : lexeme->folded;
        *number = number_spelling(inverter, use->language, lexeme, folded, is_compound);
    }
    count_spelling(inverter, *number);
}

/* The field of words that a kind of block belongs to. */
static kh_field field_of(kh_block_kind kind)
{
    const kh_field_row *rows = kh_field_table();
    for (size_t i = 0; i < KH_N_FIELDS; i++)
        if (rows[i].shape == KH_SHAPE_WORDS && ((rows[i].kinds >> kind) & 1) != 0)
            return rows[i].field;
    return KH_N_FIELDS;
}

/* Count the words of a block, and cut it for its record. */
static kh_status count_block(kh_inverter *inverter, const kh_block *block, bool is_lead,
                             const kh_language *language, kh_error *err)
{
    kh_str text = block->text;
    block_use use = { .language = language,
                      .weight = kh_block_weight(block->kind, is_lead),
                      .field = field_of(block->kind) };
    kh_status status = language_of(inverter, &use.of, language, err);
    if (status != KH_OK)
        return status;
    if (text.len == 0)
        return KH_OK;
    kh_cutter_block(inverter->cutter, block);
    kh_analyser_reset(use.of->analyser, text, 0);
    kh_token token;
    while (kh_analyser_next(use.of->analyser, &token)) {
        count_token(inverter, &use, text, &token);
        if (token.kind == KH_TOKEN_WORD)
            kh_cutter_unit(inverter->cutter, &token);
    }
    kh_cutter_block_end(inverter->cutter);
    return KH_OK;
}

static kh_status count_field_text(kh_inverter *inverter, kh_str text,
                                  kh_block_kind kind, const kh_language *language,
                                  kh_error *err)
{
    kh_block block = { .kind = kind, .text = text };
    return count_block(inverter, &block, false, language, err);
}

/* ---- what is not words ---- */

static void count_tag(kh_inverter *inverter, kh_str name)
{
    KH_AUTO_BUF normal;
    kh_buf_init(&normal, KH_BUF_MAX);
    kh_tag_normalise(&normal, name);
    if (normal.len > 0)
        count_field(inverter, KH_FIELD_TAG, kh_buf_str(&normal));
}

/* The address and all addresses that it lies below, so that url:HOST/PATH finds it. */
static void count_url(kh_inverter *inverter, kh_str url)
{
    KH_AUTO_BUF normal;
    kh_buf_init(&normal, KH_BUF_MAX);
    kh_url_normalise(&normal, url);
    kh_str whole = kh_buf_str(&normal);
    unsigned n = 0;
    for (size_t i = 0; i < whole.len && n < URL_TERMS_MAX; i++) {
        if (whole.ptr[i] != '/')
            continue;
        count_field(inverter, KH_FIELD_URL, kh_str_slice(whole, 0, i));
        n++;
    }
    if (whole.len > 0)
        count_field(inverter, KH_FIELD_URL, whole);
}

static void count_others(kh_inverter *inverter, const kh_article *article)
{
    char terms[KH_DATE_TERMS_MAX][KH_DATE_TERM_BYTES];
    size_t n = kh_date_terms(terms, &article->date);
    for (size_t i = 0; i < n; i++)
        count_text(inverter, kh_str_from(terms[i]), 0);
    if (article->lang.len > 0)
        count_field(inverter, KH_FIELD_LANG, article->lang);
    if (article->url.len > 0)
        count_url(inverter, article->url);
    for (size_t i = 0; i < article->n_tags; i++)
        count_tag(inverter, article->tags[i].name);
}

static kh_status count_article(kh_inverter *inverter, const kh_article *article,
                               const kh_language *language, kh_error *err)
{
    bool is_lead = true;
    kh_status status = KH_OK;
    for (size_t i = 0; i < article->n_blocks && status == KH_OK; i++) {
        const kh_block *block = &article->blocks[i];
        bool is_paragraph = block->kind == KH_BLOCK_PARAGRAPH;
        status = count_block(inverter, block, is_lead && is_paragraph, language, err);
        is_lead &= !is_paragraph;
    }
    for (size_t i = 0; i < article->n_authors && status == KH_OK; i++)
        status = count_field_text(inverter, article->authors[i], KH_BLOCK_AUTHOR,
                                  language, err);
    for (size_t i = 0; i < article->n_tags && status == KH_OK; i++)
        status = count_field_text(inverter, article->tags[i].name, KH_BLOCK_TAG,
                                  language, err);
    const struct {
        kh_str text;
        kh_block_kind kind;
    } others[] = { { article->place, KH_BLOCK_PLACE },
                   { article->section, KH_BLOCK_SECTION },
                   { article->source, KH_BLOCK_SOURCE } };
    for (size_t i = 0; i < KH_COUNT_OF(others) && status == KH_OK; i++)
        status =
            count_field_text(inverter, others[i].text, others[i].kind, language, err);
    return status;
}

/* ---- an article ---- */

static void fill_language(kh_inverter *inverter, kh_article *article)
{
    if (article->lang.len > 0)
        return;
    if (inverter->default_lang.len > 0) {
        article->lang = inverter->default_lang;
        return;
    }
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    for (size_t i = 0; i < article->n_blocks && text.len < DETECT_BYTES; i++) {
        kh_buf_add(&text, kh_str_slice(article->blocks[i].text, 0, DETECT_BYTES * 2));
        kh_buf_add_char(&text, '\n');
    }
    KH_AUTO_BUF code;
    kh_buf_init(&code, 64);
    if (kh_language_detect(&code, kh_buf_str(&text)))
        article->lang = kh_arena_copy(inverter->scratch, kh_buf_str(&code));
}

static void begin_article(kh_inverter *inverter)
{
    kh_arena_reset(inverter->scratch);
    inverter->n_touched = 0;
    if (inverter->terms.n > TERMS_MAX) {
        kh_table_reset(&inverter->terms);
        memset(inverter->stamps, 0, inverter->terms_capacity * sizeof(uint32_t));
        for (size_t i = 0; i < inverter->n_languages; i++)
            forget_lexemes(&inverter->languages[i]);
    }
    for (size_t i = 0; i < inverter->n_languages; i++) {
        lexemes *of = &inverter->languages[i];
        if (of->analyser != NULL && kh_analyser_trim(of->analyser, LEXEMES_MAX)) {
            forget_lexemes(of);
            kh_cutter_forget(inverter->cutter);
        }
    }
    if (++inverter->article ==
        0) /* after 4 billion articles: no stamp may look current */
        abort();
}

static int by_term(const void *a, const void *b)
{
    return kh_str_compare(((const kh_posting *)a)->term, ((const kh_posting *)b)->term);
}

/* Postings of the current article, sorted by term; views of the term table. */
static kh_posting *postings_of(kh_inverter *inverter, size_t *n)
{
    kh_posting *postings = kh_arena_alloc(inverter->scratch, (inverter->n_touched + 1) *
                                                                 sizeof(*postings));
    for (size_t i = 0; i < inverter->n_touched; i++) {
        uint32_t term = inverter->touched[i];
        postings[i] = (kh_posting){ inverter->terms.texts[term], inverter->wdfs[term] };
    }
    *n = inverter->n_touched;
    qsort(postings, *n, sizeof(*postings), by_term);
    return postings;
}

static void write_facts(kh_inverter *inverter, const kh_article *article,
                        uint64_t text_hash, kh_buf *out)
{
    kh_facts facts = { .key = kh_article_key(article->id),
                       .input_hash = kh_hash(article->input),
                       .n_tags = article->n_tags };
    facts.text_hash = text_hash;
    facts.tags =
        kh_arena_alloc(inverter->scratch, (article->n_tags + 1) * sizeof(kh_str));
    for (size_t i = 0; i < article->n_tags; i++)
        facts.tags[i] = article->tags[i].name;
    KH_AUTO_BUF glue;
    kh_buf_init(&glue, KH_BUF_MAX);
    if (article->raw_tags.len > 0 && article->n_tags == 0) {
        kh_glue_write(&glue, kh_glue_collect(article->raw_tags, article->blocks,
                                             article->n_blocks, inverter->scratch));
        facts.glue = kh_buf_str(&glue);
    }
    kh_facts_write(out, &facts);
}

kh_status kh_invert(kh_inverter *inverter, kh_article *article, kh_buf *piece,
                    kh_buf *facts, kh_error *err)
{
    begin_article(inverter);
    fill_language(inverter, article);
    kh_buf_reset(&inverter->cut);
    kh_cutter_begin(inverter->cutter, &inverter->cut, article->lang);
    kh_status status =
        count_article(inverter, article, kh_language_find(article->lang), err);
    if (status != KH_OK)
        return status;
    count_others(inverter, article);
    size_t n = 0;
    kh_posting *postings = postings_of(inverter, &n);
    uint64_t text_hash = kh_article_text_hash(article);
    kh_spool_entry_write(piece, article, text_hash, kh_buf_str(&inverter->cut));
    kh_spool_postings_write(piece, postings, n);
    write_facts(inverter, article, text_hash, facts);
    return KH_OK;
}

void kh_inverter_batch_end(kh_inverter *inverter, kh_buf *tables)
{
    kh_cutter_batch_end(inverter->cutter, tables);
}

kh_status kh_invert_tags(kh_inverter *inverter, const kh_article *article,
                         kh_posting **postings, size_t *n, kh_buf *cut, kh_arena *arena,
                         kh_error *err)
{
    begin_article(inverter);
    kh_cutter_begin(inverter->cutter, cut, article->lang);
    const kh_language *language = kh_language_find(article->lang);
    for (size_t i = 0; i < *n; i++)
        count_text(inverter, (*postings)[i].term, (*postings)[i].wdf);
    for (size_t i = 0; i < article->n_tags; i++) {
        count_tag(inverter, article->tags[i].name);
        kh_status status = count_field_text(inverter, article->tags[i].name,
                                            KH_BLOCK_TAG, language, err);
        if (status != KH_OK)
            return status;
    }
    size_t n_all = 0;
    kh_posting *all = postings_of(inverter, &n_all);
    *postings = kh_arena_alloc(arena, (n_all + 1) * sizeof(kh_posting));
    for (size_t i = 0; i < n_all; i++)
        (*postings)[i] = (kh_posting){ kh_arena_copy(arena, all[i].term), all[i].wdf };
    *n = n_all;
    return KH_OK;
}

void kh_inverter_spellings(const kh_inverter *inverter,
                           kh_vocabulary_writer *vocabulary)
{
    for (size_t i = 0; i < inverter->spelling_keys.n; i++) {
        const spelling *s = &inverter->spellings[i];
        kh_spelling out = { .form = s->form,
                            .folded = s->folded,
                            .lang = s->lang,
                            .term = s->term,
                            .n_documents = s->n_documents,
                            .is_compound = s->is_compound };
        kh_vocabulary_writer_add(vocabulary, &out);
    }
}
