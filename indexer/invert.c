/* invert - an article to postings, spellings and a cut.
 *
 * A word costs a step of the analyser and a look at the notes of its lexeme. The first
 * time in an article the lexeme is put on a list; when the article ends, each lexeme of
 * the list becomes a posting, and its spelling is counted. Lexemes that share a term
 * (The, the) give a posting each: the inversion adds them up. */
#include "indexer/invert.h"

#include <stdlib.h>

#include "article/dateline.h"
#include "article/fields.h"
#include "article/tags.h"
#include "base/alloc.h"
#include "base/hash.h"
#include "base/table.h"
#include "index/vocabulary.h"
#include "indexer/facts.h"
#include "indexer/inverter.h"
#include "indexer/spooled.h"
#include "text/fold.h"

#define DETECT_BYTES 4096u
#define AHEAD        8u  /* counts fetched before they are added to */
#define TOGETHER     32u /* tokens */

/* ---- spellings ---- */

static bool is_marked(kh_str term, const kh_language *language)
{
    size_t n = strlen(language->code);
    return n > 0 && term.len > n && term.ptr[n] == ':' &&
           memcmp(term.ptr, language->code, n) == 0;
}

/* A hyphenated word as it is looked up: its parts folded, without suffixes, plain
 * hyphens between. */
static kh_str compound_folded(kh_inverter *inverter, const kh_token *token,
                              const kh_language *language)
{
    kh_buf_reset(&inverter->buffer);
    for (size_t i = 0; i < token->n_units; i++) {
        if (i > 0)
            kh_buf_add_char(&inverter->buffer, '-');
        kh_buf_add(&inverter->buffer,
                   kh_without_suffix(token->parts[i]->folded, language));
    }
    return kh_arena_copy(inverter->scratch, kh_buf_str(&inverter->buffer));
}

/* The key of a spelling, which lives in the buffer; false if the vocabulary leaves it
 * out. */
static bool spelling_key(kh_str *key, kh_inverter *inverter,
                         const kh_language *language, const kh_token *token)
{
    const kh_lexeme *lexeme = token->lexeme;
    if (token->kind == KH_TOKEN_PAIR || lexeme->kind == KH_WORD_CHARACTER)
        return false; /* the vocabulary is of words */
    bool is_compound = token->kind == KH_TOKEN_COMPOUND;
    kh_spelling spelling = {
        .form = lexeme->form,
        .folded =
            is_compound ? compound_folded(inverter, token, language) : lexeme->folded,
        .lang = kh_str_from(is_marked(lexeme->term, language) ? language->code : ""),
        .term = lexeme->term,
        .is_compound = is_compound,
    };
    kh_buf_reset(&inverter->buffer);
    if (!kh_spelling_key(&inverter->buffer, &spelling))
        return false;
    *key = kh_buf_str(&inverter->buffer);
    return true;
}

/* ---- tokens ---- */

typedef struct block_use {
    const kh_language *language;
    unsigned weight;
    kh_field field; /* KH_N_FIELDS: none */
} block_use;

/* Number the term and the spelling of a lexeme that is met first; false if it has no
 * term: a character, pairs stand for it. Both are looked for in tables that no cache
 * holds, so both are fetched before. */
static bool number_lexeme(kh_inverter *inverter, const block_use *use,
                          const kh_token *token)
{
    const kh_lexeme *lexeme = token->lexeme;
    if (lexeme->term.len == 0)
        return false;
    uint64_t term_hash = kh_table_hash(lexeme->term);
    kh_inversion_fetch_term(inverter->inversion, term_hash);
    kh_str key = KH_STR("");
    bool has_key = spelling_key(&key, inverter, use->language, token);
    uint64_t key_hash = kh_table_hash(key);
    kh_counts_fetch_text(inverter->spellings, key_hash);
    lexeme->notes[KH_NOTE_TERM] =
        kh_inversion_term(inverter->inversion, lexeme->term, term_hash) + 1;
    lexeme->notes[KH_NOTE_SPELLING] =
        has_key ? kh_counts_text(inverter->spellings, key, key_hash) + 1
                : KH_NO_SPELLING;
    return true;
}

static void log_field(kh_inverter *inverter, kh_field field, const kh_lexeme *lexeme)
{
    if (field != KH_FIELD_TITLE) {
        kh_invert_field(inverter, field, lexeme->term);
        return;
    }
    uint32_t *note = &lexeme->notes[KH_NOTE_TITLE];
    if (*note == 0) {
        kh_buf_reset(&inverter->buffer);
        kh_field_term(&inverter->buffer, field, lexeme->term);
        kh_str term = kh_buf_str(&inverter->buffer);
        *note = kh_inversion_term(inverter->inversion, term, kh_table_hash(term)) + 1;
    }
    kh_inversion_add(inverter->inversion, *note - 1, inverter->number, 0);
}

/* Of a lexeme that was met before only the notes are looked at: its term is in another
 * line of memory, which nobody has fetched. Whether the article has it already is no
 * branch: for half of all words it does, and none can be guessed. */
static inline void count_token(kh_inverter *inverter, const block_use *use,
                               const kh_token *token)
{
    const kh_lexeme *lexeme = token->lexeme;
    uint32_t *notes = lexeme->notes;
    if (notes[KH_NOTE_TERM] == 0 && !number_lexeme(inverter, use, token))
        return;
    bool is_new = notes[KH_NOTE_ARTICLE] != inverter->stamp;
    inverter->touched[inverter->n_touched] = lexeme;
    inverter->n_touched += is_new;
    notes[KH_NOTE_ARTICLE] = inverter->stamp;
    notes[KH_NOTE_WDF] = (is_new ? 0 : notes[KH_NOTE_WDF]) + use->weight;
    inverter->length += use->weight;
    if (use->field != KH_N_FIELDS)
        log_field(inverter, use->field, lexeme);
}

static void count_tokens(kh_inverter *inverter, const block_use *use,
                         const kh_token *tokens, size_t n)
{
    while (inverter->touched_capacity < inverter->n_touched + n)
        inverter->touched = kh_grow(inverter->touched, inverter->n_touched + n,
                                    &inverter->touched_capacity, sizeof(kh_lexeme *));
    for (size_t i = 0; i < n; i++)
        count_token(inverter, use, &tokens[i]);
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
static kh_status invert_block(kh_inverter *inverter, const kh_block *block,
                              bool is_lead, const kh_language *language, kh_error *err)
{
    kh_analyser *analyser = NULL;
    kh_status status = kh_inverter_analyser(inverter, &analyser, language, err);
    if (status != KH_OK || block->text.len == 0)
        return status;
    const block_use use = { .language = language,
                            .weight = kh_block_weight(block->kind, is_lead),
                            .field = field_of(block->kind) };
    kh_cutter *cutter = inverter->cutter;
    kh_cutter_block(cutter, block);
    kh_analyser_reset(analyser, block->text, 0);
    kh_token tokens[TOGETHER];
    size_t n;
    while ((n = kh_analyser_some(analyser, tokens, TOGETHER)) > 0) {
        count_tokens(inverter, &use, tokens, n);
        kh_cutter_units(cutter, tokens, n);
    }
    kh_cutter_block_end(cutter);
    return KH_OK;
}

static kh_status invert_text(kh_inverter *inverter, kh_str text, kh_block_kind kind,
                             const kh_language *language, kh_error *err)
{
    kh_block block = { .kind = kind, .text = text };
    return invert_block(inverter, &block, false, language, err);
}

static kh_status invert_tags(kh_inverter *inverter, const kh_article *article,
                             const kh_language *language, kh_error *err)
{
    kh_status status = KH_OK;
    for (size_t i = 0; i < article->n_tags && status == KH_OK; i++)
        status =
            invert_text(inverter, article->tags[i].name, KH_BLOCK_TAG, language, err);
    return status;
}

static kh_status invert_words(kh_inverter *inverter, const kh_article *article,
                              const kh_language *language, kh_error *err)
{
    bool is_lead = true;
    kh_status status = KH_OK;
    for (size_t i = 0; i < article->n_blocks && status == KH_OK; i++) {
        const kh_block *block = &article->blocks[i];
        bool is_paragraph = block->kind == KH_BLOCK_PARAGRAPH;
        status = invert_block(inverter, block, is_lead && is_paragraph, language, err);
        is_lead &= !is_paragraph;
    }
    for (size_t i = 0; i < article->n_authors && status == KH_OK; i++)
        status =
            invert_text(inverter, article->authors[i], KH_BLOCK_AUTHOR, language, err);
    if (status == KH_OK)
        status = invert_tags(inverter, article, language, err);
    const struct {
        kh_str text;
        kh_block_kind kind;
    } others[] = { { article->place, KH_BLOCK_PLACE },
                   { article->section, KH_BLOCK_SECTION },
                   { article->source, KH_BLOCK_SOURCE } };
    for (size_t i = 0; i < KH_COUNT_OF(others) && status == KH_OK; i++)
        status = invert_text(inverter, others[i].text, others[i].kind, language, err);
    return status;
}

/* ---- an article ---- */

static void fill_language(kh_inverter *inverter, kh_article *article)
{
    if (article->lang.len > 0)
        return;
    if (inverter->default_lang.len > 0) {
        kh_article_set_lang(article, inverter->default_lang);
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

static void begin_article(kh_inverter *inverter, uint64_t number)
{
    kh_arena_reset(inverter->scratch);
    inverter->n_touched = 0;
    inverter->length = 0;
    inverter->number = number;
    inverter->has_postings = inverter->has_counts = true;
    if (++inverter->stamp ==
        0) /* after 4 billion articles: no stamp may look current */
        abort();
}

static void fetch_spelling(const kh_inverter *inverter, const kh_lexeme *lexeme)
{
    uint32_t spelling = lexeme->notes[KH_NOTE_SPELLING];
    if (spelling != KH_NO_SPELLING)
        kh_counts_fetch(inverter->spellings, spelling - 1);
}

static kh_status end_article(kh_inverter *inverter, const kh_article *article,
                             kh_error *err)
{
    const kh_lexeme *const *touched = inverter->touched;
    for (size_t i = 0; i < inverter->n_touched; i++) {
        if (i + AHEAD < inverter->n_touched)
            fetch_spelling(inverter, touched[i + AHEAD]);
        const uint32_t *notes = touched[i]->notes;
        if (notes[KH_NOTE_WDF] > 0)
            kh_inversion_add(inverter->inversion, notes[KH_NOTE_TERM] - 1,
                             inverter->number, notes[KH_NOTE_WDF]);
        if (notes[KH_NOTE_SPELLING] != KH_NO_SPELLING)
            kh_counts_add(inverter->spellings, notes[KH_NOTE_SPELLING] - 1,
                          inverter->stamp);
    }
    return inverter->length <= UINT32_MAX
               ? KH_OK
               : kh_fail(err, KH_ERR_LIMIT, "article too long: '%" KH_FMT "'",
                         KH_ARG(article->id));
}

static void write_facts(kh_inverter *inverter, const kh_article *article,
                        uint64_t text_hash, kh_buf *out)
{
    kh_facts facts = { .key = kh_article_key(article->id),
                       .input_hash = kh_hash(article->input),
                       .text_hash = text_hash,
                       .length = (uint32_t)inverter->length,
                       .date = kh_date_pack(&article->date),
                       .stored_bytes = kh_cutter_stored_bytes(inverter->cutter),
                       .lang = article->lang,
                       .n_tags = article->n_tags };
    facts.tags =
        kh_arena_alloc(inverter->scratch, (article->n_tags + 1) * sizeof(kh_str));
    for (size_t i = 0; i < article->n_tags; i++)
        facts.tags[i] = article->tags[i].name;
    if (article->raw_tags.len > 0 && article->n_tags == 0) {
        kh_buf_reset(&inverter->glue);
        kh_glue_write(&inverter->glue,
                      kh_glue_collect(article->raw_tags, article->blocks,
                                      article->n_blocks, inverter->scratch));
        facts.glue = kh_buf_str(&inverter->glue);
    }
    kh_facts_write(out, &facts);
}

kh_status kh_invert(kh_inverter *inverter, kh_article *article, uint64_t number,
                    kh_buf *piece, kh_buf *facts, kh_error *err)
{
    begin_article(inverter, number);
    fill_language(inverter, article);
    kh_buf_reset(&inverter->cut);
    kh_cutter_begin(inverter->cutter, &inverter->cut, article->lang);
    kh_status status =
        invert_words(inverter, article, kh_language_find(article->lang), err);
    if (status != KH_OK)
        return status;
    kh_invert_fields(inverter, article);
    uint64_t text_hash = kh_article_text_hash(article);
    kh_spooled_write(piece, article, text_hash, kh_buf_str(&inverter->cut));
    write_facts(inverter, article, text_hash, facts);
    return end_article(inverter, article, err);
}

kh_status kh_invert_tags(kh_inverter *inverter, const kh_article *article,
                         uint64_t number, kh_buf *cut, uint32_t *length, kh_error *err)
{
    begin_article(inverter, number);
    kh_cutter_begin(inverter->cutter, cut, article->lang);
    kh_status status =
        invert_tags(inverter, article, kh_language_find(article->lang), err);
    if (status != KH_OK)
        return status;
    kh_invert_tag_names(inverter, article);
    *length = (uint32_t)inverter->length;
    return end_article(inverter, article, err);
}
