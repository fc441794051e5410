#include "edition/show_names.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "edition/show_rows.hpp"
#include "features/features.hpp"
#include "search/name_search.hpp"

namespace bingefriend {
namespace {

[[noreturn]] void throw_unusable_names(std::string_view why) {
    throw Error(ErrorKind::input, "the stored names cannot be used", why,
                "publish again with `bingefriend pipeline`");
}

NameIndex read_words(std::int64_t generation, std::span<const ShowId> ids, PublishedReader& reader) {
    const ShowRows rows(ids);
    NameIndex index(ids.size());
    reader.for_each_name_word(generation, [&](const NameWord& word) {
        const std::optional<std::size_t> row = rows.find(word.show);
        if (!row) {
            throw_unusable_names("a word is of a show that is not there");
        }
        index.add(word.word, static_cast<std::uint32_t>(*row), word.position, word.words);
    });
    index.shrink_to_fit();
    return index;
}

}  // namespace

ShowNames::ShowNames(std::int64_t generation, PublishedReader& reader) : ids_(reader.show_ids(generation)) {
    if (std::adjacent_find(ids_.begin(), ids_.end(), std::greater_equal<>()) != ids_.end()) {
        throw_unusable_names("the ids do not ascend");
    }
    words_ = read_words(generation, ids_, reader);
    if (words_.size() != 0) {
        return;
    }
    std::size_t row = 0;
    reader.for_each_name(generation, [&](ShowId show, std::string_view name) {
        if (row == ids_.size() || ids_[row] != show) {
            throw_unusable_names("a name is of a show that is not there");
        }
        plain_.add(name);
        ++row;
    });
}

std::vector<ShowId> ShowNames::find(std::string_view text, std::size_t limit) const {
    const bool has_words = !name_words(text).empty();
    std::vector<ShowId> shows;
    for (const std::uint32_t row : words_.size() != 0 ? search_names(text, limit, words_)
                                   : has_words        ? plain_.find(text, limit)
                                                      : std::vector<std::uint32_t>()) {
        shows.push_back(ids_[row]);
    }
    return shows;
}

}  // namespace bingefriend
