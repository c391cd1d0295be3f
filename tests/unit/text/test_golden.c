/* test_golden - the vectors of docs/analysis.md, section 9, are true; of decomposed
 * text, too. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/file.h"
#include "text/analysis.h"

TestSuite(golden);

#define DOCUMENT  KH_SOURCE_DIR "/docs/analysis.md"
#define MAX_BYTES ((size_t)1 << 20)
#define MAX_UNITS 4096

typedef struct vector {
    kh_str language;
    kh_str text;
    kh_str forms;
    kh_str terms;
} vector;

/* The next cell of "| a | b |"; *row moves behind it. */
static kh_str read_cell(kh_str *row)
{
    size_t begin = kh_str_find(*row, KH_STR("| "), 0);
    size_t end = kh_str_find(*row, KH_STR(" |"), begin + 1);
    cr_assert(ne(sz, end, SIZE_MAX), "a row of four cells: '%" KH_FMT "'",
              KH_ARG(*row));
    kh_str cell = kh_str_slice(*row, begin + 2, end);
    *row = kh_str_slice(*row, end + 1, row->len);
    return cell;
}

static void separate(kh_buf *out)
{
    if (out->len > 0)
        kh_buf_add_char(out, ' ');
}

static void check(const vector *v, kh_str text, const char *what)
{
    KH_AUTO(kh_analyser_free) kh_analyser *analyser = NULL;
    cr_assert(eq(int,
                 (int)kh_analyser_open(&analyser, kh_language_find(v->language), NULL),
                 KH_OK));
    KH_AUTO_BUF forms;
    KH_AUTO_BUF terms;
    kh_buf_init(&forms, MAX_BYTES);
    kh_buf_init(&terms, MAX_BYTES);
    kh_token token;
    kh_analyser_reset(analyser, text, 0);
    while (kh_analyser_next(analyser, &token)) {
        if (token.kind == KH_TOKEN_WORD) {
            separate(&forms);
            kh_buf_add(&forms, token.lexeme->form);
        }
        if (token.lexeme->term.len > 0) {
            separate(&terms);
            kh_buf_add(&terms, token.lexeme->term);
        }
    }

    cr_expect(kh_str_equal(kh_buf_str(&forms), v->forms) == true,
              "%s: forms of '%" KH_FMT "': %s", what, KH_ARG(v->text),
              kh_buf_text(&forms));
    cr_expect(kh_str_equal(kh_buf_str(&terms), v->terms) == true,
              "%s: terms of '%" KH_FMT "': %s", what, KH_ARG(v->text),
              kh_buf_text(&terms));
}

/* The canonical decomposition of a text. */
static kh_str decompose(char *out, size_t capacity, kh_str text)
{
    static UChar composed[MAX_UNITS];
    static UChar decomposed[MAX_UNITS];
    UErrorCode icu = U_ZERO_ERROR;
    int32_t n = 0;
    u_strFromUTF8(composed, MAX_UNITS, &n, text.ptr, (int32_t)text.len, &icu);
    n = unorm2_normalize(unorm2_getNFDInstance(&icu), composed, n, decomposed,
                         MAX_UNITS, &icu);
    int32_t bytes = 0;
    u_strToUTF8(out, (int32_t)capacity, &bytes, decomposed, n, &icu);
    cr_assert(eq(int, (int)U_SUCCESS(icu), 1));
    return kh_str_make(out, (size_t)bytes);
}

Test(golden, vectors_of_the_document_are_true)
{
    KH_AUTO_BUF document;
    kh_buf_init(&document, MAX_BYTES);
    cr_assert(eq(int, (int)kh_file_read(&document, DOCUMENT, MAX_BYTES, NULL), KH_OK));
    kh_str all = kh_buf_str(&document);
    size_t begin = kh_str_find(all, KH_STR("\n## 9. Golden vectors"), 0);
    cr_assert(ne(sz, begin, SIZE_MAX));
    kh_str rest = kh_str_slice(all, begin, kh_str_find(all, KH_STR("\n## 10."), 0));

    size_t n_vectors = 0;
    kh_str row;
    while (kh_str_line(&rest, &row)) {
        if (!kh_str_starts(row, KH_STR("| ")) ||
            kh_str_starts(row, KH_STR("| language")) ||
            kh_str_starts(row, KH_STR("| ---")))
            continue;
        vector v;
        v.language = read_cell(&row);
        v.text = read_cell(&row);
        v.forms = read_cell(&row);
        v.terms = read_cell(&row);
        n_vectors++;

        char decomposed[MAX_UNITS];
        check(&v, v.text, "as written");
        check(&v, decompose(decomposed, sizeof(decomposed), v.text), "decomposed");
    }
    cr_expect(ge(sz, n_vectors, 39));
}
