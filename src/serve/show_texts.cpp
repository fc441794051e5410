#include "serve/show_texts.hpp"

#include <span>

#include "base/prefetch.hpp"

namespace bingefriend {
std::vector<std::shared_ptr<const ShowText>> ShowTexts::of(const ExplainedList& list,
                                                           PublishedReader& reader) {
    std::vector<ShowId> shows;
    shows.reserve(list.entries.size());
    for (const Recommendation& entry : list.entries) {
        shows.push_back(entry.show);
    }
    std::vector<std::shared_ptr<const ShowText>> texts = kept_.find_all(shows, list.generation);
    std::vector<ShowId> missing;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (texts[i]) {
            prefetch(std::span<const char>(texts[i]->members));
        } else {
            missing.push_back(shows[i]);
        }
    }
    if (missing.empty()) {
        return texts;
    }
    const std::vector<ShowFacts> facts = shows_listed(missing, list.generation, reader);
    auto of_show = facts.begin();
    for (std::shared_ptr<const ShowText>& text : texts) {
        if (!text) {
            text = std::make_shared<const ShowText>(show_text(*of_show));
            kept_.keep(of_show->id, list.generation, text, sizeof(ShowText) + text->members.capacity());
            ++of_show;
        }
    }
    return texts;
}

}  // namespace bingefriend
