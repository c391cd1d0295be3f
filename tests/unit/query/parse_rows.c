/* parse_rows - see parse_rows.h. */
#include "parse_rows.h"

const kh_parse_options today = {
    .today = { .year = 2025, .month = 6, .day = 5, .precision = KH_DATE_DAY }
};

void read_as(kh_buf *out, kh_str text, const kh_parse_options *options)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_parsed parsed = { 0 };
    kh_error err = { 0 };
    kh_status status = kh_parse(&parsed, text, options, arena, &err);
    if (status != KH_OK) {
        cr_expect(eq(int, (int)status, (int)KH_ERR_USAGE));
        cr_expect(eq(int, (int)err.status, (int)KH_ERR_USAGE));
        kh_buf_printf(out, "! %s | %s", err.message, err.hint);
        return;
    }
    kh_node_describe(out, parsed.root);
    for (size_t i = 0; i < parsed.n_notes; i++)
        kh_buf_printf(out, " ; %" KH_FMT, KH_ARG(parsed.notes[i]));
}

void expect_rows(const row *rows, size_t n, const kh_parse_options *options)
{
    for (size_t i = 0; i < n; i++) {
        KH_AUTO_BUF seen;
        kh_buf_init(&seen, KH_BUF_MAX);
        read_as(&seen, kh_str_from(rows[i].text), options);
        cr_expect(eq(str, (char *)kh_buf_text(&seen), (char *)rows[i].wanted), "'%s'",
                  rows[i].text);
    }
}
