/* test_tag_line - tag lines are found, prose is not. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "article/tags.h"

static const struct {
    const char *line;
    const char *list; /* NULL: all of the line */
    bool is_glued;
} tag_lines[] = {
    { "Tags: PoK, Ishaq Dar, ceasefire", "PoK, Ishaq Dar, ceasefire", false },
    { "TAGS : PoK, Ishaq Dar", "PoK, Ishaq Dar", false },
    { "Keywords: one; two; three", "one; two; three", false },
    { "Topics: Kashmir", "Kashmir", false },
    { "Filed under: Politics, World", "Politics, World", false },
    { "Schlagwörter: Indien, Pakistan", "Indien, Pakistan", false },
    { "Mots-clés : Inde, Pakistan", "Inde, Pakistan", false },
    { "Etiquetas: India, Pakistán", "India, Pakistán", false },
    { "Palavras-chave: Índia, Paquistão", "Índia, Paquistão", false },
    { "Etiketler: Hindistan, Pakistan", "Hindistan, Pakistan", false },
    { "Ετικέτες: Ινδία, Πακιστάν", "Ινδία, Πακιστάν", false },
    { "Теги: Индия, Пакистан", "Индия, Пакистан", false },
    { "Ключевые слова: Индия, Пакистан", "Индия, Пакистан", false },
    { "وسوم: الهند، باكستان", "الهند، باكستان", false },
    { "الوسوم: الهند، باكستان", "الهند، باكستان", false },
    { "ٹیگز: بھارت، پاکستان", "بھارت، پاکستان", false },
    { "برچسب‌ها: هند، پاکستان", "هند، پاکستان", false },
    { "टैग: भारत, पाकिस्तान", "भारत, पाकिस्तान", false },
    { "ট্যাগ: ভারত, পাকিস্তান", "ভারত, পাকিস্তান", false },
    { "குறிச்சொற்கள்: இந்தியா, பாகிஸ்தான்", "இந்தியா, பாகிஸ்தான்", false },
    { "แท็ก: อินเดีย, ปากีสถาน", "อินเดีย, ปากีสถาน", false },
    { "标签：印度，巴基斯坦", "印度，巴基斯坦", false },
    { "關鍵字：印度、巴基斯坦", "印度、巴基斯坦", false },
    { "タグ：インド、パキスタン", "インド、パキスタン", false },
    { "태그: 인도, 파키스탄", "인도, 파키스탄", false },
    { "Thẻ: Ấn Độ, Pakistan", "Ấn Độ, Pakistan", false },
    { "Từ khóa: Ấn Độ, Pakistan", "Ấn Độ, Pakistan", false },
    { "#Ceasefire #PoK #IndusWaters", NULL, false },
    { "ceasefire 2025diplomatic tensionIndia foreign policyIndus Waters Treaty"
      "international relationsIshaq Dar",
      NULL, true },
    { "ceasefire 2025diplomatic tensionIndia foreign policyIndia military response"
      "India Pakistan CeasefireIndia Pakistan talksIndus Waters Treatyinternational "
      "relationsIshaq DarLashkar-e-TaibaMuzaffarabad strikeOperation SindoorPahalgam "
      "attackPakistan diplomacyPakistan terror linksPOKShangri-La DialogueShashi "
      "TharoorSouth Asia geopoliticsTerrorism in Kashmir",
      NULL, true },
    { "Tags: ceasefire 2025diplomatic tensionIndia foreign policy",
      "ceasefire 2025diplomatic tensionIndia foreign policy", true },
    { "Budget 2025Finance MinistryGSTIncome Tax", NULL, true },
    { "Climate Policy (EU)Energy PricesNord StreamRussia", NULL, true },
    { "Élections législativesÉmmanuel MacronParis", NULL, true },
    { "Выборы 2025Госдума РоссииМосква сегодня", NULL, true },
    { "CeasefireIndiaKashmirPakistan", NULL, true },
    { "Keywords: open dataOpen Source", "open dataOpen Source", true },
    { "  Monsoon FloodsOdisha WeatherPuri Beach  ",
      "Monsoon FloodsOdisha WeatherPuri Beach", true },
};

static const char *const prose[] = {
    "The next few months could be critical for South Asia’s geopolitical future, as "
    "both nations assess whether diplomacy or deadlock will shape their ties.",
    "Can Talks Move Forward?",
    "Pakistan Opens to Talks, But India Stays Firm",
    "However, Dar clarified, “We are not under pressure.”",
    "WhatsApp and YouTube users in India",
    "YouTubers, TikTokers and OpenAI's ChatGPT",
    "Apple's iPhone and Google's YouTube Music on MacOS",
    "McDonald's opens in Lahore",
    "Tags: the minister spoke of the many words that people use for one another when "
    "they do not know what else to say about the matter in hand.",
    "Note: figures are for 2024",
    "Topics the two sides talked about: water and trade",
    "(With inputs from PTI)",
    "Reporting by A. Writer; Editing by B. Editor",
    "Photo: Ishaq Dar in Islamabad (PTI)",
    "© 2025 Daily Express. All rights reserved.",
    "Follow us on X, YouTube and WhatsApp",
    "By Staff Reporter",
    "Published on 5 June 2025",
    "AstraZeneca and GlaxoSmithKline shares rise",
    "The DeepMind team met OpenAI, SpaceX and BlackRock officials in San Francisco",
    "He bought 20kg of rice and 5litres of oil",
    "Source: https://example.org/India/TalksAndTreaty",
    "भारत और पाकिस्तान के बीच वार्ता।",
    "印度和巴基斯坦的会谈。",
    "India",
    "India and Pakistan",
    "IndiaPakistan",
    "#",
    "# heading",
    "#1 in the world",
    "- 移除 PulseAudio，并支持 PipeWire",
    "##",
    "###添加面板小程序###",
    "## Promoting #FindYourPark on Social Media",
    "* PulseAudio in the works for openSUSE",
    "Announcing openSUSE Day at LinuxWorld Expo",
    ">> Follow Matt Wilstein (@TheMattWilstein) on Twitter",
    "TWITTER: You can follow me at twitter.com/TodayInTheSky",
    "![Keep Calm](/wp-content/uploads/2010/07/KeepCalmAndCarryOn.jpg)",
    "ChallengeResponseAuthentication no",
    "uDmNfy7a0ULB3qjJXMAnjLE/Oi14UE28XfMtlEmEEeYhtlPlH7hvFDgirRHN6kss",
    "function listMonthlyBackups() {",
    "var currentPair = e.mainPairBuffer[e.pairCount];",
    "MariaDB [(none)]> UPDATE user SET password=PASSWORD('YourPasswordHere')",
    "\"tags\": [",
    "Tags:",
    ":",
    "",
    "   ",
};

Test(tag_line, is_found)
{
    for (size_t i = 0; i < KH_COUNT_OF(tag_lines); i++) {
        kh_str line = kh_str_from(tag_lines[i].line);
        kh_str list = KH_STR("");
        bool is_glued = false;
        bool is_found = kh_tags_line(line, &list, &is_glued);

        cr_expect(is_found != 0, "'%s' is no tag line", tag_lines[i].line);
        kh_str wanted = tag_lines[i].list ? kh_str_from(tag_lines[i].list) : line;
        cr_expect(kh_str_equal(list, wanted) != 0, "'%s' gave '%" KH_FMT "'",
                  tag_lines[i].line, KH_ARG(list));
        cr_expect(eq(int, is_glued, tag_lines[i].is_glued));
    }
}

Test(tag_line, is_not_found_in_prose)
{
    for (size_t i = 0; i < KH_COUNT_OF(prose); i++) {
        kh_str list = KH_STR("untouched");
        bool is_glued = true;

        cr_expect(eq(int, kh_tags_line(kh_str_from(prose[i]), &list, &is_glued), 0),
                  "'%s' is taken for tags", prose[i]);
        cr_expect(kh_str_equal(list, KH_STR("untouched")) != 0);
        cr_expect(is_glued != 0);
    }
}
