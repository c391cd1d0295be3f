/* rank_lists - the postings of several terms in one database, walked as one list. */
#pragma once

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

    /* terms: those that the store has. n_postings counts what is looked at. */
    Lists(const Store &store, const std::vector<std::string> &terms, Use use,
          uint64_t &n_postings);

    uint32_t document() const
    {
        return current;
    }

    /* Summed over the lists that have the document. */
    uint32_t wdf() const
    {
        if (is_gathered)
            return wdfs[current];
        if (lists.size() == 1)
            return wdf_of(lists[0]);
        return sum_wdf();
    }

    void next()
    {
        if (!is_gathered && lists.size() == 1)
            current = step(lists[0]);
        else
            step_all();
    }

    /* Go to the first at or behind a document; never backwards. */
    void skip_to(uint32_t document)
    {
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

  private:
    struct List {
        Xapian::PostingIterator at;
        uint32_t document = 0;
        uint32_t n_rare = 0; /* postings of a rare term, in place of the iterator */
        uint32_t i_rare = 0;
        std::unique_ptr<kh_pulsed_postings> rare;
    };

    static List open(const Store &store, const std::string &term);

    static uint32_t wdf_of(const List &list)
    {
        return list.n_rare > 0 ? list.rare->wdfs[list.i_rare] : list.at.get_wdf();
    }

    uint32_t look(List &list)
    {
        ++*n_looked_at;
        fault_point();
        if (list.n_rare > 0)
            list.document = list.i_rare < list.n_rare
                                ? list.rare->documents[list.i_rare]
                                : no_document;
        else
            list.document =
                list.at == Xapian::PostingIterator() ? no_document : *list.at;
        return list.document;
    }

    uint32_t step(List &list)
    {
        if (list.n_rare > 0)
            list.i_rare++;
        else
            ++list.at;
        return look(list);
    }

    static void skip(List &list, uint32_t document)
    {
        if (list.n_rare == 0)
            list.at.skip_to(document);
        while (list.i_rare < list.n_rare &&
               list.rare->documents[list.i_rare] < document)
            list.i_rare++;
    }

    uint32_t sum_wdf() const;
    void step_all();
    void skip_all(uint32_t document);
    void gather(const Store &store, const std::vector<std::string> &terms, bool weighs);
    uint32_t first_bit(uint32_t from) const;

    std::vector<List> lists;
    uint32_t current = no_document;
    bool is_gathered = false;
    std::vector<uint64_t> bits; /* of documents, when gathered */
    std::vector<uint32_t> wdfs; /* by document, when gathered and weighed */
    uint64_t *n_looked_at;
};

} // namespace kh
