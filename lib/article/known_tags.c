/* known_tags - the tags that articles of the archive list, and their words. */
#include "glue.h"

#include "base/alloc.h"

kh_known_tags *kh_known_tags_open(void)
{
    return kh_alloc(sizeof(kh_known_tags));
}

void kh_known_tags_free(kh_known_tags *known)
{
    if (known == NULL)
        return;
    kh_phrases_release(&known->tags);
    kh_phrases_release(&known->words);
    kh_free(known);
}

void kh_known_tags_add(kh_known_tags *known, kh_str name, uint32_t n_articles)
{
    KH_AUTO_BUF folded;
    kh_buf_init(&folded, KH_BUF_MAX);
    kh_glue_fold(&folded, name);
    if (folded.len == 0 || n_articles == 0)
        return;
    kh_phrases_add(&known->tags, kh_buf_str(&folded), n_articles);
    known->n_listed += n_articles;

    kh_str rest = kh_buf_str(&folded);
    while (rest.len > 0) {
        const char *space = memchr(rest.ptr, ' ', rest.len);
        size_t len = space != NULL ? (size_t)(space - rest.ptr) : rest.len;
        if (len > 0)
            kh_phrases_add(&known->words, kh_str_slice(rest, 0, len), n_articles);
        rest = kh_str_slice(rest, len + 1, rest.len);
    }
}

uint32_t kh_known_tags_count(const kh_known_tags *known, kh_str name)
{
    KH_AUTO_BUF folded;
    kh_buf_init(&folded, KH_BUF_MAX);
    kh_glue_fold(&folded, name);
    return kh_phrases_count(&known->tags, kh_buf_str(&folded));
}
