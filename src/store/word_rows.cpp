#include "store/word_rows.hpp"

#include <fmt/format.h>

#include <string_view>
#include <tuple>
#include <utility>

#include "store/checksums.hpp"
#include "store/damage.hpp"
#include "store/statements.hpp"

namespace bingefriend {
namespace {

auto place_of(const NameWord& word) {
    return std::tuple(std::string_view(word.word), word.show, word.position);
}

}  // namespace

const NameWord& WordRows::take(Rows& row, const Connection& connection) {
    NameWord word{ShowId{row.integer(1)}, row.text(0), static_cast<std::uint32_t>(row.integer(2)),
                  static_cast<std::uint32_t>(row.integer(3))};
    const bool has_checksum = !row.is_null(4);
    const bool is_right =
        has_checksum ? row.integer(4) == stored_half(word_checksum(generation_, word)) : is_utf8(word.word);
    if (!is_right || (!first_ && place_of(word) <= place_of(word_))) {
        report_damage(connection, fmt::format("a word of the name of show {} has another checksum",
                                              to_number(word.show)));
    }
    unchecked_ = unchecked_ || !has_checksum;
    first_ = false;
    word_ = std::move(word);
    return word_;
}

std::vector<NameWord> read_words_after(Connection& connection, std::int64_t generation, const NameWord& after,
                                       std::size_t limit) {
    const std::string_view word = after.word;
    const std::int64_t show = to_number(after.show);
    const std::unique_ptr<Rows> rows =
        connection.query(sql::words_after,
                         {generation, word, word, show, show, std::int64_t{after.position}, as_limit(limit)});
    std::vector<NameWord> words;
    WordRows taken(generation);
    while (rows->next()) {
        words.push_back(taken.take(*rows, connection));
    }
    if (taken.unchecked()) {
        report_damage(connection,
                      fmt::format("words of generation {} have lost their checksums", generation));
    }
    return words;
}

}  // namespace bingefriend
