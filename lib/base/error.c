/* error - messages of failures: one line, whole UTF-8 letters, whatever is put in. */
#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

/* Make a printed text one line, and drop what vsnprintf() cut inside a letter. */
static void tidy(char *text, size_t size, int printed)
{
    for (char *c = text; *c != '\0'; c++)
        if (*c == '\n' || *c == '\r')
            *c = ' ';
    if (printed < 0 || (size_t)printed < size)
        return;

    kh_str cut = kh_str_make(text, strlen(text));
    for (int back = 1; back < 4 && (size_t)back < cut.len; back++) {
        size_t at = cut.len - (size_t)back;
        if (((unsigned char)text[at] & 0xC0) == 0xC0) { /* where a letter begins */
            if (kh_utf8_check(kh_str_slice(cut, at, cut.len)) == 0)
                text[at] = '\0';
            return;
        }
    }
}

/* Print through a copy: the arguments may point into the error itself. */
static void print(char *out, size_t size, const char *format, va_list args)
{
    char text[sizeof(((kh_error *)NULL)->message)] = "";

    int printed = vsnprintf(text, size, format, args);
    tidy(text, size, printed);
    memcpy(out, text, size);
}

kh_status kh_fail(kh_error *err, kh_status status, const char *format, ...)
{
    if (err == NULL)
        return status;

    va_list args;
    va_start(args, format);
    print(err->message, sizeof(err->message), format, args);
    va_end(args);
    err->status = status;
    err->hint[0] = '\0';
    return status;
}

kh_status kh_fail_errno(kh_error *err, kh_status status, const char *format, ...)
{
    int number = errno;
    if (err == NULL)
        return status;

    char what[sizeof(err->message)];
    va_list args;
    va_start(args, format);
    print(what, sizeof(what), format, args);
    va_end(args);

    char why[128];
    if (strerror_r(number, why, sizeof(why)) != 0)
        snprintf(why, sizeof(why), "error %d of the system", number);
    return kh_fail(err, status, "%s: %s", what, why);
}

void kh_hint(kh_error *err, const char *format, ...)
{
    if (err == NULL)
        return;

    va_list args;
    va_start(args, format);
    print(err->hint, sizeof(err->hint), format, args);
    va_end(args);
}

const char *kh_status_name(kh_status status)
{
    static const char *const names[] = {
        [KH_OK] = "ok",
        [KH_END] = "end",
        [KH_ERR_ARGUMENT] = "argument",
        [KH_ERR_USAGE] = "usage",
        [KH_ERR_FORMAT] = "format",
        [KH_ERR_IO] = "io",
        [KH_ERR_NOT_FOUND] = "not-found",
        [KH_ERR_LOCKED] = "locked",
        [KH_ERR_VERSION] = "version",
        [KH_ERR_CORRUPT] = "corrupt",
        [KH_ERR_LIMIT] = "limit",
        [KH_ERR_ENGINE] = "engine",
        [KH_ERR_INTERRUPTED] = "interrupted",
    };

    size_t at = (size_t)status;
    return at < KH_COUNT_OF(names) ? names[at] : "unknown";
}
