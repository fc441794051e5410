#include "search/name_index.hpp"

#include <algorithm>
#include <limits>

#include "base/code_points.hpp"
#include "base/error.hpp"

namespace bingefriend {
namespace {

std::uint8_t letters_shared_by(std::string_view a, std::string_view b) {
    std::size_t at_a = 0;
    std::size_t at_b = 0;
    std::uint8_t shared = 0;
    while (at_a < a.size() && at_b < b.size() && shared < std::numeric_limits<std::uint8_t>::max() &&
           next_letter(a, at_a) == next_letter(b, at_b) && at_a == at_b) {
        ++shared;
    }
    return shared;
}

}  // namespace

void NameIndex::add(std::string_view word, std::uint32_t row, std::uint32_t position, std::uint32_t words) {
    const std::string_view last = size() == 0 ? std::string_view() : this->word(size() - 1);
    if (size() == 0 || word != last) {
        if (word < last || text_.size() + word.size() > std::numeric_limits<std::uint32_t>::max()) {
            throw Error(ErrorKind::input, "the stored words of the names cannot be used",
                        "they are not in order", "publish again with `bingefriend pipeline`");
        }
        shared_letters_.push_back(letters_shared_by(last, word));
        begin_.push_back(static_cast<std::uint32_t>(text_.size()));
        first_posting_.push_back(static_cast<std::uint32_t>(postings_.size()));
        text_ += word;
    }
    postings_.push_back({row, position});
    words_of_[row] = words;
}

void NameIndex::shrink_to_fit() {
    text_.shrink_to_fit();
    begin_.shrink_to_fit();
    first_posting_.shrink_to_fit();
    shared_letters_.shrink_to_fit();
    postings_.shrink_to_fit();
}

std::string_view NameIndex::word(std::size_t word) const {
    const std::size_t end = word + 1 < begin_.size() ? begin_[word + 1] : text_.size();
    return std::string_view(text_).substr(begin_[word], end - begin_[word]);
}

NameIndex::Range NameIndex::beginning_with(std::string_view prefix) const {
    // The first word whose beginning is not less, or is greater, than the prefix.
    const auto bound = [&](bool greater) {
        std::uint32_t from = 0;
        for (auto rest = static_cast<std::uint32_t>(size()); rest > 0;) {
            const std::uint32_t half = rest / 2;
            const std::string_view beginning = word(from + half).substr(0, prefix.size());
            if (beginning < prefix || (greater && beginning == prefix)) {
                from += half + 1;
                rest -= half + 1;
            } else {
                rest = half;
            }
        }
        return from;
    };
    return {bound(false), bound(true)};
}

std::span<const NameIndex::Posting> NameIndex::postings(Range words) const {
    const auto begin_of = [&](std::uint32_t word) {
        return word < first_posting_.size() ? first_posting_[word] : postings_.size();
    };
    return std::span(postings_).subspan(begin_of(words.first), begin_of(words.last) - begin_of(words.first));
}

}  // namespace bingefriend
