/* progress_line - which parts of the progress fit on a line. */
#include "cli/output.h"
#include "indexer/progress.h"

#define SHARE_MIN 0.01 /* before that nothing can be told from it */

/* What a line may have; there are fewer as it gets narrower. */
enum {
    PART_NAME = 1,
    PART_BAR = 2, /* half as long without PART_LONG */
    PART_LONG = 4,
    PART_SHARE = 8,
    PART_ARTICLES = 16,
    PART_TOTAL = 32,
    PART_RATE = 64,
    PART_LEFT = 128,
    PART_SKIPPED = 256
};

/* The total says what share and time say; a bar is the share once more. */
static const unsigned goes[] = { PART_LONG,    PART_TOTAL, PART_RATE,     PART_BAR,
                                 PART_SKIPPED, PART_NAME,  PART_ARTICLES, PART_LEFT };

static void add_gap(kh_buf *out)
{
    if (out->len > 0)
        kh_buf_add(out, KH_STR("  "));
}

static void add_bar(kh_buf *out, double share, bool is_long)
{
    unsigned cells = is_long ? 20 : 10;
    unsigned full = (unsigned)(share * cells);
    for (unsigned i = 0; i < cells; i++)
        kh_buf_add_char(out, i < full ? '#' : '-');
}

static void add_articles(kh_buf *out, const kh_progress *p, bool has_total)
{
    add_gap(out);
    kh_output_grouped(out, p->n_read);
    if (has_total && p->is_measured && p->share > SHARE_MIN) {
        kh_buf_add(out, KH_STR(" of about "));
        kh_output_grouped(out, (uint64_t)((double)p->n_read / p->share));
    }
    kh_buf_add(out, KH_STR(" articles"));
}

static void add_left(kh_buf *out, const kh_progress *p)
{
    unsigned left = (unsigned)((double)p->ms * (1 - p->share) / p->share / 1000.0);
    add_gap(out);
    kh_buf_printf(out, "%u:%02u left", left / 60, left % 60);
}

static void add_parts(kh_buf *out, const kh_progress *p, unsigned parts)
{
    if (parts & PART_NAME)
        kh_buf_add(out, KH_STR("reading"));
    if ((parts & PART_BAR) && p->has_bar && p->is_measured) {
        add_gap(out);
        add_bar(out, p->share, parts & PART_LONG);
    }
    if ((parts & PART_SHARE) && p->is_measured) {
        if (out->len > 0)
            kh_buf_add_char(out, ' '); /* one of the gap stands in the number */
        kh_buf_printf(out, "%3.0f %%", p->share * 100);
    }
    if ((parts & PART_ARTICLES) || !p->is_measured)
        add_articles(out, p, parts & PART_TOTAL);
    if (parts & PART_RATE) {
        add_gap(out);
        kh_output_grouped(out, p->ms > 0 ? p->n_read * 1000 / p->ms : 0);
        kh_buf_add(out, KH_STR("/s"));
    }
    if ((parts & PART_LEFT) && p->is_measured && p->share > SHARE_MIN)
        add_left(out, p);
    if ((parts & PART_SKIPPED) && p->n_skipped > 0) {
        add_gap(out);
        kh_buf_printf(out, "%zu skipped", p->n_skipped);
    }
}

void kh_progress_line(kh_buf *out, const kh_progress *progress, unsigned width)
{
    unsigned parts = ~0u;
    KH_AUTO_BUF line;
    kh_buf_init(&line, 4096);
    add_parts(&line, progress, parts);
    for (size_t i = 0; i < KH_COUNT_OF(goes) && width > 0 && line.len > width; i++) {
        parts &= ~goes[i];
        kh_buf_reset(&line);
        add_parts(&line, progress, parts);
    }
    if (width == 0 || line.len <= width) /* half a number says what is not so */
        kh_buf_add(out, kh_buf_str(&line));
}
