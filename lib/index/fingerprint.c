/* fingerprint - what of program and options decides what an index holds. */
#include <stdio.h>

#include "article/fields.h"
#include "index/generation.h"
#include "record/record.h"
#include "text/analysis.h"

void kh_fingerprint_write(kh_buf *out, const kh_str *options, size_t n_options)
{
    static const struct {
        const char *name;
        kh_block_kind kind;
    } kinds[] = {
        { "paragraph", KH_BLOCK_PARAGRAPH },
        { "heading", KH_BLOCK_HEADING },
        { "title", KH_BLOCK_TITLE },
        { "deck", KH_BLOCK_DECK },
        { "author", KH_BLOCK_AUTHOR },
        { "place", KH_BLOCK_PLACE },
        { "tag", KH_BLOCK_TAG },
        { "section", KH_BLOCK_SECTION },
        { "source", KH_BLOCK_SOURCE },
    };
    kh_buf_printf(out, "khabar layout %d, analysis %d, record %d, weights lead=%u",
                  KH_INDEX_VERSION, KH_ANALYSIS_VERSION, KH_RECORD_VERSION,
                  kh_block_weight(KH_BLOCK_PARAGRAPH, true));
    for (size_t i = 0; i < KH_COUNT_OF(kinds); i++)
        kh_buf_printf(out, " %s=%u", kinds[i].name,
                      kh_block_weight(kinds[i].kind, false));

    kh_buf_add(out, KH_STR(", options"));
    for (size_t i = 0; i < n_options; i++) {
        kh_buf_add_char(out, ' ');
        kh_buf_add(out, options[i]);
    }
}

/* The number behind a word in the fingerprint; 0 if it is not there. */
static unsigned version_of(kh_str fingerprint, kh_str word)
{
    size_t at = kh_str_find(fingerprint, word, 0);
    if (at == SIZE_MAX)
        return 0;
    size_t end = at += word.len;
    while (end < fingerprint.len && fingerprint.ptr[end] >= '0' &&
           fingerprint.ptr[end] <= '9')
        end++;
    unsigned long long number = 0;
    if (!kh_str_number(kh_str_slice(fingerprint, at, end), 999999999u, &number))
        return 0;
    return (unsigned)number;
}

unsigned kh_fingerprint_analysis(kh_str fingerprint)
{
    return version_of(fingerprint, KH_STR(", analysis "));
}

static kh_status check_versions(kh_str fingerprint, bool with_analysis,
                                const char *folder, kh_error *err)
{
    static const struct {
        const char *name;
        const char *word;
        unsigned version;
    } parts[] = {
        { "layout", "khabar layout ", KH_INDEX_VERSION },
        { "analysis", ", analysis ", KH_ANALYSIS_VERSION },
        { "record", ", record ", KH_RECORD_VERSION },
    };
    for (size_t i = 0; i < KH_COUNT_OF(parts); i++) {
        unsigned version = version_of(fingerprint, kh_str_from(parts[i].word));
        bool is_asked = with_analysis || strcmp(parts[i].name, "analysis") != 0;
        if (version == parts[i].version || !is_asked)
            continue;
        kh_fail(err, KH_ERR_VERSION, "index is of %s %u, this program reads %u: '%s'",
                parts[i].name, version, parts[i].version, folder);
        kh_hint(err, "build it again: khabar-index --index %s", folder);
        return KH_ERR_VERSION;
    }
    return KH_OK;
}

kh_status kh_fingerprint_check(kh_str fingerprint, const char *folder, kh_error *err)
{
    return check_versions(fingerprint, true, folder, err);
}

kh_status kh_fingerprint_check_heads(kh_str fingerprint, const char *folder,
                                     kh_error *err)
{
    return check_versions(fingerprint, false, folder, err);
}

void kh_generation_hint_version(kh_error *err, const char *folder, uint32_t number)
{
    uint32_t live = 0;
    if (err == NULL)
        return;
    if (kh_generation_current(&live, folder, NULL) != KH_OK || live == number) {
        kh_hint(err, "build it again: khabar-index --index %s", folder);
        return;
    }
    char message[sizeof(err->message)];
    (void)snprintf(message, sizeof(message), "%s", err->message);
    (void)kh_fail(err, err->status, "generation %u, which is kept: %s", number,
                  message);
    kh_hint(err, "live is generation %u; one that is kept goes with the next builds",
            live);
}
