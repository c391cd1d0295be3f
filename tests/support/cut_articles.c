/* cut_articles - see cut_articles.h. */
#include "cut_articles.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/file.h"

static void must_ok(kh_status status, const kh_error *err)
{
    cr_assert(eq(int, (int)status, (int)KH_OK), "%s",
              status == KH_OK ? "" : err->message);
}

void cut_text(kh_cutter *cutter, const kh_block *block, kh_analyser *analyser)
{
    kh_cutter_block(cutter, block);
    kh_analyser_reset(analyser, block->text, 0);
    kh_token token;
    while (kh_analyser_next(analyser, &token))
        kh_cutter_units(cutter, &token, 1);
    kh_cutter_block_end(cutter);
}

static void cut_field(kh_cutter *cutter, kh_analyser *analyser, kh_block_kind kind,
                      kh_str text)
{
    kh_block block = { .kind = kind, .text = text };
    if (text.len > 0)
        cut_text(cutter, &block, analyser);
}

static void cut_article(kh_cutter *cutter, kh_analyser *analyser,
                        const kh_article *article, kh_buf *out)
{
    kh_buf_init(out, KH_BUF_MAX);
    kh_cutter_begin(cutter, out, article->lang);
    for (size_t i = 0; i < article->n_blocks; i++)
        if (article->blocks[i].text.len > 0)
            cut_text(cutter, &article->blocks[i], analyser);
    for (size_t i = 0; i < article->n_authors; i++)
        cut_field(cutter, analyser, KH_BLOCK_AUTHOR, article->authors[i]);
    for (size_t i = 0; i < article->n_tags; i++)
        cut_field(cutter, analyser, KH_BLOCK_TAG, article->tags[i].name);
    cut_field(cutter, analyser, KH_BLOCK_PLACE, article->place);
    cut_field(cutter, analyser, KH_BLOCK_SECTION, article->section);
    cut_field(cutter, analyser, KH_BLOCK_SOURCE, article->source);
}

static void end_batch(cut_articles *cut, kh_cutter *cutter, size_t number)
{
    kh_error err;
    KH_AUTO_BUF path;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_buf_printf(&path, "%s/%zu", cut->folder, number);
    must_ok(kh_cutter_batch_end(cutter, kh_buf_text(&path), &err), &err);
    uint32_t added = kh_numbers_add(cut->numbers, kh_buf_text(&path));
    cr_assert(eq(sz, added, number));
}

static void give_numbers(cut_articles *cut)
{
    kh_error err;
    bool has_pairs = false;
    must_ok(kh_numbers_choose(cut->numbers, &has_pairs, &err), &err);
    for (size_t i = 0; i < cut->n && has_pairs; i++)
        if (kh_numbers_samples(cut->numbers, kh_article_key(cut->articles[i].id)))
            kh_numbers_sample(cut->numbers, kh_buf_str(&cut->cuts[i]));
    kh_numbers_finish(cut->numbers);
}

static void cut_batches(cut_articles *cut, size_t batch_articles, kh_cutter **cutters,
                        size_t n_cutters)
{
    kh_error err;
    for (size_t i = 0; i < cut->n; i++) {
        KH_AUTO(kh_analyser_free) kh_analyser *analyser = NULL;
        const kh_language *language = kh_language_find(cut->articles[i].lang);
        must_ok(kh_analyser_open(&analyser, language, &err), &err);
        size_t batch = cut->batch_of[i] = i / batch_articles;
        kh_cutter *cutter = cutters[batch % n_cutters];
        cut_article(cutter, analyser, &cut->articles[i], &cut->cuts[i]);
        kh_cutter_settle(cutter); /* the analyser goes */
        if ((i + 1) % batch_articles == 0)
            end_batch(cut, cutter, batch);
    }
    size_t last = cut->n_batches - 1;
    end_batch(cut, cutters[last % n_cutters], last);
}

cut_articles *cut_articles_open_in_turn(const kh_article *articles, size_t n,
                                        size_t batch_articles, size_t n_cutters)
{
    cut_articles *cut = kh_alloc(sizeof(*cut));
    *cut = (cut_articles){ .folder = "/tmp/khabar-cut-XXXXXX",
                           .numbers = kh_numbers_open(),
                           .articles = articles,
                           .n = n,
                           .n_batches = n / batch_articles + 1 };
    kh_numbers_sign_from(cut->numbers, 0);
    cr_assert(ne(ptr, mkdtemp(cut->folder), NULL));
    cut->cuts = kh_alloc((n + 1) * sizeof(kh_buf));
    cut->batch_of = kh_alloc((n + 1) * sizeof(size_t));
    cut->batches = kh_alloc(cut->n_batches * sizeof(kh_batch *));
    kh_cutter **cutters = kh_alloc(n_cutters * sizeof(kh_cutter *));
    kh_error err;
    for (size_t i = 0; i < n_cutters; i++)
        must_ok(kh_cutter_open(&cutters[i], &err), &err);
    cut_batches(cut, batch_articles, cutters, n_cutters);
    for (size_t i = 0; i < n_cutters; i++)
        kh_cutter_free(cutters[i]);
    kh_free(cutters);
    give_numbers(cut);
    for (uint32_t b = 0; b < cut->n_batches; b++)
        must_ok(kh_batch_open(&cut->batches[b], cut->numbers, b, &err), &err);
    return cut;
}

cut_articles *cut_articles_open(const kh_article *articles, size_t n,
                                size_t batch_articles)
{
    return cut_articles_open_in_turn(articles, n, batch_articles, 1);
}

void cut_articles_free(cut_articles *cut)
{
    for (size_t b = 0; b < cut->n_batches; b++)
        kh_batch_free(cut->batches[b]);
    for (size_t i = 0; i < cut->n; i++)
        kh_buf_release(&cut->cuts[i]);
    kh_numbers_free(cut->numbers);
    cr_expect(eq(int, kh_folder_remove(cut->folder, NULL), KH_OK));
    kh_free(cut->batches);
    kh_free(cut->cuts);
    kh_free(cut->batch_of);
    kh_free(cut);
}

static bool is_block(const kh_article *article, kh_block_kind kind, kh_str text)
{
    for (size_t i = 0; i < article->n_blocks; i++)
        if (article->blocks[i].kind == kind && article->blocks[i].text.len > 0)
            return kh_str_equal(article->blocks[i].text, text);
    return text.len == 0;
}

kh_record_source cut_source(const cut_articles *cut, size_t i)
{
    const kh_article *article = &cut->articles[i];
    return (kh_record_source){
        .article = article,
        .cuts = { { cut->batches[cut->batch_of[i]], kh_buf_str(&cut->cuts[i]) } },
        .n_cuts = 1,
        .key = kh_article_key(article->id),
        .text_hash = kh_article_text_hash(article),
        .title_is_block = is_block(article, KH_BLOCK_TITLE, article->title),
        .deck_is_block = is_block(article, KH_BLOCK_DECK, article->deck),
    };
}

kh_record_writer *cut_writer(const cut_articles *cut, const char *folder)
{
    kh_error err;
    kh_record_writer *writer;
    must_ok(kh_record_writer_open(&writer, folder, cut->numbers, &err), &err);
    for (size_t i = 0; i < cut->n; i++) {
        kh_record_source source = cut_source(cut, i);
        if (kh_numbers_samples(cut->numbers, source.key))
            must_ok(kh_record_writer_sample(writer, &source, &err), &err);
    }
    must_ok(kh_record_writer_begin(writer, NULL, &err), &err);
    return writer;
}

void cut_add(kh_record_writer *writer, kh_record_packer *packer,
             const kh_record_source *source)
{
    kh_error err;
    KH_AUTO_BUF packed;
    kh_buf_init(&packed, KH_BUF_MAX);
    must_ok(kh_record_pack(packer, source, &packed, &err), &err);
    must_ok(kh_record_writer_add(writer, kh_buf_str(&packed), &err), &err);
}

void cut_write(const cut_articles *cut, const char *folder)
{
    kh_error err;
    kh_record_writer *writer = cut_writer(cut, folder);
    KH_AUTO(kh_record_packer_free) kh_record_packer *packer = NULL;
    must_ok(kh_record_packer_open(&packer, writer, &err), &err);
    for (size_t i = 0; i < cut->n; i++) {
        kh_record_source source = cut_source(cut, i);
        source.length = (uint32_t)i;
        cut_add(writer, packer, &source);
    }
    must_ok(kh_record_writer_close(writer, &err), &err);
}
