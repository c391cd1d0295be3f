/* command - a command line said again, for hints that can be pasted. */
#include <string.h>

#include "cli/options.h"
#include "option_find.h"

void kh_shell_quote(kh_buf *out, kh_str word)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                "0123456789_./@%+,-";
    size_t n_plain = 0;
    while (n_plain < word.len &&
           (memchr(plain, word.ptr[n_plain], sizeof(plain) - 1) != NULL ||
            (unsigned char)word.ptr[n_plain] >= 0x80))
        n_plain++;
    if (n_plain == word.len && word.len > 0) {
        kh_buf_add(out, word);
        return;
    }
    kh_buf_add_char(out, '\'');
    for (size_t i = 0; i < word.len; i++) {
        if (word.ptr[i] == '\'')
            kh_buf_add(out, KH_STR("'\\''"));
        else
            kh_buf_add_char(out, word.ptr[i]);
    }
    kh_buf_add_char(out, '\'');
}

/* The option whose value is the argument behind; NULL: none. */
static const kh_option *takes_next(const kh_option *options, const char *text)
{
    if (text[1] == '-') {
        const kh_option *option = kh_option_find_name(options, kh_str_from(text + 2));
        return option != NULL && option->value == KH_VALUE_NEEDED ? option : NULL;
    }
    for (const char *letter = text + 1; *letter != '\0'; letter++) {
        const kh_option *option = kh_option_find_letter(options, *letter);
        if (option != NULL && option->value == KH_VALUE_NEEDED)
            return letter[1] == '\0' ? option : NULL;
    }
    return NULL;
}

static void add(kh_buf *out, const char *text)
{
    kh_buf_add_char(out, ' ');
    kh_shell_quote(out, kh_str_from(text));
}

void kh_command_print(kh_buf *out, const kh_option_rules *rules, int argc,
                      char *const *argv, int word_at)
{
    KH_AUTO_BUF words;
    kh_buf_init(&words, KH_BUF_MAX);
    bool are_all_words = false;
    bool needs_dashes = false;
    kh_buf_printf(out, "%s", rules->program);
    for (int i = 1; i < argc; i++) {
        const char *text = argv[i];
        bool has_dash = text[0] == '-' && text[1] != '\0';
        if (!are_all_words && strcmp(text, "--") == 0) {
            are_all_words = true;
            continue;
        }
        bool is_option = !are_all_words && i != word_at && has_dash &&
                         (text[1] == '-' || words.len == 0 || kh_option_is_short(text));
        needs_dashes |= !is_option && has_dash && (words.len == 0 || are_all_words);
        add(is_option ? out : &words, text);
        const kh_option *option = is_option ? takes_next(rules->options, text) : NULL;
        if (option != NULL)
            add(out, i + 1 < argc ? argv[i + 1] : option->value_name);
        i += option != NULL;
    }
    if (needs_dashes)
        kh_buf_add(out, KH_STR(" --"));
    kh_buf_add(out, kh_buf_str(&words));
}
