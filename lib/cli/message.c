/* message - what the programs say to people on standard error.
 *
 * Messages may quote what articles and command lines hold, so control characters are
 * made visible here, at the one door. */
#include "cli/message.h"

#include <stdarg.h>
#include <stdio.h>

#include "cli/output.h"

static void say(const char *program, const char *kind, kh_str text)
{
    KH_AUTO_BUF line;
    kh_buf_init(&line, 1 << 16);
    kh_buf_printf(&line, "%s: %s", program, kind);
    kh_output_clean(&line, text, false);
    kh_buf_add_char(&line, '\n');
    (void)fwrite(line.ptr, 1, line.len, stderr);
}

void kh_message_error(const char *program, const kh_error *err)
{
    say(program, "", kh_str_from(err->message));
    if (err->hint[0] == '\0')
        return;
    KH_AUTO_BUF line;
    kh_buf_init(&line, 1 << 16);
    kh_buf_add(&line, KH_STR("hint: "));
    kh_output_clean(&line, kh_str_from(err->hint), false);
    kh_buf_add_char(&line, '\n');
    (void)fwrite(line.ptr, 1, line.len, stderr);
}

void kh_message_note(const char *program, kh_str note)
{
    say(program, "note: ", note);
}

void kh_message_warning(const char *program, const char *format, ...)
{
    KH_AUTO_BUF text;
    kh_buf_init(&text, 1 << 16);
    va_list args;
    va_start(args, format);
    kh_buf_vprintf(&text, format, args);
    va_end(args);
    say(program, "warning: ", kh_buf_str(&text));
}
