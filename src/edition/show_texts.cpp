#include "edition/show_texts.hpp"

#include "base/prefetch.hpp"

namespace bingefriend {

std::vector<std::shared_ptr<const ShowText>> ShowTexts::of(std::uint64_t edition, std::int64_t generation,
                                                           std::span<const Recommendation> list,
                                                           PublishedReader& reader) {
    std::vector<Key> keys;
    keys.reserve(list.size());
    for (const Recommendation& entry : list) {
        keys.push_back({edition, entry.show});
    }
    std::vector<std::shared_ptr<const ShowText>> texts = texts_.find_all(keys);
    std::vector<ShowId> missing;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (texts[i]) {
            prefetch(std::span<const char>(texts[i]->members));
        } else {
            missing.push_back(keys[i].show);
        }
    }
    if (missing.empty()) {
        return texts;
    }
    const std::vector<ShowDetails> shows = read_listed_shows(reader, generation, missing);
    auto show = shows.begin();
    for (std::shared_ptr<const ShowText>& text : texts) {
        if (!text) {
            text = std::make_shared<const ShowText>(write_(*show));
            texts_.put({edition, show->id}, text, sizeof(ShowText) + text->members.capacity());
            ++show;
        }
    }
    return texts;
}

}  // namespace bingefriend
