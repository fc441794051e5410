#include "domain/published.hpp"

#include "domain/error.hpp"

namespace bingefriend {

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
