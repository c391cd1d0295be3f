/* rank_lists - the postings of several terms in one database, walked as one list. */
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <xapian.h>

#include "guard.hpp"
#include "store.hpp"

namespace kh
{

/* Behind the last document. */
constexpr uint32_t no_document = UINT32_MAX;

/* A few lists are walked side by side. Many are gathered at once into one bit and, if
 * they weigh, one sum a document: a step of a walk over n lists costs n looks. */
class Lists
{
  public:
    enum class Use {
        weighing,
        asking,  /* for some documents */
        walking, /* all of them, for documents alone */
    };

    /* terms: those that the store has; the store must outlive it. n_postings counts
     * what is looked at. */
    Lists(const Store &store, const std::vector<std::string> &terms, Use use,
          uint64_t &n_postings);

    uint32_t document() const
    {
        return current;
    }

    /* Summed over the lists that have the document. */
    uint32_t wdf() const
    {
        if (n_ahead > 0)
            return ahead_wdfs[ahead];
        if (is_gathered)
            return wdfs[current];
        if (lists.size() == 1)
            return wdf_of(lists[0]);
        return sum_wdf();
    }

    void next()
    {
        if (n_ahead > 0)
            next_ahead();
        else if (!is_gathered && lists.size() == 1)
            current = step(lists[0]);
        else
            step_all();
    }

    /* Go to the first at or behind a document; never backwards. */
    void skip_to(uint32_t document)
    {
        if (current < document && n_ahead > 0)
            skip_ahead(document);
        if (current < document)
            skip_all(document);
    }

    /* How many documents, those walked past included; only if gathered. */
    uint64_t count() const;

    bool gathered() const
    {
        return is_gathered;
    }

    bool has(uint32_t document)
    {
        skip_to(document);
        return current == document;
    }

    /* Put postings side by side that come one at a time, from the one at hand on. */
    void fill();

    /* Postings that lie side by side, the one at hand first. */
    struct Batch {
        const uint32_t *documents = nullptr;
        const uint32_t *wdfs = nullptr;
        uint32_t n = 0; /* 0: they come one at a time, or none is left */
    };

    Batch batch() const
    {
        if (n_ahead > 0)
            return { &ahead_documents[ahead], &ahead_wdfs[ahead], n_ahead - ahead };
        if (is_gathered || lists.size() != 1 || lists[0].n == 0)
            return {};
        const List &list = lists[0];
        return { list.documents + list.i, list.wdfs + list.i, list.n - list.i };
    }

    /* Go to a posting of the batch that is at or behind the one at hand. */
    void go_to(const Batch &batch, uint32_t i)
    {
        if (n_ahead > 0) {
            ahead = static_cast<uint32_t>(batch.documents + i - ahead_documents.data());
            current = ahead_documents[ahead];
            return;
        }
        List &list = lists[0];
        auto at = static_cast<uint32_t>(batch.documents + i - list.documents);
        *n_looked_at += at - list.i;
        list.i = at;
        current = list.document = list.documents[at];
    }

  private:
    struct WalkFree {
        void operator()(kh_glass_walk *walk) const
        {
            kh_glass_walk_free(walk);
        }
    };

    /* Its postings come in batches, of a walk or all there are of a rare term; what
     * cannot be read so, the engine gives one at a time. */
    struct List {
        uint32_t document = 0;
        uint32_t i = 0;
        uint32_t n = 0; /* of the batch; 0: the engine's, or none is left */
        const uint32_t *documents = nullptr;
        const uint32_t *wdfs = nullptr;
        bool is_of_engine = false;
        Xapian::PostingIterator at;
        std::unique_ptr<kh_glass_walk, WalkFree> walk; /* null: no other batch */
        std::unique_ptr<kh_pulsed_postings> rare;
        std::string term;
    };

    List open(const std::string &term) const;
    void give_to_engine(List &list, uint32_t document) const;
    void skip_on(List &list, uint32_t document) const;

    static uint32_t wdf_of(const List &list)
    {
        return list.n > 0 ? list.wdfs[list.i] : list.at.get_wdf();
    }

    uint32_t step(List &list)
    {
        ++*n_looked_at;
        fault_point();
        if (++list.i < list.n)
            list.document = list.documents[list.i];
        else
            skip_on(list, list.document + 1);
        return list.document;
    }

    /* To the first at or behind a document, which is behind the one at hand. */
    void skip(List &list, uint32_t document)
    {
        ++*n_looked_at;
        fault_point();
        if (list.n > 0 && document <= list.documents[list.n - 1]) {
            while (list.documents[list.i] < document)
                list.i++;
            list.document = list.documents[list.i];
        } else {
            skip_on(list, document);
        }
    }

    void next_ahead();
    void skip_ahead(uint32_t document);
    uint32_t sum_wdf() const;
    void step_all();
    void skip_all(uint32_t document);
    void gather(const std::vector<std::string> &terms, bool weighs);
    uint32_t first_bit(uint32_t from) const;

    const Store *store;
    std::vector<List> lists;
    uint32_t current = no_document;
    bool is_gathered = false;
    std::vector<uint64_t> bits;            /* of documents, when gathered */
    std::vector<uint32_t> wdfs;            /* by document, when gathered and weighed */
    std::vector<uint32_t> ahead_documents; /* see fill() */
    std::vector<uint32_t> ahead_wdfs;
    uint32_t n_ahead = 0; /* 0: not filled */
    uint32_t ahead = 0;
    uint32_t behind = no_document; /* the first that is not ahead any more */
    uint64_t *n_looked_at;
};

} // namespace kh
