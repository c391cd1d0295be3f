/* text_header - the lines between title and text: byline, date, "Source: ...". */
#include "text_header.h"

#include "blocks.h"
#include "text/language.h"

#define HEADER_COLUMNS 200
#define BYLINE_WORDS   10
#define DATE_COLUMNS   60

typedef enum label_kind {
    LABEL_TITLE,
    LABEL_DECK,
    LABEL_AUTHOR,
    LABEL_DATE,
    LABEL_UPDATED,
    LABEL_SOURCE,
    LABEL_SECTION,
    LABEL_URL,
    LABEL_LANG,
    LABEL_ID,
    LABEL_PLACE,
    LABEL_TAGS,
} label_kind;

static const struct {
    const char *label;
    label_kind kind;
} labels[] = {
    { "title", LABEL_TITLE },
    { "headline", LABEL_TITLE },
    { "subtitle", LABEL_DECK },
    { "standfirst", LABEL_DECK },
    { "deck", LABEL_DECK },
    { "author", LABEL_AUTHOR },
    { "authors", LABEL_AUTHOR },
    { "byline", LABEL_AUTHOR },
    { "written by", LABEL_AUTHOR },
    { "reported by", LABEL_AUTHOR },
    { "date", LABEL_DATE },
    { "published", LABEL_DATE },
    { "published on", LABEL_DATE },
    { "publication date", LABEL_DATE },
    { "posted", LABEL_DATE },
    { "posted on", LABEL_DATE },
    { "updated", LABEL_UPDATED },
    { "last updated", LABEL_UPDATED },
    { "modified", LABEL_UPDATED },
    { "source", LABEL_SOURCE },
    { "publication", LABEL_SOURCE },
    { "newspaper", LABEL_SOURCE },
    { "section", LABEL_SECTION },
    { "category", LABEL_SECTION },
    { "url", LABEL_URL },
    { "link", LABEL_URL },
    { "language", LABEL_LANG },
    { "lang", LABEL_LANG },
    { "id", LABEL_ID },
    { "guid", LABEL_ID },
    { "place", LABEL_PLACE },
    { "location", LABEL_PLACE },
    { "dateline", LABEL_PLACE },
    { "tags", LABEL_TAGS },
    { "keywords", LABEL_TAGS },
};

static bool is_date(kh_str text)
{
    kh_date date;
    return kh_line_columns(text) <= DATE_COLUMNS &&
           kh_date_parse(&date, text, kh_language_neutral());
}

static bool is_url(kh_str text)
{
    bool has_scheme = kh_str_starts(text, KH_STR("https://")) ||
                      kh_str_starts(text, KH_STR("http://"));
    return has_scheme && kh_line_words(text) == 1;
}

static bool take_label(kh_draft *draft, label_kind kind, kh_str value)
{
    kh_article *article = &draft->article;
    switch (kind) {
    case LABEL_TITLE:
        article->title = value;
        return true;
    case LABEL_DECK:
        article->deck = value;
        return true;
    case LABEL_AUTHOR:
        kh_draft_byline(draft, value);
        return true;
    case LABEL_DATE:
        draft->date_text = value;
        return is_date(value);
    case LABEL_UPDATED:
        draft->updated_text = value;
        return is_date(value);
    case LABEL_SOURCE:
        article->source = value;
        return true;
    case LABEL_SECTION:
        article->section = value;
        return true;
    case LABEL_URL:
        article->url = value;
        return is_url(value);
    case LABEL_LANG:
        draft->lang_text = value;
        return true;
    case LABEL_ID:
        article->id = value;
        return true;
    case LABEL_PLACE:
        draft->dateline = value;
        return true;
    case LABEL_TAGS:
        kh_draft_tag_list(draft, value);
        return true;
    }
    return false;
}

/* A label, and behind it what may be meant for a date but is none. */
static bool is_unread_date(label_kind kind, kh_str value)
{
    return kind == LABEL_DATE && kh_line_columns(value) <= DATE_COLUMNS &&
           !kh_line_ends_sentence(value);
}

static bool read_label(kh_draft *draft, kh_str line)
{
    size_t colon = kh_str_find(line, KH_STR(":"), 0);
    if (colon == SIZE_MAX)
        return false;

    kh_str name = kh_str_trim(kh_str_slice(line, 0, colon));
    kh_str value = kh_trim_wide(kh_str_slice(line, colon + 1, line.len));
    if (value.len == 0)
        return false;
    for (size_t i = 0; i < KH_COUNT_OF(labels); i++) {
        if (!kh_str_equal_ascii(name, kh_str_from(labels[i].label)))
            continue;
        kh_draft before = *draft;
        if (take_label(draft, labels[i].kind, value))
            return true;
        *draft = before;
        if (is_unread_date(labels[i].kind, value))
            draft->unread_date = value;
        return false;
    }
    return false;
}

/* "By Staff Reporter", not "By noon the river had risen." */
static bool read_byline(kh_draft *draft, kh_str line)
{
    bool starts = line.len > 3 &&
                  kh_str_equal_ascii(kh_str_slice(line, 0, 3), KH_STR("by ")) &&
                  !(line.ptr[3] >= 'a' && line.ptr[3] <= 'z');
    if (!starts || kh_line_words(line) > BYLINE_WORDS || kh_line_ends_sentence(line))
        return false;

    kh_draft_byline(draft, line);
    return true;
}

bool kh_text_header(kh_draft *draft, kh_str line, bool is_below_title)
{
    if (line.len == 0 || kh_line_columns(line) > HEADER_COLUMNS)
        return false;
    if (read_label(draft, line))
        return true;
    if (!is_below_title)
        return false;

    if (read_byline(draft, line))
        return true;
    if (is_url(line) && draft->article.url.len == 0) {
        draft->article.url = line;
        return true;
    }
    if (draft->date_text.len == 0 && is_date(line)) {
        draft->date_text = line;
        return true;
    }
    return false;
}
