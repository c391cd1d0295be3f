/* config - files of options: one option or word a line, # notes, no quoting. */
#include "cli/options.h"

static char no_name[] = ""; /* stands where a program's name does */
static char dashes[] = "--";

kh_str kh_without_mark(kh_str text)
{
    kh_str mark = KH_STR("\xEF\xBB\xBF");
    return kh_str_starts(text, mark) ? kh_str_slice(text, mark.len, text.len) : text;
}

int kh_config_line(char *argv[KH_CONFIG_ARGS_MAX], kh_str line, kh_arena *arena)
{
    int argc = 0;
    argv[argc++] = no_name;
    line = kh_str_trim(line);
    if (line.len == 0 || line.ptr[0] == '#')
        return argc;
    char *first = kh_arena_alloc(arena, line.len + 1);
    memcpy(first, line.ptr, line.len);
    if (first[0] == '-' && first[1] != '\0') {
        size_t blank = strcspn(first, " \t=");
        bool has_value = first[blank] == ' ' || first[blank] == '\t';
        argv[argc++] = first;
        if (has_value) {
            first[blank] = '\0';
            argv[argc++] = first + blank + 1 + strspn(first + blank + 1, " \t");
        }
    } else {
        argv[argc++] = dashes;
        argv[argc++] = first;
    }
    return argc;
}
