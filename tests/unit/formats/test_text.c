/* test_text - plain text in the form of a site's export. */
#include "base/file.h"
#include "show.h"

static const char *text(const char *bytes)
{
    return show_all(kh_str_from(bytes), "/a.txt", NULL);
}

static const char *fields(const char *bytes)
{
    return show_fields(kh_str_from(bytes), "/a.txt", NULL);
}

Test(text, is_cut_into_title_headings_and_paragraphs)
{
    expect_show(text("Title here\n\nFirst, it said.\n\nA heading\n\nSecond.\n"),
                "T:Title here P:First, it said. H:A heading P:Second.");
}

Test(text, tells_headings_from_short_paragraphs)
{
    static const struct {
        const char *line;
        const char *wanted;
    } cases[] = {
        { "Can talks move forward?", "H:Can talks move forward?" },
        { "Mixed reactions at home", "H:Mixed reactions at home" },
        { "### What it means ###", "H:What it means" },
        { "आगे क्या होगा", "H:आगे क्या होगा" },
        { "They did not.", "P:They did not." },
        { "“They did not.”", "P:“They did not.”" },
        { "दोनों पक्ष मिले।", "P:दोनों पक्ष मिले।" },
        { "双方没有见面。", "P:双方没有见面。" },
        { "He said:", "P:He said:" },
        { "and then,", "P:and then," },
        { "- a list", "P:- a list" },
        { "* * *", "P:* * *" },
        { "12.5", "P:12.5" },
        { "see https://example.org/x", "P:see https://example.org/x" },
        { "one two three four five six seven eight nine ten eleven twelve thirteen "
          "fourteen fifteen sixteen",
          "P:one two three four five six seven eight nine ten eleven twelve thirteen "
          "fourteen fifteen sixteen" },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        char file[1000];
        char wanted[1000];
        snprintf(file, sizeof(file), "T\n\nP one is long.\n\n%s\n\nP two.\n",
                 cases[i].line);
        snprintf(wanted, sizeof(wanted), "T:T P:P one is long. %s P:P two.",
                 cases[i].wanted);
        expect_show(text(file), wanted);
    }
}

Test(text, has_no_long_heading_where_there_are_no_full_stops)
{
    expect_show(text("T\n\nP one is long.\n\nชาวบ้านเตรียมรับมือน้ำ\n\nP two.\n"),
                "T:T P:P one is long. H:ชาวบ้านเตรียมรับมือน้ำ P:P two.");
    expect_show(
        text("T\n\nเจ้าหน้าที่เปิดประตูระบายน้ำเมื่อคืนที่ผ่านมา ทำให้ระดับน้ำในคลองลดลงอย่างรวดเร็ว"
             "\n\nP two.\n"),
        "T:T P:เจ้าหน้าที่เปิดประตูระบายน้ำเมื่อคืนที่ผ่านมา "
        "ทำให้ระดับน้ำในคลองลดลงอย่างรวดเร็ว P:P two.");
    expect_show(text("T\n\nເຈົ້າໜ້າທີ່ໄດ້ເປີດປະຕູລະບາຍນ້ຳໃນຄືນທີ່ຜ່ານມາ ເຮັດໃຫ້ລະດັບນ້ຳໃນຄອງຫຼຸດລົງຢ່າງໄວວາ"
                     "\n\nP two.\n"),
                "T:T P:ເຈົ້າໜ້າທີ່ໄດ້ເປີດປະຕູລະບາຍນ້ຳໃນຄືນທີ່ຜ່ານມາ "
                "ເຮັດໃຫ້ລະດັບນ້ຳໃນຄອງຫຼຸດລົງຢ່າງໄວວາ P:P two.");
}

Test(text, has_no_heading_that_begins_with_a_dateline)
{
    static const struct {
        const char *line;
        const char *kind;
        const char *fields; /* behind the title */
    } cases[] = {
        { "नई दिल्ली, 5 जून 2025: नदी का पानी उतर गया", "P",
          " place=नई दिल्ली date=2025-06-05" },
        { "नई दिल्ली: नदी का पानी उतर गया", "P", " place=नई दिल्ली" },
        { "กรุงเทพฯ, 5 มิถุนายน 2568 - น้ำในคลองลดลง", "P",
          " place=กรุงเทพฯ date=2025-06-05" },
        { "DELHI, June 5: The river fell", "P", " place=DELHI" },
        { "DELHI (PTI) - The river fell", "P", " place=DELHI" },
        { "Delhi: What we know", "H", "" },
        { "June 5, 2025: The day", "H", "" },
        { "## DELHI, June 5: The river fell", "H", "" },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        char file[400];
        char wanted[400];
        bool is_marked = cases[i].line[0] == '#';
        snprintf(file, sizeof(file), "T\n\n%s\n\nIt rained.\n", cases[i].line);
        snprintf(wanted, sizeof(wanted), "T:T %s:%s P:It rained.", cases[i].kind,
                 cases[i].line + (is_marked ? 3 : 0));
        expect_show(text(file), wanted);
        snprintf(wanted, sizeof(wanted), "title=T%s", cases[i].fields);
        expect_show(fields(file), wanted);
    }
    expect_show(text("T\n\nIt rained.\n\nDELHI, June 5: The river fell\n\nEnd.\n"),
                "T:T P:It rained. H:DELHI, June 5: The river fell P:End.");
    expect_show(text("T\n\nOur Bureau\n\nDELHI, June 5: The river fell\n\nEnd.\n"),
                "T:T H:Our Bureau P:DELHI, June 5: The river fell P:End.");
}

Test(text, has_no_heading_at_its_end_and_none_among_many)
{
    expect_show(text("T\n\nLong text.\n\nSo it ends\n"),
                "T:T P:Long text. P:So it ends");
    expect_show(text("T\n\na\n\nb\n\nc\n\nd\n\nText.\n"),
                "T:T P:a P:b P:c P:d P:Text.");
}

Test(text, keeps_wrapped_lines_in_one_paragraph)
{
    expect_show(text("T\n\nThe first line was wrapped\nand so goes on here.\n\nEnd.\n"),
                "T:T P:The first line was wrapped\\nand so goes on here. P:End.");
    expect_show(text("T\r\n\r\nThe first line was wrapped\r\nand goes on.\r\n"),
                "T:T P:The first line was wrapped\\r\\nand goes on.");
}

Test(text, without_empty_lines_has_a_paragraph_a_line)
{
    expect_show(text("T\nOne is here.\nTwo is here.\nThree is here."),
                "T:T P:One is here. P:Two is here. P:Three is here.");
    expect_show(text("T\n\nOne is here.\nTwo is here.\nThree is here."),
                "T:T P:One is here. P:Two is here. P:Three is here.");
}

Test(text, has_a_paragraph_a_line_where_lines_are_too_long_to_be_wrapped)
{
    char line[140];
    char file[1000];
    char wanted[1000];
    memset(line, 'x', sizeof(line) - 1);
    line[sizeof(line) - 1] = '\0';
    snprintf(file, sizeof(file), "T\n\nOne.\n\n%s\nshort\n\nEnd.\n", line);
    snprintf(wanted, sizeof(wanted), "T:T P:One. P:%s P:short P:End.", line);
    expect_show(text(file), wanted);
}

Test(text, that_looks_wrapped_throughout_is_one_paragraph)
{
    expect_show(text("T\n"
                     "The bridge over the river was opened on Monday and the\n"
                     "first lorry carried onions from the north bank of it to\n"
                     "the market in the south, where the price fell by a half\n"
                     "and the sellers from the hills went home again.\n"),
                "T:T P:The bridge over the river was opened on Monday and the\\n"
                "first lorry carried onions from the north bank of it to\\n"
                "the market in the south, where the price fell by a half\\n"
                "and the sellers from the hills went home again.");
}

Test(text, begins_a_paragraph_at_an_indented_line)
{
    expect_show(text("T\n\nOne goes\non here\n    Two goes\non there\nand on.\n"),
                "T:T P:One goes\\non here P:Two goes\\non there\\nand on.");
    expect_show(text("T\n\n　　甲乙丙。\n丁戊\n己庚\n　　辛\n癸\n"),
                "T:T P:甲乙丙。\\n丁戊\\n己庚 P:辛\\n癸");
}

Test(text, has_no_title_where_the_first_line_is_too_long)
{
    char file[1000];
    memset(file, 'x', 301);
    strcpy(file + 301, "\n\nText.\n");
    cr_expect(eq(int, strncmp(text(file), "P:xxx", 5), 0));

    strcpy(file + 130, ".\n\nText.\n");
    cr_expect(eq(int, strncmp(text(file), "P:xxx", 5), 0));
}

Test(text, takes_a_title_of_two_lines)
{
    expect_show(
        fields("Pakistan and India are back at the table\nafter eleven weeks of "
               "silence\n\nText.\n"),
        "title=Pakistan and India are back at the table after eleven weeks of "
        "silence");
}

Test(text, reads_header_lines)
{
    static const struct {
        const char *head;
        const char *wanted;
    } cases[] = {
        { "By Staff Reporter", "title=T author=Staff Reporter" },
        { "By Asha Menon, Ravi Kumar and Li Na",
          "title=T author=Asha Menon author=Ravi Kumar author=Li Na" },
        { "By noon all was over.", "title=T" },
        { "5 June 2025", "title=T date=2025-06-05" },
        { "Published: June 5, 2025", "title=T date=2025-06-05" },
        { "Updated: 2025-06-06", "title=T updated=2025-06-06" },
        { "Updated: the bridge is open", "title=T" },
        { "Source: Daily Example", "title=T source=Daily Example" },
        { "Section: City", "title=T section=City" },
        { "Language: hin", "title=T lang=hi" },
        { "Language: PT-br", "title=T lang=pt-BR" },
        { "https://example.org/a", "id=https://example.org/a title=T "
                                   "url=https://example.org/a" },
        { "ID: ex-17", "id=ex-17 title=T" },
        { "Place: Delhi", "title=T place=Delhi" },
        { "Subtitle: More of it", "title=T deck=More of it" },
        { "Keywords: a; b", "title=T tag=a tag=b" },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        char file[1000];
        snprintf(file, sizeof(file), "T\n%s\n\nThe text is here.\n", cases[i].head);
        expect_show(fields(file), cases[i].wanted);
    }
    expect_show(fields("Title: Said so\nDate: 2025-06-05\n\nThe text.\n"),
                "title=Said so date=2025-06-05");
}

Test(text, takes_the_tags_of_the_last_line)
{
    expect_show(fields("T\n\nThe text is here.\n\nTags: one, two\n"),
                "title=T tag=one tag=two");
    expect_show(fields("T\n\nThe text is here.\nTags: one, two"),
                "title=T tag=one tag=two");
    expect_show(text("T\n\nThe text is here.\n\nTags: one, two\n"),
                "T:T P:The text is here.");
}

Test(text, keeps_a_glued_tag_line_uncut)
{
    static const char line[] = "river talksWater TreatyDelhiengineers 2025Treaty Law";
    char file[1000];
    char wanted[1000];
    snprintf(file, sizeof(file), "T\n\nThe text is here.\n\n%s", line);
    snprintf(wanted, sizeof(wanted), "title=T raw=%s", line);
    expect_show(fields(file), wanted);
}

Test(text, reads_the_dateline_and_keeps_it_in_the_paragraph)
{
    expect_show(fields("T\n\nBhubaneswar, June 5, 2025: The text is here.\n"),
                "title=T place=Bhubaneswar date=2025-06-05");
    expect_show(text("T\n\nBhubaneswar, June 5, 2025: The text is here.\n"),
                "T:T P:Bhubaneswar, June 5, 2025: The text is here.");
}

Test(text, that_is_empty_or_no_text_is_a_failure)
{
    expect_show(text(""), "!format: empty");
    expect_show(text(" \n\r\n\t\n"), "!format: empty");
    expect_show(text("\xEF\xBB\xBF\n"), "!format: empty");
    expect_show(show_all(kh_str_make("T\n\n\0\1\2\3", 7), "/a.txt", NULL),
                "!format: of no known format: looks like binary data");
    expect_show(text("%PDF-1.7 x"), "!format: of no known format: looks like a PDF");
    expect_show(text("<!DOCTYPE html><p>x"),
                "!format: of no known format: looks like an HTML page");
    kh_reader_options forced = { .format = "text" };
    expect_show(text("Title\n"), "T:Title");
    cr_expect(
        eq(int,
           strncmp(show_all(kh_str_make("a\0b", 3), "/a.txt", &forced), "!format: ", 9),
           0));
}

Test(text, reads_the_line_ends_of_old_macs)
{
    expect_show(text("T\r\rThe first.\r\rThe second.\r"),
                "T:T P:The first. P:The second.");
}

/* Every block that says so stands in the file as it is, where it says. */
static void expect_places(const char *name, bool is_verbatim, size_t n_blocks)
{
    kh_str file = show_fixture(name);
    KH_AUTO(kh_reader_free) kh_reader *reader = show_open(name);
    kh_article *article = NULL;
    cr_assert(eq(int, (int)kh_reader_next(reader, &article, NULL), (int)KH_OK));

    cr_expect(eq(sz, article->n_blocks, n_blocks), "%s", name);
    for (size_t i = 0; i < article->n_blocks; i++) {
        const kh_block *block = &article->blocks[i];
        cr_expect(eq(int, block->is_verbatim, is_verbatim), "%s", name);
        if (!is_verbatim)
            continue;
        kh_str there = kh_str_slice(file, block->byte, block->byte + block->text.len);
        cr_expect(kh_str_equal(there, block->text) != 0, "%s block %zu", name, i);

        uint32_t line = 1;
        for (size_t at = 0; at < block->byte; at++)
            line += file.ptr[at] == '\n';
        cr_expect(eq(u32, block->line, line), "%s block %zu", name, i);
    }
}

Test(text, gives_lines_and_bytes_that_are_exact)
{
    expect_places("river.txt", true, 7);
    expect_places("crlf.txt", true, 7);
    expect_places("bom.txt", true, 7);
    expect_places("glued.txt", true, 7);
    expect_places("hindi.txt", true, 4);
    expect_places("lines.txt", true, 4);
    expect_places("utf16.txt", false, 7);
    expect_places("latin1.txt", false, 3);
}

Test(text, in_other_encodings_keeps_its_lines)
{
    KH_AUTO(kh_reader_free) kh_reader *reader = show_open("utf16.txt");
    kh_article *article = NULL;
    cr_assert(eq(int, (int)kh_reader_next(reader, &article, NULL), (int)KH_OK));

    cr_expect(eq(u32, article->blocks[0].line, 1));
    cr_expect(eq(u32, article->blocks[1].line, 5));
    cr_expect(eq(u64, article->blocks[1].byte, 0));
    cr_expect(eq(sz, article->n_tags, 3));
}
