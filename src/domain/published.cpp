#include "domain/published.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/error.hpp"

namespace bingefriend {

bool same_generation(const Generation& a, const Generation& b) {
    const auto identity = [](const Generation& g) {
        return std::tie(g.number, g.computed_at, g.published_at, g.checksum, g.database);
    };
    return identity(a) == identity(b);
}

ExplainedList list_of(ShowId show, std::size_t n, double min_similarity, PublishedReader& reader) {
    ExplainedList list = std::move(reader.lists({&show, 1}, n).front());
    shorten(list, n, min_similarity);
    return list;
}

void shorten(ExplainedList& list, std::size_t n, double min_similarity) {
    const auto end = std::partition_point(list.entries.begin(), list.entries.end(),
                                          [&](const Recommendation& r) { return r.score >= min_similarity; });
    list.entries.erase(end, list.entries.end());
    list.entries.resize(std::min(list.entries.size(), n));
}

std::vector<ShowFacts> shows_listed(std::span<const ShowId> ids, std::int64_t generation,
                                    PublishedReader& reader) {
    std::vector<ShowFacts> shows = reader.shows(ids, generation);
    if (shows.size() != ids.size()) {
        throw Error(ErrorKind::unavailable, "a generation was deleted while it was read",
                    "generation " + std::to_string(generation), "ask again");
    }
    return shows;
}

}  // namespace bingefriend
