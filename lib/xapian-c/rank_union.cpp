/* rank_union - optional groups alone: the documents of those that can bring one among
 * the best.
 *
 * Nearly all of them weigh too little, and to walk lists abreast costs more than to
 * weigh a posting. So a window of documents is taken at a time, and list after list:
 *
 *     essential    A  3 4 9 12 . . . 300        window: from the first document
 *                  B  4 7 8 . . 120             to the first end of a batch
 *     sums         [3] a  [4] a + b  [7] b ...  rough weights, by document
 *     hopeful      4 8                          with all that others could add, enough
 *     inessential  C, the strongest: what it adds to 4 and to 8; who still has hope?
 *                  D ...
 *     left         8                            weighed to the last bit
 *
 * A window ends where a batch does, so that all postings of it lie side by side.
 * Postings that come one at a time (of several terms, of the engine) are put side by
 * side first. Groups that are together are walked abreast with the others.
 *
 * Source: Grand, Muir, Ferenczi and Lin, From MaxScore to Block-Max WAND: the story of
 * how Lucene significantly improved query evaluation performance, 2020, for buffers of
 * documents that one list after the other is asked for. */
#include <algorithm>
#include <cfloat>

#include "rank_loop.hpp"

namespace
{

constexpr uint32_t window_documents = 4096;

/* Sums of more groups than these are not worth their room. */
constexpr size_t window_groups = 512;

/* Far more than a rough sum of so many groups can be wrong by. */
constexpr double rough_slack = 1e-3;

} // namespace

/* A partial sum below the limit cannot become one that counts. */
void kh::SourceRun::raise_floor()
{
    limit = run.best.threshold() * (1 - rank_slack);
    while (n_inessential < optional.size() && below[n_inessential + 1] < limit)
        n_inessential++;
}

kh_status kh::SourceRun::go_union()
{
    for (Part *part : optional) {
        part->meet();
        heads.push_back(part->document());
    }
    while (n_inessential < optional.size()) {
        Window window;
        if (!open_window(window)) {
            if (is_at_end())
                return KH_OK;
            kh_status status = go_step();
            if (status != KH_OK)
                return status;
            continue;
        }
        kh_status status = go_window(window);
        if (status != KH_OK)
            return status;
    }
    return KH_OK;
}

bool kh::SourceRun::is_at_end() const
{
    for (size_t i = n_inessential; i < heads.size(); i++) {
        if (heads[i] != no_document)
            return false;
    }
    return true;
}

/* ---- a document at a time ---- */

/* The most that the essential groups add to a document, and all others to any. */
double kh::SourceRun::most_of(uint32_t document) const
{
    double most = below[n_inessential];
    for (size_t i = n_inessential; i < optional.size(); i++) {
        if (heads[i] == document)
            most += optional[i]->most(optional[i]->lists.wdf());
    }
    return most;
}

kh_status kh::SourceRun::go_step()
{
    size_t first = n_inessential; /* considering may raise it */
    uint32_t document = heads[first];
    for (size_t i = first + 1; i < heads.size(); i++)
        document = std::min(document, heads[i]);
    if (most_of(document) >= limit) {
        kh_status status = consider_union(document);
        if (status != KH_OK)
            return status;
    }
    for (size_t i = first; i < heads.size(); i++) {
        if (heads[i] == document) {
            optional[i]->next();
            heads[i] = optional[i]->document();
            fetch_length(heads[i]);
        }
    }
    return KH_OK;
}

/* ---- a window ---- */

/* False: groups that are together are walked, all are at their ends, or any document
 * weighs enough. */
bool kh::SourceRun::open_window(Window &window)
{
    window.first = n_inessential;
    window.begin = window.end = no_document;
    if (limit <= below[n_inessential] || added.size() > window_groups)
        return false;
    for (size_t i = n_inessential; i < optional.size(); i++) {
        if (optional[i]->others.empty())
            optional[i]->lists.fill();
        Lists::Batch batch = optional[i]->batch();
        if (batch.n == 0 && heads[i] != no_document)
            return false;
        if (batch.n == 0)
            continue;
        window.begin = std::min(window.begin, batch.documents[0]);
        window.end = std::min(window.end, batch.documents[batch.n - 1]);
    }
    if (window.begin == no_document)
        return false;
    if (window.end - window.begin >= window_documents)
        window.end = window.begin + window_documents - 1;
    return true;
}

/* Add up what the postings of a window add, each by itself: lengths arrive while other
 * postings are weighed. */
void kh::SourceRun::add_rough(const Window &window)
{
    sums.resize(window_documents);
    hopeful.resize(window_documents);
    has_sum.resize(window_documents / 64);
    batches.assign(optional.size(), {});
    for (size_t i = window.first; i < optional.size(); i++) {
        const Part &part = *optional[i];
        Lists::Batch batch = part.batch();
        auto weight = static_cast<float>(part.weight);
        uint32_t n = 0;
        for (; n < batch.n && batch.documents[n] <= window.end; n++) {
            uint32_t document = batch.documents[n];
            auto wdf = static_cast<float>(batch.wdfs[n]);
            float norm = run.weights.rough_norm(length_of(document));
            document -= window.begin;
            has_sum[document / 64] |= uint64_t{ 1 } << document % 64;
            sums[document] += weight * wdf / (norm + std::max(wdf, FLT_MIN));
        }
        batches[i] = { batch, n };
    }
}

/* Documents that may weigh enough, in their order; all sums are 0 again. */
void kh::SourceRun::find_hopeful(const Window &window)
{
    auto wanted = static_cast<float>((limit - below[window.first]) * (1 - rough_slack));
    n_hopeful = 0;
    for (uint32_t k = 0; k <= (window.end - window.begin) / 64; k++) {
        for (uint64_t rest = has_sum[k]; rest != 0; rest &= rest - 1) {
            uint32_t at = k * 64 + static_cast<uint32_t>(__builtin_ctzll(rest));
            auto row = static_cast<uint32_t>(n_hopeful * added.size());
            hopeful[n_hopeful] = { window.begin + at, row, sums[at] };
            n_hopeful += sums[at] >= wanted; /* the next one is put over it if not */
            sums[at] = 0;
        }
        has_sum[k] = 0;
    }
    rows.assign(n_hopeful * added.size(), 0.0);
}

/* Only those stay that weigh enough with the n weakest groups. */
void kh::SourceRun::keep_hopeful(size_t n)
{
    double wanted = limit * (1 - rough_slack) - below[n];
    size_t kept = 0;
    for (size_t i = 0; i < n_hopeful; i++) {
        hopeful[kept] = hopeful[i];
        kept += hopeful[i].sum >= wanted;
    }
    n_hopeful = kept;
}

/* Ask the groups that are not essential, the strongest first. */
void kh::SourceRun::ask_others(const Window &window)
{
    for (size_t i = window.first; i-- > 0 && n_hopeful > 0;) {
        Part &part = *optional[i];
        for (size_t k = 0; k < n_hopeful; k++) {
            Hopeful &one = hopeful[k];
            if (part.has(one.document))
                one.sum += static_cast<float>(add(
                    &rows[one.row], part, run.weights.norm(length_of(one.document))));
        }
        keep_hopeful(i);
    }
}

/* What the essential groups of a window add to those that are left. */
void kh::SourceRun::add_essential(const Window &window)
{
    for (size_t i = window.first; i < optional.size(); i++) {
        const Part &part = *optional[i];
        const Taken &taken = batches[i];
        uint32_t k = 0;
        for (size_t h = 0; h < n_hopeful; h++) {
            const Hopeful &one = hopeful[h];
            while (k < taken.n && taken.batch.documents[k] < one.document)
                k++;
            if (k < taken.n && taken.batch.documents[k] == one.document)
                rows[one.row + part.number] =
                    part.weight *
                    Weights::share(taken.batch.wdfs[k],
                                   run.weights.norm(length_of(one.document)));
        }
    }
}

kh_status kh::SourceRun::go_window(const Window &window)
{
    add_rough(window);
    find_hopeful(window);
    ask_others(window);
    add_essential(window);
    for (size_t i = 0; i < n_hopeful; i++) {
        const Hopeful &one = hopeful[i];
        if (one.sum < limit * (1 - rough_slack)) /* it rises */
            continue;
        std::copy_n(rows.begin() + static_cast<std::ptrdiff_t>(one.row), added.size(),
                    added.begin());
        kh_status status = filter(one.document);
        if (status != KH_OK)
            return status;
    }
    for (size_t i = window.first; i < optional.size(); i++) {
        const Taken &taken = batches[i];
        Part &part = *optional[i];
        if (taken.n > 0) {
            part.lists.go_to(taken.batch, taken.n - 1);
            part.next();
        }
        heads[i] = part.document();
    }
    return KH_OK;
}
