/* test_error - messages of failures. */
#include <errno.h>

#include "base/utf8.h"
#include "scratch.h"

Test(error, is_recorded_and_its_status_returned)
{
    kh_error err = { .hint = "an old one" };

    kh_status status = kh_fail(&err, KH_ERR_FORMAT, "line %d: %s", 7, "not JSON");

    expect_status(status, KH_ERR_FORMAT);
    expect_status(err.status, KH_ERR_FORMAT);
    cr_expect(eq(str, err.message, "line 7: not JSON"));
    cr_expect(eq(str, err.hint, ""));
}

Test(error, may_go_nowhere)
{
    expect_status(kh_fail(NULL, KH_ERR_IO, "x"), KH_ERR_IO);
    expect_status(kh_fail_errno(NULL, KH_ERR_LOCKED, "x"), KH_ERR_LOCKED);
    kh_hint(NULL, "x");
}

Test(error, has_the_text_of_errno_behind_a_colon)
{
    kh_error err = { 0 };

    errno = ENOENT;
    kh_status status = kh_fail_errno(&err, KH_ERR_NOT_FOUND, "cannot open '%s'", "x");

    expect_status(status, KH_ERR_NOT_FOUND);
    cr_expect(eq(str, err.message, "cannot open 'x': No such file or directory"));
}

Test(error, names_a_number_that_the_system_does_not_know)
{
    kh_error err = { 0 };

    errno = 99999;
    kh_fail_errno(&err, KH_ERR_IO, "cannot");

    cr_expect(ne(ptr, strstr(err.message, "99999"), NULL), "%s", err.message);
}

Test(error, takes_a_hint_after_it_was_recorded)
{
    kh_error err = { 0 };

    kh_fail(&err, KH_ERR_NOT_FOUND, "no index at '%s'", "/x");
    kh_hint(&err, "make one: khabar-index %s", "FOLDER");

    cr_expect(eq(str, err.message, "no index at '/x'"));
    cr_expect(eq(str, err.hint, "make one: khabar-index FOLDER"));
}

Test(error, may_be_wrapped_in_itself)
{
    kh_error err = { 0 };
    kh_fail(&err, KH_ERR_FORMAT, "not JSON");
    kh_hint(&err, "look");

    kh_fail(&err, KH_ERR_IO, "cannot read '%s': %s", "a.jsonl", err.message);

    cr_expect(eq(str, err.message, "cannot read 'a.jsonl': not JSON"));
}

Test(error, is_one_line)
{
    kh_error err = { 0 };

    kh_fail(&err, KH_ERR_IO, "cannot open 'a\nb\r\n'");

    cr_expect(eq(str, err.message, "cannot open 'a b  '"));
}

Test(error, is_cut_between_letters)
{
    kh_error err = { 0 };
    char text[4 * sizeof(err.message)];

    for (size_t shift = 0; shift < 5; shift++) {
        size_t at = shift;
        memset(text, 'x', shift);
        while (at + 4 < sizeof(text))
            at += kh_utf8_put(text + at, shift % 2 ? 0x1F4F0 : 0x0938);
        text[at] = '\0';

        kh_fail(&err, KH_ERR_IO, "%s", text);
        kh_hint(&err, "%s", text);

        kh_str message = kh_str_from(err.message);
        kh_str hint = kh_str_from(err.hint);
        cr_expect(eq(sz, kh_utf8_check(message), message.len));
        cr_expect(eq(sz, kh_utf8_check(hint), hint.len));
        cr_expect(gt(sz, message.len, sizeof(err.message) - 5));
        cr_expect(gt(sz, hint.len, sizeof(err.hint) - 5));
    }
}

Test(error, has_a_name_for_every_status)
{
    for (int status = KH_OK; status <= KH_ERR_INTERRUPTED; status++)
        cr_expect(ne(str, (char *)kh_status_name((kh_status)status), "unknown"));
    cr_expect(eq(str, (char *)kh_status_name(KH_ERR_NOT_FOUND), "not-found"));
    cr_expect(eq(str, (char *)kh_status_name((kh_status)99), "unknown"));
}
