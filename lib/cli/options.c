/* options - command lines from one table a program. */
#include "cli/options.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

#include "option_find.h"

typedef struct reader {
    const kh_option_rules *rules;
    int argc;
    char *const *argv;
    int at;
    bool has_words;
    kh_arena *arena;
    kh_given *given;
    size_t n;
    size_t capacity;
    kh_error *err;
} reader;

static void add(reader *r, kh_given given)
{
    r->given = kh_arena_grow(r->arena, r->given, r->n, &r->capacity, sizeof(kh_given));
    r->given[r->n++] = given;
}

const kh_option *kh_option_find_name(const kh_option *options, kh_str name)
{
    for (; options->id != 0; options++)
        if (options->name != NULL && kh_str_equal(kh_str_from(options->name), name))
            return options;
    return NULL;
}

const kh_option *kh_option_find_letter(const kh_option *options, char letter)
{
    for (; options->id != 0; options++)
        if (options->letter == letter)
            return options;
    return NULL;
}

static const char *find_hint(const kh_option_rules *rules, const char *name)
{
    for (const kh_option_hint *hint = rules->hints; hint != NULL && hint->name != NULL;
         hint++)
        if (strcmp(hint->name, name) == 0)
            return hint->hint;
    return NULL;
}

static kh_status unknown_name(reader *r, kh_str name)
{
    const char *names[256];
    size_t n = 0;
    for (const kh_option *o = r->rules->options; o->id != 0 && n < 255; o++)
        if (o->name != NULL && o->help != NULL)
            names[n++] = o->name;
    names[n] = NULL;
    kh_fail(r->err, KH_ERR_USAGE, "unknown option '--%" KH_FMT "'", KH_ARG(name));
    char full[128];
    snprintf(full, sizeof(full), "--%" KH_FMT, KH_ARG(name));
    const char *hint = find_hint(r->rules, full);
    const char *nearest = kh_nearest(name, names);
    if (hint != NULL)
        kh_hint(r->err, "%s", hint);
    else if (nearest != NULL)
        kh_hint(r->err, "the nearest is '--%s'", nearest);
    else
        kh_hint(r->err, "all of them: %s --help", r->rules->program);
    return KH_ERR_USAGE;
}

/* Three letters behind a dash in front of all words: "-cricket" rather than "-c -r". */
static bool is_like_a_word(const char *text)
{
    for (int i = 1; i <= 3; i++)
        if (!((text[i] >= 'a' && text[i] <= 'z') || (text[i] >= 'A' && text[i] <= 'Z')))
            return false;
    return true;
}

void kh_option_hint_word(kh_error *err, const kh_option_rules *rules, int argc,
                         char *const *argv, int at)
{
    KH_AUTO_BUF command;
    kh_buf_init(&command, KH_BUF_MAX);
    kh_command_print(&command, rules, argc, argv, at);
    kh_hint(err, "to leave out what has that word: %s", kh_buf_text(&command));
}

/* text: the argument that it stands in. */
static kh_status unknown_letter(reader *r, const char *letter, const char *text)
{
    kh_str rest = kh_str_from(letter);
    size_t n = 0;
    (void)kh_utf8_next(rest, &n); /* an option is ASCII; what is typed may be none */
    char name[6] = { '-' };
    memcpy(name + 1, letter, n);
    kh_fail(r->err, KH_ERR_USAGE, "unknown option '%s'", name);
    const char *hint = find_hint(r->rules, name);
    if (r->rules->words_are_text && strlen(text) > 3) {
        kh_fail(r->err, KH_ERR_USAGE, "unknown option '%s' in '%s'", name, text);
        kh_option_hint_word(r->err, r->rules, r->argc, r->argv, r->at);
    } else if (hint != NULL)
        kh_hint(r->err, "%s", hint);
    else
        kh_hint(r->err, "all of them: %s --help", r->rules->program);
    return KH_ERR_USAGE;
}

static kh_status missing_value(reader *r, const kh_option *option)
{
    return kh_fail(r->err, KH_ERR_USAGE, "option '--%s' needs a value: --%s %s",
                   option->name, option->name, option->value_name);
}

/* --name, --name=VALUE, --name VALUE */
static kh_status read_long(reader *r, kh_str text)
{
    const char *equals = memchr(text.ptr, '=', text.len);
    size_t len = equals != NULL ? (size_t)(equals - text.ptr) : text.len;
    kh_str name = kh_str_slice(text, 0, len);
    const kh_option *option = kh_option_find_name(r->rules->options, name);
    if (option == NULL)
        return unknown_name(r, name);
    kh_given given = { .id = option->id };
    if (equals != NULL) {
        if (option->value == KH_VALUE_NONE)
            return kh_fail(r->err, KH_ERR_USAGE, "option '--%s' takes no value",
                           option->name);
        given.value = kh_str_from(equals + 1);
        given.has_value = true;
    } else if (option->value == KH_VALUE_NEEDED) {
        if (r->at + 1 >= r->argc)
            return missing_value(r, option);
        given.value = kh_str_from(r->argv[++r->at]);
        given.has_value = true;
    }
    add(r, given);
    return KH_OK;
}

/* -l, -lc, -n5, -n 5 */
static kh_status read_short(reader *r, const char *text)
{
    int word_at = r->rules->words_are_text && is_like_a_word(text) ? r->at : 0;
    for (const char *letters = text + 1; *letters != '\0'; letters++) {
        const kh_option *option = kh_option_find_letter(r->rules->options, *letters);
        if (option == NULL)
            return unknown_letter(r, letters, text);
        kh_given given = { .id = option->id, .word_at = word_at };
        if (option->value == KH_VALUE_NEEDED) {
            if (letters[1] != '\0')
                given.value = kh_str_from(letters + 1);
            else if (r->at + 1 < r->argc)
                given.value = kh_str_from(r->argv[++r->at]);
            else
                return missing_value(r, option);
            given.has_value = true;
            add(r, given);
            return KH_OK;
        }
        add(r, given);
    }
    return KH_OK;
}

bool kh_option_is_short(const char *text)
{
    if (text[0] != '-' || text[1] == '\0' ||
        !((text[1] >= 'a' && text[1] <= 'z') || (text[1] >= 'A' && text[1] <= 'Z')))
        return false;
    return text[2 + strspn(text + 2, "0123456789")] == '\0';
}

static kh_status misplaced(reader *r, const char *text)
{
    char letters[3] = { text[0], text[1], '\0' };
    kh_fail(r->err, KH_ERR_USAGE,
            "option '%s' after the query: short options come first", letters);
    KH_AUTO_BUF command;
    kh_buf_init(&command, KH_BUF_MAX);
    kh_command_print(&command, r->rules, r->argc, r->argv, 0);
    const kh_option *option = kh_option_find_letter(r->rules->options, text[1]);
    bool has_value = option != NULL && option->value == KH_VALUE_NEEDED;
    kh_hint(r->err, "%s%s", kh_buf_text(&command),
            has_value ? "" : "; as text: -- before it");
    return KH_ERR_USAGE;
}

static kh_status read_one(reader *r)
{
    const char *text = r->argv[r->at];
    bool is_long = text[0] == '-' && text[1] == '-' && text[2] != '\0';
    bool is_short = text[0] == '-' && text[1] != '-' && text[1] != '\0';
    if (is_long)
        return read_long(r, kh_str_from(text + 2));
    bool is_text_now = r->rules->words_are_text && r->has_words;
    if (is_short && !is_text_now)
        return read_short(r, text);
    if (is_short && kh_option_is_short(text))
        return misplaced(r, text);
    r->has_words = true;
    add(r, (kh_given){ .value = kh_str_from(text), .has_value = true });
    return KH_OK;
}

kh_status kh_options_read(kh_given **out, size_t *n, const kh_option_rules *rules,
                          int argc, char *const *argv, kh_arena *arena, kh_error *err)
{
    reader r = {
        .rules = rules, .argc = argc, .argv = argv, .at = 1, .arena = arena, .err = err
    };
    bool is_after_dashes = false;
    for (; r.at < argc; r.at++) {
        if (is_after_dashes) {
            add(&r, (kh_given){ .value = kh_str_from(argv[r.at]),
                                .has_value = true,
                                .is_after_dashes = true });
        } else if (strcmp(argv[r.at], "--") == 0) {
            is_after_dashes = true;
        } else {
            kh_status status = read_one(&r);
            if (status != KH_OK)
                return status;
        }
    }
    *out = r.given;
    *n = r.n;
    return KH_OK;
}

kh_status kh_option_number(uint32_t *out, const char *name, kh_str value, uint32_t min,
                           bool may_be_all, kh_error *err)
{
    if (may_be_all && kh_str_equal(value, KH_STR("all"))) {
        *out = UINT32_MAX;
        return KH_OK;
    }
    unsigned long long number = 0;
    if (!kh_str_number(value, UINT32_MAX - 1, &number) || number < min) {
        kh_fail(err, KH_ERR_USAGE,
                "option '%s' takes a number of %u or more%s, not '%" KH_FMT "'", name,
                min, may_be_all ? ", or 'all'" : "", KH_ARG(value));
        return KH_ERR_USAGE;
    }
    *out = (uint32_t)number;
    return KH_OK;
}

kh_status kh_option_size(uint64_t *out, const char *name, kh_str value, kh_error *err)
{
    static const char units[] = "KMG";
    uint64_t factor = 1;
    kh_str digits = value;
    const char *unit = value.len > 0 ? strchr(units, value.ptr[value.len - 1]) : NULL;
    if (unit != NULL && *unit != '\0') {
        factor = (uint64_t)1 << (10 * (unit - units + 1));
        digits.len--;
    }
    unsigned long long number = 0;
    if (!kh_str_number(digits, UINT64_MAX / factor, &number) || number == 0)
        return kh_fail(err, KH_ERR_USAGE,
                       "option '%s' takes a size such as 512M, not '%" KH_FMT "'", name,
                       KH_ARG(value));
    *out = number * factor;
    return KH_OK;
}

kh_status kh_option_choice(size_t *out, const char *name, kh_str value,
                           const char *const *choices, kh_error *err)
{
    for (size_t i = 0; choices[i] != NULL; i++) {
        if (!kh_str_equal(value, kh_str_from(choices[i])))
            continue;
        *out = i;
        return KH_OK;
    }
    KH_AUTO_BUF list;
    kh_buf_init(&list, 512);
    for (size_t i = 0; choices[i] != NULL; i++)
        kh_buf_printf(&list, "%s%s", i > 0 ? ", " : "", choices[i]);
    return kh_fail(err, KH_ERR_USAGE, "option '%s' takes one of %s, not '%" KH_FMT "'",
                   name, kh_buf_text(&list), KH_ARG(value));
}
