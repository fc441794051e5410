#include "domain/published.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace bingefriend {

bool same_generation(const Generation& a, const Generation& b) {
    const auto identity = [](const Generation& g) {
        return std::tie(g.number, g.computed_at, g.published_at, g.checksum, g.database);
    };
    return identity(a) == identity(b);
}

GenerationGone::GenerationGone(std::int64_t generation)
    : Error(ErrorKind::unavailable, "the generation is not in the database any more",
            "generation " + std::to_string(generation), "try again") {}

// Enough to find n entries with a minimum score: a diverse list is not in ranking order.
constexpr std::size_t max_read = 50;

std::vector<Recommendation> read_list(PublishedReader& reader, std::int64_t generation, ShowId show,
                                      std::size_t n, double min_similarity) {
    std::vector<Recommendation> list = std::move(
        reader.lists(generation, {&show, 1}, min_similarity > 0 ? std::max(n, max_read) : n).front());
    shorten(list, n, min_similarity);
    return list;
}

void shorten(std::vector<Recommendation>& list, std::size_t n, double min_similarity) {
    std::erase_if(list, [&](const Recommendation& r) { return r.score < min_similarity; });
    list.resize(std::min(list.size(), n));
}

std::vector<ShowDetails> read_listed_shows(PublishedReader& reader, std::int64_t generation,
                                           std::span<const ShowId> ids) {
    std::vector<ShowDetails> shows = reader.shows(generation, ids);
    if (shows.size() != ids.size()) {
        throw GenerationGone(generation);
    }
    return shows;
}

}  // namespace bingefriend
