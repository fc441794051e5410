// The published recommendations as a reader sees them: the port between store and serve.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/reasons.hpp"
#include "domain/recommendation.hpp"
#include "domain/score_spread.hpp"
#include "domain/verification.hpp"

namespace bingefriend {

// A generation: the lists of one run, written whole under its number and then published.
struct Generation {
    std::int64_t number = 0;
    std::string computed_at;   // UTC, ISO 8601: "2026-11-22T09:00:00Z"
    std::string published_at;  // empty where it never was
    bool current = false;      // the one that readers see
    std::int64_t shows = 0;
    std::int64_t recommendations = 0;
    std::int64_t shows_with_recommendations = 0;
    RankingSettings ranking;
    std::int64_t checksum = 0;  // of all that is stored; 0: written before there were checksums
    std::string database;       // the random id of the database that holds it
};

// Whether both are the same generation of the same database.  Another database may have one of the same
// number.
[[nodiscard]] bool same_generation(const Generation& a, const Generation& b);

// What is told about a show beside its score.
struct ShowFacts {
    ShowId id{};
    std::string name;
    std::vector<std::string> genres;
    std::string summary;  // HTML, as the source has it; empty where it has none, as the texts below
    std::string type;
    std::string language;
    std::string network;  // else the web channel
    std::string premiered;
    std::optional<double> rating;
    std::string status;
    std::string web_channel;
    ShowLinks links;
};

// A word of a show's name, folded, and where it stands among them.
struct NameWord {
    ShowId show{};
    std::string word;
    std::uint32_t position = 0;  // 0 the first
    std::uint32_t words = 0;     // in the name
};

// A list as it is told.  The facts of its shows are looked up by whoever shows them.
struct ExplainedList {
    std::int64_t generation = 0;          // that it is of; 0 where nothing is published
    std::vector<Recommendation> entries;  // in ranking order
    std::vector<Reasons> reasons{};  // of each entry; empty where nothing has asked, or they cannot be told
    std::shared_ptr<const void> names{};  // holds what the reasons are views of
};

// Reads the published generation.  Every answer is of one generation, whole: what is published
// while a question is answered shows in the next answer.  One reader is used by one thread at a
// time.  Throws Error{unavailable} where the database cannot be reached.
class PublishedReader {
  public:
    PublishedReader() = default;
    PublishedReader(const PublishedReader&) = delete;
    PublishedReader& operator=(const PublishedReader&) = delete;
    virtual ~PublishedReader() = default;

    // The generation that answers come from; none where nothing is published yet.
    [[nodiscard]] virtual std::optional<Generation> current() = 0;

    // The same through a connection that is opened for this: finds out that the database was replaced, and
    // has every reader connect anew then.
    [[nodiscard]] virtual std::optional<Generation> current_anew() { return current(); }

    // How the scores of the published lists are spread; none where nothing is published or it was before
    // the database had a place for this.
    [[nodiscard]] virtual std::optional<ScoreSpread> spread() = 0;

    // All generations in the database, newest first; those never published as well.
    [[nodiscard]] virtual std::vector<Generation> generations() = 0;

    // The first n of each show's list, in the order of `shows` and without reasons, all of one generation; no
    // entries for a show that has none or is not there.  REQUIRES: one to most_lists shows.
    static constexpr std::size_t most_lists = 64;
    [[nodiscard]] virtual std::vector<ExplainedList> lists(std::span<const ShowId> shows, std::size_t n) = 0;

    [[nodiscard]] virtual std::optional<ShowFacts> show(ShowId id) = 0;

    // Of the shows asked for those that the generation has, in the order of `ids`, each once.
    [[nodiscard]] virtual std::vector<ShowFacts> shows(std::span<const ShowId> ids,
                                                       std::int64_t generation) = 0;

    // The part-th run of the bytes of a generation's packed features, from 0 on; empty behind the last.  Read
    // in order, the end throws Error{damaged} if they are not those that the generation was written with.
    [[nodiscard]] virtual std::string packed_features(std::int64_t generation, std::int64_t part) = 0;

    // The ids of the shows of a generation, ascending; empty if it is not there.
    [[nodiscard]] virtual std::vector<ShowId> show_ids(std::int64_t generation) = 0;

    // The words of the names of a generation, by word, show and position; none if it was published without
    // them.
    virtual void for_each_name_word(std::int64_t generation,
                                    const std::function<void(const NameWord& word)>& visit) = 0;

    // The names of the shows of a generation, in id order.
    virtual void for_each_name(std::int64_t generation,
                               const std::function<void(ShowId show, std::string_view name)>& visit) = 0;

    // Every show of the generation, in id order, from one generation.
    virtual void for_each_show(const std::function<void(const ShowFacts& show)>& visit) = 0;

    // Every show of the generation with its list, shows in id order, from one generation.
    virtual void for_each_list(
        const std::function<void(ShowId show, std::span<const Recommendation> list)>& visit) = 0;

    // Compares all that a generation stores with its checksums.  Calls `may_go_on` every some milliseconds:
    // it may wait, and ends the work where it returns false.
    [[nodiscard]] virtual Verification verify(std::int64_t generation,
                                              const std::function<bool()>& may_go_on) {
        (void)may_go_on;
        return {.generation = generation};
    }
};

// The first n of one show's list with a score of at least min_similarity.
[[nodiscard]] ExplainedList list_of(ShowId show, std::size_t n, double min_similarity,
                                    PublishedReader& reader);

// Shortens a list to its first n with a score of at least min_similarity.
void shorten(ExplainedList& list, std::size_t n, double min_similarity);

// The shows that a list of this generation names, in its order.  Throws Error{unavailable} where the
// generation does not have one of them any more, and as the reader.
[[nodiscard]] std::vector<ShowFacts> shows_listed(std::span<const ShowId> ids, std::int64_t generation,
                                                  PublishedReader& reader);

// Opens one more reader of the same database; called from any thread.
using ReaderFactory = std::function<std::unique_ptr<PublishedReader>()>;

}  // namespace bingefriend
