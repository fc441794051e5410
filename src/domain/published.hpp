// What the database holds of its generations: the interface between the store and its readers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
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
    std::string recipe = "classic";  // name
    std::string feature_settings;    // of the recipe, JSON; empty: published by a version without recipes
    std::int64_t checksum = 0;       // of all that is stored; 0: written before there were checksums
    std::string database;            // the random id of the database that holds it
};

// Whether both are the same generation of the same database.  Another database may have one of the same
// number.
[[nodiscard]] bool same_generation(const Generation& a, const Generation& b);

// What is told about a show beside its score.
struct ShowDetails {
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

// Thrown by a reader: the generation was deleted, or the database was replaced by one without it.
class GenerationGone : public Error {
  public:
    explicit GenerationGone(std::int64_t generation);
};

// Connections of a reader.
struct ConnectionCount {
    std::size_t in_use = 0, idle = 0;
};

// Reads generations.  Thread-safe.  All methods throw Error{unavailable} if the database cannot be reached,
// and Error{damaged} if it does not hold what was written.  Methods that take the number of a generation
// throw GenerationGone if they miss data and another generation is published by now.
class PublishedReader {
  public:
    PublishedReader() = default;
    PublishedReader(const PublishedReader&) = delete;
    PublishedReader& operator=(const PublishedReader&) = delete;
    virtual ~PublishedReader() = default;

    // The published generation; none if nothing is published yet.
    [[nodiscard]] virtual std::optional<Generation> current() = 0;

    // The same over a new connection: detects a replaced database, and renews all connections then.
    [[nodiscard]] virtual std::optional<Generation> current_anew() { return current(); }

    // All generations in the database, newest first, also those that were never published.
    [[nodiscard]] virtual std::vector<Generation> generations() = 0;

    // The distribution of the scores; none if the database did not store it when the generation was
    // published.
    [[nodiscard]] virtual std::optional<ScoreSpread> spread(std::int64_t generation) = 0;

    // The first n entries of each show's list, in the order of `shows`; empty for a show that has no list or
    // does not exist.  REQUIRES: one to max_lists shows.
    static constexpr std::size_t max_lists = 64;
    [[nodiscard]] virtual std::vector<std::vector<Recommendation>> lists(std::int64_t generation,
                                                                         std::span<const ShowId> shows,
                                                                         std::size_t n) = 0;

    // The shows of `ids` that exist, in the order of `ids`, each once.
    [[nodiscard]] virtual std::vector<ShowDetails> shows(std::int64_t generation,
                                                         std::span<const ShowId> ids) = 0;

    // Returns the next chunk of the packed features; empty past the last one.  Call it on one thread at a
    // time, while the reader lives.  Past the last chunk it throws Error{damaged} if the checksum does not
    // match.
    using NextChunk = std::function<std::string()>;
    [[nodiscard]] virtual NextChunk packed_features(std::int64_t generation) = 0;

    // The ids of the shows of a generation, ascending; empty if it is not there.
    [[nodiscard]] virtual std::vector<ShowId> show_ids(std::int64_t generation) = 0;

    // The words of the names of a generation, by word, show and position; none if it was published without
    // them.
    virtual void for_each_name_word(std::int64_t generation,
                                    const std::function<void(const NameWord& word)>& visit) = 0;

    // The names of the shows of a generation, in id order.
    virtual void for_each_name(std::int64_t generation,
                               const std::function<void(ShowId show, std::string_view name)>& visit) = 0;

    // Every show of a generation, in id order.
    virtual void for_each_show(std::int64_t generation,
                               const std::function<void(const ShowDetails& show)>& visit) = 0;

    // Every show of a generation with its list, in id order.
    virtual void for_each_list(
        std::int64_t generation,
        const std::function<void(ShowId show, std::span<const Recommendation> list)>& visit) = 0;

    // Compares all that a generation stores with its checksums.  Calls `may_go_on` every some milliseconds:
    // it may wait, and ends the work where it returns false.
    [[nodiscard]] virtual Verification verify(std::int64_t generation,
                                              const std::function<bool()>& may_go_on) {
        (void)may_go_on;
        return {.generation = generation};
    }

    [[nodiscard]] virtual ConnectionCount connections() const { return {}; }
};

// The first n entries of one show's list with a score of at least min_similarity.
[[nodiscard]] std::vector<Recommendation> read_list(PublishedReader& reader, std::int64_t generation,
                                                    ShowId show, std::size_t n, double min_similarity);

// Shortens a list to its first n entries with a score of at least min_similarity.
void shorten(std::vector<Recommendation>& list, std::size_t n, double min_similarity);

// The details of shows that the generation lists, in the order of `ids`.  Throws GenerationGone if one of
// them does not exist any more, and what the reader throws.
[[nodiscard]] std::vector<ShowDetails> read_listed_shows(PublishedReader& reader, std::int64_t generation,
                                                         std::span<const ShowId> ids);

}  // namespace bingefriend
