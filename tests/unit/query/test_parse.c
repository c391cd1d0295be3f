/* test_parse - from a text that a person typed to a tree, as tables of text and what
 * it is read as. */
#include "parse_rows.h"

Test(parse, reads_words_and_signs)
{
    static const row rows[] = {
        { "", "(group)" },
        { " \t\n", "(group)" },
        { "treaty", "(group treaty)" },
        { "  indus   waters\ttreaty ", "(group indus waters treaty)" },
        { "indus\xE3\x80\x80treaty", "(group indus treaty)" }, /* ideographic space */
        { "+ceasefire -cricket", "(group +ceasefire -cricket)" },
        { "-cricket", "(group -cricket)" },
        { "a -b +c d", "(group a -b +c d)" },
        { "9 -3", "(group 9 -3)" }, /* text: a digit behind the sign */
        { "9 +3", "(group 9 +3)" },
        { "9 - 3", "(group 9 - 3)" },
        { "Modi-Xi", "(group Modi-Xi)" },
        { "cross-border+trade", "(group cross-border+trade)" },
        { "--cricket", "(group --cricket)" },
        { "-", "(group -)" },
        { "a -\"b c\"", "(group a -\"b c\")" },
        { "a +(b c)", "(group a +(group b c))" },
        { "a -(b c)", "(group a -(group b c))" },
        { "-title:x", "(group -title:x)" },
        { "+=US", "(group +=US)" },
        { "-=\"PoK\"", "(group -=\"PoK\")" },
        { "(-a)", "(group -a)" },
        { "-\xC3\xA9t\xC3\xA9", "(group -\xC3\xA9t\xC3\xA9)" },
        { "-\xE0\xA4\xB9", "(group -\xE0\xA4\xB9)" },
        { "\xE2\x80\x93"
          "cricket",
          "(group \xE2\x80\x93"
          "cricket)" }, /* a dash */
        { "a,b. c!", "(group a,b. c!)" },
        { "don't", "(group don't)" },
    };

    EXPECT_ROWS(rows);
}

/* "9 -3" is described with a minus sign in its text; the sign itself must be none. */
Test(parse, takes_a_sign_before_a_digit_for_text)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_parsed parsed;
    cr_assert(eq(int, (int)kh_parse(&parsed, KH_STR("9 -3"), &today, arena, NULL),
                 (int)KH_OK));

    cr_assert(eq(sz, parsed.root->n_children, 2));
    cr_expect(eq(int, (int)parsed.root->children[1]->sign, (int)KH_SIGN_NONE));
}

Test(parse, binds_or_least_and_words_most)
{
    static const row rows[] = {
        { "a AND b", "(group (and a b))" },
        { "a OR b", "(group (or a b))" },
        { "a b AND c d", "(group (and (group a b) (group c d)))" },
        { "a OR b AND c", "(group (or a (and b c)))" },
        { "a AND b OR c", "(group (or (and a b) c))" },
        { "a AND b AND c", "(group (and a b c))" },
        { "a OR b OR c", "(group (or a b c))" },
        { "treaty AND (water OR river)", "(group (and treaty (or water river)))" },
        { "(a OR b) (c OR d)", "(group (or a b) (or c d))" },
        { "((a))", "(group a)" },
        { "(a b)", "(group a b)" },
        { "a (b c) d", "(group a (group b c) d)" },
        { "NOT a", "(group -a)" },
        { "a NOT b", "(group a -b)" },
        { "a AND NOT b", "(group (and a (group -b)))" },
        { "NOT (a OR b)", "(group -(or a b))" },
        { "NOT a AND b", "(group (and (group -a) b))" },
        { "-(-a)", "(group -(group -a))" },
        { "NOT \"a b\"", "(group -\"a b\")" },
        { "NOT +a", "(group -a)" },
        { "a and b or not c", "(group a and b or not c)" },
        { "And Or Not", "(group And Or Not)" },
        { "ANDy ORb NOTe", "(group ANDy ORb NOTe)" },
        { "\"AND\"", "(group \"AND\")" },
        { "a OR (b", "(group (or a b)"
                     ")" NO_PARTNER },
    };

    EXPECT_ROWS(rows);
}

Test(parse, takes_operators_with_nothing_beside_them_for_words)
{
#define BESIDE(name) " ; '" name "' has nothing beside it and is read as a word"
    static const row rows[] = {
        { "AND", "(group AND)" BESIDE("AND") },
        { "AND b", "(group AND b)" BESIDE("AND") },
        { "a OR", "(group a OR)" BESIDE("OR") },
        { "NOT", "(group NOT)" BESIDE("NOT") },
        { "a NOT", "(group a NOT)" BESIDE("NOT") },
        { "a AND OR b", "(group (and a (group OR b)))" BESIDE("OR") },
        { "NEAR", "(group NEAR)" BESIDE("NEAR") },
        { "a NEAR", "(group a NEAR)" BESIDE("NEAR") },
        { "NEAR/5 b", "(group NEAR/5 b)" BESIDE("NEAR/5") },
        { "a NEAR (b c)", "(group a NEAR (group b c))" BESIDE("NEAR") },
        { "(AND)", "(group AND)" BESIDE("AND") },
        { "(a OR) b", "(group (group a OR) b)" BESIDE("OR") },
        { "a AND ()", "(group a)" },
    };

    EXPECT_ROWS(rows);
}

Test(parse, reads_near)
{
    static const row rows[] = {
        { "treaty NEAR/5 suspended", "(group (near/5 treaty suspended))" },
        { "treaty NEAR suspended", "(group (near/10 treaty suspended))" },
        { "a NEAR/3 b NEAR/7 c", "(group (near/7 a b c))" },
        { "a NEAR/3 \"b c\"", "(group (near/3 a \"b c\"))" },
        { "-a NEAR b", "(group -(near/10 a b))" },
        { "NOT a NEAR b", "(group -(near/10 a b))" },
        { "x a NEAR b y", "(group x (near/10 a b) y)" },
        { "a NEAR b AND c NEAR d", "(group (and (near/10 a b) (near/10 c d)))" },
        { "a NEAR/0 b", "(group a NEAR/0 b)" },
        { "a NEAR/x b", "(group a NEAR/x b)" },
        { "a NEAR/ b", "(group a NEAR/ b)" },
        { "a NEAR/99999999999 b", "(group a NEAR/99999999999 b)" },
        { "a near/5 b", "(group a near/5 b)" },
        { "title:a NEAR b", "(group (near/10 title:a b))" },
        { "a NEAR title:b", "(group (near/10 title:a title:b))" },
        { "title:a NEAR place:b", "(group title:a NEAR place:b)" BESIDE("NEAR") },
        { "tag:a NEAR b", "(group tag:a NEAR b)" BESIDE("NEAR") },
        { "a NEAR lang:en", "(group a NEAR lang:en)" BESIDE("NEAR") },
        { "date:2025-06-05 NEAR b",
          "(group date:1036997..1036997 NEAR b)" BESIDE("NEAR") },
    };

    EXPECT_ROWS(rows);
}

Test(parse, reads_prefixes_and_exact_words)
{
#define SHORT(word) " ; '" word "*' is read as a word: a prefix has 3 letters or more"
    static const row rows[] = {
        { "sanction*", "(group sanction*)" },
        { "san*", "(group san*)" },
        { "sa*", "(group sa)" SHORT("sa") },
        { "\xC3\xA9t\xC3\xA9*", "(group \xC3\xA9t\xC3\xA9*)" },
        { "\xE5\x8D\xB0\xE5\xBA\xA6*", "(group \xE5\x8D\xB0\xE5\xBA\xA6)" },
        { "tag:\xE5\x8D\xB0\xE5\xBA\xA6*", "(group tag:\xE5\x8D\xB0\xE5\xBA\xA6*)" },
        { "*", "(group *)" },
        { "**", "(group)" },
        { "sanction**", "(group sanction*)" },
        { "-sanction*", "(group -sanction*)" },
        { "(sanction*)", "(group sanction*)" },
        { "=Waters", "(group =Waters)" },
        { "=\"Indus Waters\"", "(group =\"Indus Waters\")" },
        { "=\xE2\x80\x9CPoK\xE2\x80\x9D", "(group =\"PoK\")" },
        { "= a", "(group = a)" },
        { "=", "(group =)" },
        { "==a", "(group ==a)" },
        { "a=b", "(group a=b)" },
        { "=2025", "(group =2025)" },
    };

    EXPECT_ROWS(rows);
}

Test(parse, reads_quotes_of_every_shape)
{
    static const row rows[] = {
        { "\"indus waters treaty\"", "(group \"indus waters treaty\")" },
        { "\xE2\x80\x9Cindus waters\xE2\x80\x9D", "(group \"indus waters\")" },
        { "\xE2\x80\x9Eindus waters\xE2\x80\x9C", "(group \"indus waters\")" },
        { "\xE2\x80\x9Eindus waters\xE2\x80\x9D", "(group \"indus waters\")" },
        { "\xC2\xAB indus waters \xC2\xBB", "(group \" indus waters \")" },
        { "\xC2\xBBindus waters\xC2\xAB", "(group \"indus waters\")" }, /* German */
        { "\xC2\xBB"
          "a\xC2\xAB und \xC2\xBB"
          "b\xC2\xAB",
          "(group \"a\" und \"b\")" },
        { "\xE3\x80\x8C\xE6\x9D\xB1\xE4\xBA\xAC\xE3\x80\x8D",
          "(group \"\xE6\x9D\xB1\xE4\xBA\xAC\")" },
        { "\xE3\x80\x8E\xE6\x9D\xB1\xE4\xBA\xAC\xE3\x80\x8F",
          "(group \"\xE6\x9D\xB1\xE4\xBA\xAC\")" },
        { "\xEF\xBC\x82indus waters\xEF\xBC\x82", "(group \"indus waters\")" },
        { "\xE2\x80\x9Findus waters\xE2\x80\x9D", "(group \"indus waters\")" },
        { "\xE2\x80\xB9indus waters\xE2\x80\xBA", "(group \"indus waters\")" },
        { "\xE2\x80\xBAindus waters\xE2\x80\xB9", "(group \"indus waters\")" },
        /* Swedish: the same mark opens and closes. */
        { "\xE2\x80\x9Dindus waters\xE2\x80\x9D och \xE2\x80\x9D"
          "d e\xE2\x80\x9D",
          "(group \"indus waters\" och \"d e\")" },
        { "title:\xE2\x80\x9D"
          "a b\xE2\x80\x9D -\xE2\x80\x9D"
          "c d\xE2\x80\x9D",
          "(group title:\"a b\" -\"c d\")" },
        { "\xC2\xBB"
          "a b\xC2\xBB och",
          "(group \"a b\" och)" },
        { "12\xE2\x80\x9D disk a\xE2\x80\x9D", "(group 12 disk a)" },
        { "news \xE2\x80\xBA india", "(group news india)" },
        /* German, the second mark from the keyboard. */
        { "\xE2\x80\x9Eindus waters\" a", "(group \"indus waters\" a)" },
        { "\xE2\x80\x9E"
          "a b\" und \xE2\x80\x9E"
          "c d\xE2\x80\x9C",
          "(group \"a b\" und \"c d\")" },
        { "\xE2\x80\x9E"
          "a \"b\" c\xE2\x80\x9C",
          "(group \"a \"b\" c\")" },
        /* Single curly ones are apostrophes. */
        { "O\xE2\x80\x99Neill workers\xE2\x80\x99 \xE2\x80\x98tis",
          "(group O\xE2\x80\x99Neill workers\xE2\x80\x99 \xE2\x80\x98tis)" },
        { "\"a (b -c\" d", "(group \"a (b -c\" d)" },
        { "\"\"", "(group \"\")" },
        { "x\"a b\"y", "(group x \"a b\" y)" },
        { "\"a b", "(group a b)" NOT_CLOSED },
        { "a b\"", "(group a b)" NOT_CLOSED },
        { "\xE2\x80\x9C"
          "a b",
          "(group a b)" NOT_CLOSED },
        { "a b\xE2\x80\x9D", "(group a b)" },
        { "a \xE2\x80\x9D"
          "b",
          "(group a b)" NOT_CLOSED },
        { "\"a b\" \"c", "(group \"a b\" c)" NOT_CLOSED },
        { "5\" disk", "(group 5 disk)" NOT_CLOSED },
        { "-\"a b", "(group a b)" NOT_CLOSED },
        { "title:\"a b", "(group a b)" NOT_CLOSED },
    };

    EXPECT_ROWS(rows);
}

#define ZAHAL "\xD7\xA6\xD7\x94\"\xD7\x9C"

Test(parse, leaves_the_quote_in_a_hebrew_acronym)
{
    static const row rows[] = {
        { ZAHAL, "(group " ZAHAL ")" },
        { "-" ZAHAL " +a", "(group -" ZAHAL " +a)" },
        { "=" ZAHAL " title:" ZAHAL, "(group =" ZAHAL " title:" ZAHAL ")" },
        { "\"" ZAHAL " a\" b", "(group \"" ZAHAL " a\" b)" },
        { "a " ZAHAL "\"b\"", "(group a " ZAHAL " \"b\")" },
        { "\"\xD7\x9C\" \xD7\x9C", "(group \"\xD7\x9C\" \xD7\x9C)" },
        { ZAHAL "\"", "(group " ZAHAL ")" NOT_CLOSED },
        /* A letter with a point on it. */
        { "\xD7\xA6\xD6\xB8\"\xD7\x9C", "(group \xD7\xA6\xD6\xB8\"\xD7\x9C)" },
    };

    EXPECT_ROWS(rows);
}

Test(parse, knows_brackets_of_full_width)
{
    static const row rows[] = {
        { "台灣 NOT（貿易 OR 颱風）", "(group 台灣 -(or 貿易 颱風))" },
        { "（台灣 OR 頭髮） title:（a b）",
          "(group (or 台灣 頭髮) (group title:a title:b))" },
        { "（a b)", "(group a b)" },
        { "王毅（外长）訪問", "(group 王毅 外长 訪問)" },
    };
    EXPECT_ROWS(rows);
}

Test(parse, drops_brackets_without_a_partner)
{
    static const row rows[] = {
        { "(", "(group)" NO_PARTNER },
        { ")", "(group)" NO_PARTNER },
        { "()", "(group)" },
        { "(a b", "(group a b)" NO_PARTNER },
        { "a) b", "(group a b)" NO_PARTNER },
        { "a :-) b", "(group a :- b)" NO_PARTNER },
        { ")a(", "(group a)" NO_PARTNER },
        { "title:(a b", "(group a b)" NO_PARTNER },
        { "a ( b ) c )", "(group a b c)" NO_PARTNER },
    };

    EXPECT_ROWS(rows);
}

Test(parse, takes_operators_of_headlines_for_words)
{
    static const row rows[] = {
        { "INDIA AND PAKISTAN NOT AT WAR", "(group INDIA AND PAKISTAN NOT AT WAR)" },
        { "ARMS OR BUTTER IN 1960S BUDGET?",
          "(group ARMS OR BUTTER IN 1960S BUDGET?)" },
        { "TALKS NEAR COLLAPSE IN GENEVA TODAY",
          "(group TALKS NEAR COLLAPSE IN GENEVA TODAY)" },
        /* Five words are no headline. */
        { "INDIA AND PAKISTAN AT WAR", "(group (and INDIA (group PAKISTAN AT WAR)))" },
        /* A lower-case letter: none either. */
        { "INDIA AND PAKISTAN NOT AT War",
          "(group (and INDIA (group PAKISTAN -AT War)))" },
        /* The operators are the only capitals: letters without case make no headline.
         */
        { "\xE0\xA4\x9C\xE0\xA4\xB2 AND (\xE0\xA4\xA8\xE0\xA4\xA6 OR "
          "\xE0\xA4\xB9\xE0\xA4\xB2) NOT \xE0\xA4\x95\xE0\xA4\xB2",
          "(group (and \xE0\xA4\x9C\xE0\xA4\xB2 (group (or \xE0\xA4\xA8\xE0\xA4\xA6 "
          "\xE0\xA4\xB9\xE0\xA4\xB2) -\xE0\xA4\x95\xE0\xA4\xB2)))" },
        { "2024 AND 2025 NOT 2023 OR 2022",
          "(group (or (and 2024 (group 2025 -2023)) 2022))" },
        { "\xE0\xA4\xB9 \xE0\xA4\xB9 \xE0\xA4\xB9 \xE0\xA4\xB9 AND \xE0\xA4\xB9 US",
          "(group (and (group \xE0\xA4\xB9 \xE0\xA4\xB9 \xE0\xA4\xB9 \xE0\xA4\xB9) "
          "(group \xE0\xA4\xB9 US)))" },
        /* Quotes and signs are what they are. */
        { "INDIA \"WATERS TREATY\" -CRICKET AND THE RIVER",
          "(group INDIA \"WATERS TREATY\" -CRICKET AND THE RIVER)" },
    };

    EXPECT_ROWS(rows);
}

Test(parse, says_of_a_star_that_it_is_not_looked_at)
{
#define NO_STAR(text) \
    " ; '" text "' is read as text: a star counts only at the end of a word"
    static const row rows[] = {
        { "*ction", "(group *ction)" NO_STAR("*ction") },
        { "*ction*", "(group *ction)" NO_STAR("*ction*") },
        { "sanc*ion", "(group sanc*ion)" NO_STAR("sanc*ion") },
        { "sanc*io*", "(group sanc*io)" NO_STAR("sanc*io*") },
        { "C++*", "(group C++)" NO_STAR("C++*") },
        { "=sanc*ion", "(group =sanc*ion)" NO_STAR("=sanc*ion") },
        { "sanction*, x", "(group sanction*, x)" NO_STAR("sanction*,") },
        { "title:*ction", "(group title:*ction)" NO_STAR("title:*ction") },
        { "title:sanc*ion", "(group title:sanc*ion)" NO_STAR("sanc*ion") },
        { "tag:sanc*ion", "(group tag:sanc*ion)" NO_STAR("sanc*ion") },
        { "\"sanction* talks\"",
          "(group \"sanction* talks\") ; a star in quotes is not looked at" },
        { "title:*", "(group title:)"
                     " ; 'title:' has nothing after it and is read as text" },
        /* Stars that no word has, and where a star may be what is meant. */
        { "2 * 3 *** \"a * b\"", "(group 2 * 3 \"a * b\")" },
        { "tre-*", "(group tre-)" NO_STAR("tre-*") },
        { "url:x.org/a*b", "(group url:x.org/a*b)" },
        { "url:x.org/*", "(group url:x.org/*)" },
        { "id:a*b", "(group id:a*b)" },
    };

    EXPECT_ROWS(rows);
}

Test(parse, of_literal_words_knows_no_marks)
{
    static const row rows[] = {
        { "", "(group)" },
        { "titel:x", "(group titel:x)" },
        { "a AND b", "(group a AND b)" },
        { "\"a b\" -c +d", "(group \"a b\" -c +d)" },
        { "(a OR b) NEAR/5 =c d*", "(group (a OR b) NEAR/5 =c d*)" },
        { "date:nonsense", "(group date:nonsense)" },
        { "\xE2\x80\x9CModi\xE2\x80\x9D\xE2\x80\x83Xi",
          "(group \xE2\x80\x9CModi\xE2\x80\x9D Xi)" },
    };
    kh_parse_options literal = today;
    literal.is_literal = true;

    expect_rows(rows, KH_COUNT_OF(rows), &literal);
}

Test(parse, leaves_out_bytes_that_are_not_utf8)
{
#define LEFT_OUT " ; bytes that are not UTF-8 are left out"
    static const struct {
        kh_str text;
        const char *wanted;
    } rows[] = {
        { { "a \xFF b", 5 }, "(group a b)" LEFT_OUT },
        { { "\xFF", 1 }, "(group)" LEFT_OUT },
        { { "a\0b", 3 }, "(group a b)" LEFT_OUT },
        { { "\0", 1 }, "(group)" LEFT_OUT },
        { { "caf\xE9", 4 }, "(group caf)" LEFT_OUT },
        { { "\"a \xC3", 4 }, "(group a)" LEFT_OUT NOT_CLOSED },
        { { "a \xED\xA0\x80 b", 7 }, "(group a b)" LEFT_OUT },
        { { NULL, 0 }, "(group)" },
    };

    for (size_t i = 0; i < KH_COUNT_OF(rows); i++) {
        KH_AUTO_BUF seen;
        kh_buf_init(&seen, KH_BUF_MAX);
        read_as(&seen, rows[i].text, &today);
        cr_expect(eq(str, (char *)kh_buf_text(&seen), (char *)rows[i].wanted),
                  "row %zu", i);
    }
}

/* A megabyte of one piece: linear work, no deep stack, few notes. */
Test(parse, takes_a_megabyte_of_anything, .timeout = 60)
{
    static const char *const pieces[] = {
        "a",
        "a ",
        "\"",
        "(",
        ")",
        "\xE2\x80\x9C",
        "\xC2\xAB",
        "\xC2\xBB",
        "\xE3\x80\x8C",
        "a \xE2\x80\x9D",
        "\xE2\x80\x9E\"",
        " ›a",
        "\xD7\xA6\"",
        "\xFF",
        "a AND ",
        "AND ",
        "NOT ",
        "a NEAR b ",
        "-a ",
        "ab* ",
        "tag: ",
        "=",
        "a\xE2\x80\x9E ",
        "(a ",
        "a) ",
        "date:2025 ",
        "\xE0\xA4\xB9 ",
        "-(",
        "a OR b ",
        "\"a\" ",
        "title:(",
        "a* b** ",
    };
    for (size_t i = 0; i < KH_COUNT_OF(pieces); i++) {
        KH_AUTO_BUF text;
        kh_buf_init(&text, KH_BUF_MAX);
        while (text.len + strlen(pieces[i]) <= KH_QUERY_BYTES_MAX)
            kh_buf_add(&text, kh_str_from(pieces[i]));
        KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
        kh_parsed parsed;
        kh_error err = { 0 };
        kh_status status = kh_parse(&parsed, kh_buf_str(&text), &today, arena, &err);
        cr_assert(eq(int, (int)status, (int)KH_OK), "'%s': %s", pieces[i], err.message);
        cr_expect(le(sz, parsed.n_notes, 64));
    }
}

Test(parse, says_few_notes_of_many_kinds, .timeout = 60)
{
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    for (uint32_t i = 0; i < 150000; i++) {
        kh_buf_add_code_point(&text, 0x4E00 + i % 20000);
        kh_buf_add_code_point(&text, 0x4E00 + i / 20000);
        kh_buf_add(&text, KH_STR("* "));
    }
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_parsed parsed;

    cr_assert(eq(int, (int)kh_parse(&parsed, kh_buf_str(&text), &today, arena, NULL),
                 (int)KH_OK));

    cr_expect(le(sz, parsed.n_notes, 64));
}

Test(parse, cuts_what_is_longer_at_a_whole_letter)
{
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    kh_buf_add_char(&text, 'x');
    while (text.len <= KH_QUERY_BYTES_MAX)
        kh_buf_add(&text, KH_STR("\xC3\xA9"));
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_parsed parsed;

    cr_assert(eq(int, (int)kh_parse(&parsed, kh_buf_str(&text), &today, arena, NULL),
                 (int)KH_OK));

    cr_assert(eq(sz, parsed.n_notes, 1));
    cr_expect(
        kh_str_equal(parsed.notes[0], KH_STR("the query is cut after 1048576 bytes")));
}

Test(parse, takes_brackets_however_deep)
{
    for (size_t depth = 60; depth <= 1000; depth += depth < 70 ? 1 : 93) {
        KH_AUTO_BUF text;
        kh_buf_init(&text, KH_BUF_MAX);
        for (size_t i = 0; i < depth; i++)
            kh_buf_add(&text, KH_STR("(a OR "));
        kh_buf_add(&text, KH_STR("b"));
        for (size_t i = 0; i < depth; i++)
            kh_buf_add(&text, KH_STR(")"));
        KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
        kh_parsed parsed;

        cr_assert(eq(int,
                     (int)kh_parse(&parsed, kh_buf_str(&text), &today, arena, NULL),
                     (int)KH_OK));

        cr_expect(eq(sz, parsed.n_notes, depth > KH_QUERY_DEPTH_MAX ? 1 : 0),
                  "depth %zu", depth);
        KH_AUTO_BUF seen;
        kh_buf_init(&seen, KH_BUF_MAX);
        kh_node_describe(&seen, parsed.root);
        cr_expect(kh_str_find(kh_buf_str(&seen), KH_STR(" b"), 0) != SIZE_MAX);
    }
}
