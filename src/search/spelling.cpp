#include "search/spelling.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <tuple>

#include "base/code_points.hpp"
#include "base/edit_distance.hpp"

namespace bingefriend {
namespace {

constexpr std::size_t max_corrections = 5;
constexpr std::size_t max_letters = max_typed_letters;  // longer words are not corrected
constexpr std::size_t max_errors = 2;

std::size_t errors_allowed(std::size_t letters) {
    return letters < 4 || letters > max_letters ? 0 : letters < 8 ? 1 : max_errors;
}

// The distance table of the typed word (down) and a word of the index (across), a column per letter of the
// latter. Columns of a beginning that the next word shares are used again.  Errors above the limit count as
// limit + 1, so only the cells around the diagonal are computed.
class DistanceTable {
  public:
    DistanceTable(std::u32string_view typed, std::size_t limit)
        : typed_(typed), limit_(static_cast<std::uint8_t>(limit)) {
        for (std::size_t i = 0; i <= typed_.size(); ++i) {
            columns_[0].errors[i] = static_cast<std::uint8_t>(std::min(i, limit + 1));
        }
        columns_[0].best = columns_[0].errors[typed_.size()];
    }

    // The letters of a word that count: what follows only adds errors.
    [[nodiscard]] std::size_t letters() const { return typed_.size() + limit_; }
    // The least number of errors of a beginning of the first `depth` letters.
    [[nodiscard]] std::size_t best(std::size_t depth) const { return columns_[depth].best; }
    [[nodiscard]] std::size_t end(std::size_t depth) const { return columns_[depth].end; }

    // Fills column `depth` (from 1) with the letter that ends at byte `end`; whether more letters can still
    // give a beginning with few enough errors.
    bool add(std::size_t depth, char32_t letter, std::size_t end);

  private:
    struct Column {
        std::array<std::uint8_t, max_letters + 1> errors;
        char32_t letter;
        std::size_t end;
        std::uint8_t best;
    };
    std::u32string_view typed_;
    std::uint8_t limit_;
    std::array<Column, max_letters + max_errors + 1> columns_{};
};

bool DistanceTable::add(std::size_t depth, char32_t letter, std::size_t end) {
    const auto too_many = static_cast<std::uint8_t>(limit_ + 1);
    const Column& last = columns_[depth - 1];
    Column& column = columns_[depth];
    const std::size_t top = depth > limit_ ? depth - limit_ : 0;
    const std::size_t bottom = std::min(typed_.size(), depth + limit_);
    std::uint8_t least = too_many;
    std::uint8_t above = too_many;
    for (std::size_t i = top; i <= bottom; ++i) {
        const std::uint8_t left = i < depth + limit_ ? last.errors[i] : too_many;  // not filled there
        auto errors = static_cast<std::uint8_t>(std::min(left, above) + 1);
        if (i == 0) {
            errors = static_cast<std::uint8_t>(depth);
        } else {
            const std::uint8_t changed = last.errors[i - 1];  // on the same diagonal as this cell
            errors = std::min(errors, static_cast<std::uint8_t>(changed + (typed_[i - 1] == letter ? 0 : 1)));
            if (i > 1 && depth > 1 && typed_[i - 1] == last.letter && typed_[i - 2] == letter) {
                errors = std::min(errors, static_cast<std::uint8_t>(columns_[depth - 2].errors[i - 2] + 1));
            }
        }
        above = column.errors[i] = std::min(errors, too_many);
        least = std::min(least, above);
    }
    column.letter = letter;
    column.end = end;
    column.best = bottom == typed_.size() ? std::min(last.best, column.errors[bottom]) : last.best;
    return least <= limit_;
}

// Calls near(word, errors) for every word that has a beginning with at most `limit` errors, in word order.
template <typename Near>
void walk(std::u32string_view typed, std::size_t limit, const NameIndex& index, Near near) {
    DistanceTable table(typed, limit);
    std::size_t depth = 0;   // columns that are filled
    bool may_change = true;  // the errors, by letters after these
    for (std::size_t word = 0; word < index.size(); ++word) {
        if (index.shared_letters(word) < depth) {
            depth = index.shared_letters(word);
            may_change = true;
        }
        const std::string_view text = index.word(word);
        for (std::size_t at = table.end(depth); may_change && depth < table.letters() && at < text.size();) {
            const char32_t letter = next_letter(text, at);
            ++depth;
            may_change = table.add(depth, letter, at);
        }
        if (table.best(depth) <= limit) {
            near(word, table.best(depth));
        } else if (!may_change) {
            while (word + 1 < index.size() && index.shared_letters(word + 1) >= depth) {
                ++word;
            }
        }
    }
}

}  // namespace

std::vector<std::uint32_t> corrections(std::string_view typed, const NameIndex& index) {
    const std::u32string letters = letters_of(typed);
    const std::size_t limit = errors_allowed(letters.size());
    if (limit == 0) {
        return {};
    }
    using Near = std::tuple<std::size_t, std::size_t, std::uint32_t>;  // errors of a beginning, of all; word
    std::vector<Near> near;
    walk(letters, limit, index, [&](std::size_t word, std::size_t errors) {
        near.emplace_back(errors, edit_distance(letters, letters_of(index.word(word))),
                          static_cast<std::uint32_t>(word));
    });
    const std::size_t count = std::min(max_corrections, near.size());
    std::partial_sort(near.begin(), near.begin() + static_cast<std::ptrdiff_t>(count), near.end());
    std::vector<std::uint32_t> nearest;
    for (std::size_t i = 0; i < count; ++i) {
        nearest.push_back(std::get<2>(near[i]));
    }
    return nearest;
}

}  // namespace bingefriend
