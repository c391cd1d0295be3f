/* archive - see archive.h. */
#include "archive.h"

static const made_article archive[] = {
    { "indus", "en", "River talks are back on the table",
      "Both sides say that the Indus Waters Treaty will be the first point of the "
      "talks. Neither would name a day.\n# What happens next\nOfficials meet in Delhi.",
      "Indus Waters Treaty|ceasefire 2025", "2025-06-05" },
    { "mixed", "en", "A treaty of old",
      "The Indus is a river. Its waters rise. A treaty was suspended.\nWaters flow "
      "past the Indus. Treaty after treaty failed.",
      "Indus basin", "2025-05" },
    { "cricket", "en", "Cricket in the valley",
      "The ceasefire held while they played cricket by the Indus.", "cricket",
      "2025-06-04T10:30:00Z" },
    { "policies", "en", "New rules", "Policies on water differ from town to town.", "",
      "2024" },
    { "police", "en", "At the station", "The police said nothing.", "", "1969-12-31" },
    { "policy", "en", "One rule", "A policy alone is not enough.", "", "" },
    { "tex", "en", "A singer", "Tex Ritter sang of the plains.", "", "2025-06-01" },
    { "texas", "en", "Drought", "Farmers in Texas wait for rain.", "", "2025-06-01" },
    { "texas-es", "es", "Sequía en Texas", "Los agricultores esperan la lluvia.", "",
      "2025-06-01" },
    { "educacion", "es-MX", "La educación del año",
      "El gobierno habla de la educación en la región.", "", "2025-05-01" },
    { "us-capital", "en", "Trade", "The US has signed the deal.", "", "2025-03-01" },
    { "us-dots", "en", "Trade again", "The U.S. has signed another.", "",
      "2025-03-02" },
    { "us-pronoun", "en", "Voices", "They told us about the flood.", "", "2025-03-03" },
    { "sl-hyphen", "en", "In Singapore", "The Shangri-La Dialogue opened.",
      "Shangri-La Dialogue", "2025-05-30" },
    { "sl-space", "en", "In Singapore too", "The Shangri La hotel is full.", "",
      "2025-05-31" },
    { "sl-joined", "en", "In Singapore again", "Nobody sleeps at the Shangrila.", "",
      "2025-06-01" },
    { "cb-hyphen", "en", "Firing", "There was cross-border fire.", "", "2025-05-10" },
    { "cb-space", "en", "Calm", "They may cross border posts now.", "", "2025-05-11" },
    { "cb-joined", "en", "Trade routes", "The crossborder trade is back.", "",
      "2025-05-12" },
    { "zh", "zh-Hans-CN", "印度河水条约", "印度和巴基斯坦的谈判开始。", "",
      "2025-06-02" },
    { "ja", "ja", "東京都の知事", "東京都は大きい。", "", "2025-06-02" },
    { "th", "th", "น้ำท่วม", "ประเทศไทยมีฝนตก", "", "2025-06-02" },
    { "hi", "hi",
      "सिंधु "
      "जल संधि",
      "दोनों "
      "पक्ष "
      "मिलेंगे।",
      "", "2025-06-02" },
};
const size_t n_archive = KH_COUNT_OF(archive);

asked each[3];

void open_each(void)
{
    static const int makes[] = { 1, 3, 4 };
    for (size_t i = 0; i < 3; i++)
        asked_open(&each[i], archive, n_archive, makes[i]);
}

void close_each(void)
{
    for (size_t i = 0; i < 3; i++)
        asked_close(&each[i]);
}

void expect_rows(const row *rows, size_t n)
{
    for (size_t k = 0; k < 3; k++) {
        for (size_t i = 0; i < n; i++) {
            ask(&each[k], rows[i].query);
            cr_expect(
                eq(str, (char *)asked_ids(&each[k], true), (char *)rows[i].wanted),
                "'%s' in index %zu: %s", rows[i].query, k, asked_ids(&each[k], true));
            cr_expect(eq(u64, each[k].answer.n_articles, each[k].answer.n_results),
                      "'%s' in index %zu: %s", rows[i].query, k,
                      asked_ids(&each[k], true));
        }
    }
}
