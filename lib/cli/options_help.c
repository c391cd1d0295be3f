/* options_help - --help, from the same table that the command line is read by. */
#include "cli/options.h"

#define HELP_COLUMN 30u

static size_t spell(kh_buf *out, const kh_option *option)
{
    size_t start = out->len;
    if (option->letter != 0)
        kh_buf_printf(out, "  -%c, ", option->letter);
    else
        kh_buf_add(out, KH_STR("      "));
    kh_buf_printf(out, "--%s", option->name);
    if (option->value == KH_VALUE_NEEDED)
        kh_buf_printf(out, " %s", option->value_name);
    else if (option->value == KH_VALUE_OPTIONAL)
        kh_buf_printf(out, "[=%s]", option->value_name);
    return out->len - start;
}

void kh_options_help(kh_buf *out, const char *usage, const kh_option *options)
{
    kh_buf_add(out, kh_str_from(usage));
    for (; options->id != 0; options++) {
        if (options->help == NULL)
            continue;
        if (options->group != NULL)
            kh_buf_printf(out, "\n%s\n", options->group);
        size_t width = spell(out, options);
        if (width + 2 > HELP_COLUMN) {
            kh_buf_add_char(out, '\n');
            width = 0;
        }
        kh_buf_printf(out, "%*s%s\n", (int)(HELP_COLUMN - width), "", options->help);
    }
}
