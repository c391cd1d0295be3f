/* rare_source - a word with a rare term for the engine's matcher.
 *
 * The matcher cannot look a rare term up. So a word that has one is given to it as a
 * source of postings, which walks all its lists as rank.h does and weighs as that does:
 * the engine's BM25, whose sum for synonyms it is. */
#include "xapian-c/query.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <xapian.h>

#include "builds.hpp"
#include "rank_lists.hpp"
#include "rank_weights.hpp"

namespace
{

/* What all clones of a source share. */
struct Word {
    std::map<std::string, kh::Store> stores; /* by the UUID of the table */
    std::vector<std::string> terms;
    bool is_weighed;
    double weight; /* times wdf / (wdf + norm) */
    double k1;
    double b;
    double min_length;
    double average_length;

    double norm(uint32_t length) const
    {
        double normal =
            std::max(average_length > 0 ? length / average_length : 0, min_length);
        return k1 * (normal * b + (1 - b));
    }
};

class WordSource : public Xapian::PostingSource
{
  public:
    explicit WordSource(std::shared_ptr<const Word> of) : word(std::move(of))
    {
    }

    PostingSource *clone() const override
    {
        return new WordSource(word);
    }

    /* The matcher shows the tables one by one, and no number of theirs. */
    void init(const Xapian::Database &table) override
    {
        auto found = word->stores.find(table.get_uuid());
        if (found == word->stores.end())
            throw Xapian::InvalidOperationError("the query is of another database");
        store = &found->second;
        std::vector<std::string> present;
        n = 0;
        for (const std::string &term : word->terms) {
            uint32_t frequency = store->frequency(term);
            n += frequency;
            if (frequency > 0)
                present.push_back(term);
        }
        n = std::min(n, store->table.get_doccount());
        lists = std::make_unique<kh::Lists>(*store, present,
                                            word->is_weighed ? kh::Lists::Use::weighing
                                                             : kh::Lists::Use::asking,
                                            n_postings);
        is_started = false;
        set_maxweight(word->weight);
    }

    Xapian::doccount get_termfreq_min() const override
    {
        return 0;
    }

    Xapian::doccount get_termfreq_est() const override
    {
        return n;
    }

    Xapian::doccount get_termfreq_max() const override
    {
        return n;
    }

    double get_weight() const override
    {
        if (!word->is_weighed)
            return 0;
        uint32_t wdf = lists->wdf();
        uint32_t length = store->table.get_doclength(lists->document());
        return word->weight * kh::Weights::share(wdf, word->norm(length));
    }

    /* The matcher calls one of these before anything else. */
    void next(double least) override
    {
        (void)least;
        if (is_started)
            lists->next();
        is_started = true;
    }

    void skip_to(Xapian::docid document, double least) override
    {
        (void)least;
        is_started = true;
        lists->skip_to(document);
    }

    bool at_end() const override
    {
        return is_started && lists->document() == kh::no_document;
    }

    Xapian::docid get_docid() const override
    {
        return lists->document();
    }

    std::string get_description() const override
    {
        std::string text = "Word(";
        for (const std::string &term : word->terms)
            text += (text.back() == '(' ? "" : " SYNONYM ") + term;
        return text + ")";
    }

  private:
    std::shared_ptr<const Word> word;
    const kh::Store *store = nullptr;
    std::unique_ptr<kh::Lists> lists;
    uint64_t n_postings = 0;
    Xapian::doccount n = 0;
    bool is_started = false;
};

bool has_rare(const kh_database &database, const std::vector<std::string> &terms)
{
    for (const kh::Store &store : database.stores) {
        for (const std::string &term : terms) {
            if (store.rare != nullptr && store.find_rare(term).n > 0)
                return true;
        }
    }
    return false;
}

/* How much a word of these terms weighs, as if its variants were strangers. */
void weigh(Word &word, const kh_database &database, const kh_match_options &options)
{
    double n_documents = database.database.get_doccount();
    double without = 1;
    double n_with = 0;
    for (const std::string &term : word.terms) {
        n_with = 0;
        for (const kh::Store &store : database.stores)
            n_with += store.frequency(term);
        without *= 1 - n_with / n_documents;
    }
    if (word.terms.size() > 1)
        n_with = std::floor(n_documents * (1 - without) + 0.5);
    word.weight = kh::idf(n_documents, n_with) * (options.k1 + 1);
    word.k1 = options.k1;
    word.b = options.b;
    word.min_length = options.min_normalised_length;
    word.average_length = database.database.get_average_length();
}

std::shared_ptr<Word> make_word(const kh_database &database,
                                std::vector<std::string> terms)
{
    auto word = std::make_shared<Word>();
    for (const kh::Store &store : database.stores)
        word->stores.emplace(store.table.get_uuid(), store);
    word->terms = std::move(terms);
    return word;
}

} // namespace

kh_query *kh_query_word(kh_database *database, const kh_str *terms, size_t n,
                        bool is_weighed, const kh_match_options *options)
{
    return kh::build_query([&] {
        std::vector<std::string> all;
        for (size_t i = 0; i < n; i++)
            all.push_back(kh::to_string(terms[i]));
        Xapian::Query query;
        if (database != nullptr && has_rare(*database, all)) {
            std::shared_ptr<Word> word = make_word(*database, std::move(all));
            word->is_weighed = is_weighed;
            if (is_weighed)
                weigh(*word, *database, *options);
            auto source = new WordSource(word);
            query = Xapian::Query(source->release());
        } else {
            query = Xapian::Query(is_weighed ? Xapian::Query::OP_SYNONYM
                                             : Xapian::Query::OP_OR,
                                  all.begin(), all.end());
        }
        return is_weighed ? query : Xapian::Query(0.0, query);
    });
}
