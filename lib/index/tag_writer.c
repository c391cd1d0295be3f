/* tag_writer - the tags among the terms of a segment into blocks, each under its
 * commonest spelling.
 *
 *   term   00 normal 00 name, in the articles that spell the tag so
 *
 * Nothing else begins with a zero byte, so they come before all terms. */
#include "base/alloc.h"
#include "tag_table.h"
#include "vocabulary_block.h"

void kh_tag_name_term(kh_buf *out, kh_str normal, kh_str name)
{
    kh_buf_add_char(out, '\0');
    kh_buf_add(out, normal);
    kh_buf_add_char(out, '\0');
    kh_buf_add(out, name);
}

bool kh_is_tag_name(kh_str term)
{
    return term.len > 0 && term.ptr[0] == '\0';
}

static kh_str normal_of(kh_str term)
{
    const char *end = memchr(term.ptr + 1, '\0', term.len - 1);
    size_t len = end != NULL ? (size_t)(end - term.ptr) : term.len;
    return kh_str_slice(term, 1, len);
}

typedef struct writing {
    const kh_metadata *out;
    const uint32_t *dates;
    kh_buf block;
    kh_buf before; /* normal form of the entry before */
    kh_buf normal; /* the tag at hand */
    kh_buf name;
    kh_tag_entry tag;
    size_t most; /* articles of the name */
    uint32_t n_tags;
} writing;

static kh_str key_part(kh_str normal)
{
    return kh_str_slice(normal, 0, KH_TAG_KEY_MAX_BYTES);
}

static kh_status write_block(writing *w, kh_error *err)
{
    kh_str last = kh_buf_str(&w->before);
    KH_AUTO_BUF key;
    kh_buf_init(&key, KH_BUF_MAX);
    kh_buf_add(&key, KH_STR(KH_TAG_PREFIX));
    kh_buf_add(&key, key_part(last));
    if (last.len > KH_TAG_KEY_MAX_BYTES)
        kh_buf_add_char(&key, (char)0xFF);
    kh_status status = kh_metadata_put_block(w->out, kh_buf_str(&key), &w->block, err);
    kh_buf_reset(&w->block);
    kh_buf_reset(&w->before);
    return status;
}

static void write_entry(writing *w)
{
    kh_buf *out = &w->block;
    kh_str before = kh_buf_str(&w->before);
    kh_str normal = kh_buf_str(&w->normal);
    kh_str name = kh_buf_str(&w->name);
    size_t shared = 0;
    while (shared < before.len && shared < normal.len &&
           before.ptr[shared] == normal.ptr[shared])
        shared++;
    kh_buf_add_varint(out, shared);
    kh_buf_add_string(out, kh_str_slice(normal, shared, normal.len));
    kh_buf_add_string(out, kh_str_equal(name, normal) ? KH_STR("") : name);
    kh_buf_add_varint(out, w->tag.n_articles);
    kh_buf_add_varint(out, w->tag.first);
    kh_buf_add_varint(out, w->tag.last - w->tag.first);
}

static kh_status end_tag(writing *w, kh_error *err)
{
    if (w->tag.n_articles == 0)
        return KH_OK;
    /* Tags that are one in the key stand in one block. */
    if (w->block.len >= KH_BLOCK_TARGET_BYTES &&
        kh_str_compare(key_part(kh_buf_str(&w->normal)),
                       key_part(kh_buf_str(&w->before))) != 0) {
        kh_status status = write_block(w, err);
        if (status != KH_OK)
            return status;
    }
    write_entry(w);
    kh_buf_reset(&w->before);
    kh_buf_add(&w->before, kh_buf_str(&w->normal));
    w->tag = (kh_tag_entry){ 0 };
    w->most = 0;
    w->n_tags++;
    return KH_OK;
}

/* Add a spelling of the tag at hand: the first by bytes of those in most articles is
 * its name. */
static void add_name(writing *w, const kh_term_postings *names)
{
    if (names->n > w->most) {
        w->most = names->n;
        kh_buf_reset(&w->name);
        kh_buf_add(&w->name, kh_str_slice(names->term, w->normal.len + 2, SIZE_MAX));
    }
    w->tag.n_articles += (uint32_t)names->n;
    for (size_t i = 0; i < names->n; i++) {
        uint32_t date = w->dates[names->documents[i] - 1];
        if (date != 0 && (w->tag.first == 0 || date < w->tag.first))
            w->tag.first = date;
        if (date > w->tag.last)
            w->tag.last = date;
    }
}

static kh_status write_all(writing *w, kh_term_merge *terms, kh_term_postings *first,
                           kh_error *err)
{
    kh_status status;
    while ((status = kh_term_merge_next(terms, first, err)) == KH_OK &&
           kh_is_tag_name(first->term)) {
        kh_str normal = normal_of(first->term);
        if (w->tag.n_articles == 0 || !kh_str_equal(normal, kh_buf_str(&w->normal))) {
            status = end_tag(w, err);
            kh_buf_reset(&w->normal);
            kh_buf_add(&w->normal, normal);
        }
        if (status != KH_OK)
            return status;
        add_name(w, first);
    }
    if (status != KH_OK && status != KH_END)
        return status;
    kh_status ended = end_tag(w, err);
    if (ended == KH_OK && w->block.len > 0)
        ended = write_block(w, err);
    return ended != KH_OK ? ended : status;
}

kh_status kh_tags_write(kh_term_merge *terms, const uint32_t *dates,
                        const kh_metadata *out, kh_term_postings *first,
                        uint32_t *n_tags, kh_error *err)
{
    writing w = { .out = out, .dates = dates };
    kh_buf *bufs[] = { &w.block, &w.before, &w.normal, &w.name };
    for (size_t i = 0; i < KH_COUNT_OF(bufs); i++)
        kh_buf_init(bufs[i], KH_BUF_MAX);
    kh_status status = write_all(&w, terms, first, err);
    *n_tags = w.n_tags;
    for (size_t i = 0; i < KH_COUNT_OF(bufs); i++)
        kh_buf_release(bufs[i]);
    return status;
}
