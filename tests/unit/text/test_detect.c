/* test_detect - the language of a text. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "text/language.h"

TestSuite(detect);

static void check(const char *text, const char *wanted)
{
    KH_AUTO_BUF code;
    kh_buf_init(&code, 16);
    bool is_found = kh_language_detect(&code, kh_str_from(text));
    cr_expect(eq(str, (char *)kh_buf_text(&code), (char *)wanted), "of '%s'", text);
    cr_expect(eq(int, is_found, wanted[0] != '\0'));
}

Test(detect, knows_languages_by_their_script)
{
    check("대통령은 협상이 계속될 것이라고 말했다", "ko");
    check("大統領は木曜日に述べた。", "ja");
    check("总统星期四表示，谈判将继续", "zh");
    check("總統星期四表示，談判將繼續進行", "zh");
    check("Fedora 20 Live DVD还搭载最新的GNOME 3.10桌面环境。", "zh");
    check("ประธานาธิบดีกล่าวเมื่อวันพฤหัสบดี", "th");
    check("Ο πρόεδρος είπε την Πέμπτη", "el");
    check("ஜனாதிபதி வியாழக்கிழமை கூறினார்", "ta");
    check("రాష్ట్రపతి గురువారం చెప్పారు", "te");
    check("রাষ্ট্রপতি বৃহস্পতিবার বলেছেন", "bn");
    check("ৰাষ্ট্ৰপতিয়ে বৃহস্পতিবাৰে কৈছে", "as");
    check("રાષ્ટ્રપતિએ ગુરુવારે કહ્યું", "gu");
    check("პრეზიდენტმა ხუთშაბათს თქვა", "ka");
}

Test(detect, knows_languages_by_their_words)
{
    check("The president said on Thursday that the talks about a ceasefire would go on "
          "next week in Geneva, and that both sides would send their ministers.",
          "en");
    check(
        "Der Präsident sagte am Donnerstag, die Gespräche über eine Waffenruhe würden "
        "in der nächsten Woche in Genf fortgesetzt.",
        "de");
    check(
        "Le président a déclaré jeudi que les négociations se poursuivront la semaine "
        "prochaine à Genève.",
        "fr");
    check("El presidente dijo el jueves que las negociaciones continuarán la próxima "
          "semana en Ginebra.",
          "es");
    check("Президент России заявил в четверг, что переговоры о перемирии будут "
          "продолжены на следующей неделе.",
          "ru");
    check("राष्ट्रपति ने गुरुवार को कहा कि बातचीत अगले सप्ताह जिनेवा में जारी रहेगी।", "hi");
    check("राष्ट्रपतींनी गुरुवारी सांगितले की चर्चा पुढील आठवड्यात जिनिव्हामध्ये सुरू राहील.", "mr");
    check("قال الرئيس يوم الخميس إن المحادثات بشأن وقف إطلاق النار ستستمر في الأسبوع "
          "المقبل في جنيف.",
          "ar");
    check("صدر نے جمعرات کو کہا کہ جنگ بندی کے بارے میں بات چیت اگلے ہفتے جنیوا میں "
          "جاری رہے گی۔",
          "ur");
    check("הנשיא אמר ביום חמישי כי השיחות על הפסקת האש יימשכו בשבוע הבא בז'נבה.", "he");
    check("Presiden mengatakan pada hari Kamis bahwa perundingan mengenai gencatan "
          "senjata akan dilanjutkan pekan depan di Jenewa.",
          "id");
}

/* The tables of libcld2_full are in use. */
Test(detect, knows_languages_of_africa)
{
    check("ፕሬዝዳንቱ ሐሙስ ዕለት እንደተናገሩት ስለ ተኩስ አቁም የሚደረገው ድርድር በሚቀጥለው ሳምንት ይቀጥላል።", "am");
    check("Madaxweynaha ayaa sheegay maalintii Khamiista in wada-hadallada xabbad "
          "joojinta ay sii socon doonaan toddobaadka soo socda.",
          "so");
}

Test(detect, says_nothing_where_it_is_not_sure)
{
    check("", "");
    check("123 456", "");
    check("ok", "");
    check("\xFF\xFE\xFD", "");
}

Test(detect, reads_whole_characters_of_the_beginning_only)
{
    KH_AUTO_BUF text;
    KH_AUTO_BUF code;
    kh_buf_init(&text, KH_BUF_MAX);
    kh_buf_init(&code, 16);
    kh_buf_add(&text, KH_STR("x"));
    while (text.len < 100000)
        kh_buf_add(&text, KH_STR("Президент заявил, что переговоры продолжены. "));
    kh_buf_add(&text, KH_STR("\xFF"));

    cr_expect(kh_language_detect(&code, kh_buf_str(&text)));
    cr_expect(eq(str, (char *)kh_buf_text(&code), "ru"));
}
