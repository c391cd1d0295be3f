/* findings - gather what a check finds. */
#include "base/findings.h"

kh_status kh_finding(kh_findings *findings, kh_status status, const kh_error *err)
{
    if (status == KH_OK)
        return status;
    if (findings->log) {
        kh_buf_add(findings->log, kh_str_from(err->message));
        kh_buf_add_char(findings->log, '\n');
    }
    if (findings->status == KH_OK) {
        findings->status = status;
        findings->first = *err;
    }
    return status;
}

kh_status kh_findings_end(const kh_findings *findings, kh_error *err)
{
    if (findings->status != KH_OK && err)
        *err = findings->first;
    return findings->status;
}
