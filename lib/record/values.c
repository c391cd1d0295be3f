/* values - what of an article is no block, as tagged strings. */
#include "values.h"

static void add_value(kh_buf *values, uint32_t *n, kh_value_tag tag, kh_str value)
{
    if (value.len == 0)
        return;
    kh_buf_add_char(values, (char)tag);
    kh_buf_add_string(values, value);
    ++*n;
}

static void add_number(kh_buf *values, uint32_t *n, kh_value_tag tag, uint64_t number)
{
    KH_AUTO_BUF value;
    kh_buf_init(&value, 16);
    kh_buf_add_varint(&value, number);
    if (number != 0)
        add_value(values, n, tag, kh_buf_str(&value));
}

static void add_date(kh_buf *values, uint32_t *n, kh_value_tag tag, const kh_date *date)
{
    KH_AUTO_BUF value;
    kh_buf_init(&value, KH_BUF_MAX);
    kh_date_format(&value, date);
    add_value(values, n, tag, kh_buf_str(&value));
}

/* What stands elsewhere: title and deck in their blocks, the path is the input mostly.
 * Only if it is another is it a value, too, and then also if it is empty. */
static void add_unless(kh_buf *values, uint32_t *n, kh_value_tag tag, kh_str value,
                       bool is_elsewhere)
{
    if (is_elsewhere)
        return;
    kh_buf_add_char(values, (char)tag);
    kh_buf_add_string(values, value);
    ++*n;
}

/* Nothing if all are listed for sure, as most are. */
static void list_tags(kh_buf *out, const kh_article *article)
{
    bool is_usual = true;
    for (size_t i = 0; i < article->n_tags; i++) {
        const kh_tag *tag = &article->tags[i];
        if (tag->name.len == 0)
            continue;
        uint64_t confidence = (uint64_t)(tag->confidence * 10000.0F + 0.5F);
        uint64_t packed = confidence << 1 | (tag->origin == KH_TAG_CUT);
        is_usual = is_usual && packed == KH_RECORD_USUAL_TAG;
        kh_buf_add_varint(out, packed);
    }
    if (is_usual)
        kh_buf_reset(out);
}

void kh_values_write(kh_buf *out, const kh_record_source *source, bool is_other)
{
    const kh_article *article = source->article;
    KH_AUTO_BUF tags;
    kh_buf_init(&tags, KH_BUF_MAX);
    list_tags(&tags, article);

    KH_AUTO_BUF list;
    kh_buf_init(&list, KH_BUF_MAX);
    kh_buf *v = &list;
    uint32_t n = 0;
    add_value(v, &n, KH_RECORD_ID, article->id);
    add_date(v, &n, KH_RECORD_DATE, &article->date);
    add_value(v, &n, KH_RECORD_URL, article->url);
    add_date(v, &n, KH_RECORD_UPDATED, &article->updated);
    add_value(v, &n, KH_RECORD_INPUT, article->input);
    add_unless(v, &n, KH_RECORD_PATH, article->path,
               kh_str_equal(article->path, article->input));
    add_value(v, &n, KH_RECORD_MEMBER, article->member);
    add_number(v, &n, KH_RECORD_NUMBER, article->record);
    add_value(v, &n, KH_RECORD_RAW_TAGS, article->raw_tags);
    add_value(v, &n, KH_RECORD_FORMAT, kh_str_from(article->format));
    add_number(v, &n, KH_RECORD_FLAGS, article->has_own_id ? KH_RECORD_HAS_OWN_ID : 0);
    add_value(v, &n, KH_RECORD_TAGS, kh_buf_str(&tags));
    add_unless(v, &n, KH_RECORD_TITLE, article->title, source->title_is_block);
    add_unless(v, &n, KH_RECORD_DECK, article->deck, source->deck_is_block);
    add_value(v, &n, KH_RECORD_LANG, is_other ? article->lang : KH_STR(""));
    add_value(v, &n, KH_RECORD_LANG_TAG, article->lang_tag);

    kh_buf_add_varint(out, n);
    kh_buf_add(out, kh_buf_str(v));
}
