/* record_check - read every record of a segment and say what is wrong. */
#include "base/utf8.h"
#include "findings.h"
#include "records.h"

static const char *check_text(const kh_frame *frame)
{
    if (kh_utf8_check(frame->text) != frame->text.len)
        return "its text is not UTF-8";
    if (frame->text.len > 0 && memchr(frame->text.ptr, 0, frame->text.len))
        return "its text holds a NUL";
    for (size_t i = 0; i < frame->n_stored_blocks; i++) {
        const kh_frame_block *block = &frame->blocks[i];
        kh_str text = kh_str_slice(frame->text, block->start, block->end);
        if (!kh_str_ends(text, KH_STR(KH_RECORD_BLOCK_END)))
            return "a block does not end with line ends";
    }
    return NULL;
}

static kh_status check_record(kh_records *records, uint32_t document, kh_arena *arena,
                              kh_error *err)
{
    kh_frame *frame;
    kh_status status = kh_records_fetch(&frame, records, document, err);
    if (status != KH_OK)
        return status;
    const char *fault = check_text(frame);
    if (fault)
        return kh_record_damaged(records, document, fault, err);

    kh_arena_reset(arena);
    kh_record_head head = kh_record_head_of(records, document);
    kh_article article;
    status = kh_record_article(&article, NULL, records, document, arena, err);
    if (status != KH_OK)
        return status;
    if (kh_date_pack(&article.date) != head.date)
        return kh_record_damaged(records, document, "its date is not that of its head",
                                 err);
    return KH_OK;
}

/* Frames end to end, nothing between them or behind. */
static kh_status check_places(const kh_records *records, kh_error *err)
{
    uint64_t first = 0;
    uint64_t last = 0;
    for (size_t i = 8; i-- > 0;) {
        first = first << 8 | records->places.ptr[i];
        last = last << 8 | records->places.ptr[records->places.len - 8 + i];
    }
    if (first != 0 || last != records->text.len)
        return kh_fail(err, KH_ERR_CORRUPT, "damaged file: '%s/places'",
                       records->folder);
    return KH_OK;
}

kh_status kh_records_check(kh_records *records, kh_buf *log, kh_error *err)
{
    kh_findings findings = { .log = log };
    kh_error failure;
    kh_finding(&findings, check_places(records, &failure), &failure);
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    for (uint32_t document = 1; document <= records->n; document++)
        kh_finding(&findings, check_record(records, document, arena, &failure),
                   &failure);
    return kh_findings_end(&findings, err);
}
