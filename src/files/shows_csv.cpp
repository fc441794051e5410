#include "files/shows_csv.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <string_view>

#include "base/atomic_file.hpp"

namespace bingefriend {
namespace {

// In the order of append_row.
constexpr std::array<std::string_view, 19> column_names{
    "id",           "name",           "genres",     "summary",   "summary_clean", "type",        "language",
    "status",       "platform",       "rating_avg", "premiered", "updated",       "web_channel", "url",
    "image_medium", "image_original", "imdb",       "thetvdb",   "tvrage"};

void append_field(std::string& line, std::string_view value) {
    const bool plain = value.find_first_of(",\"\r\n") == std::string_view::npos &&
                       (value.empty() || (value.front() != ' ' && value.back() != ' '));
    if (plain) {
        line += value;
        return;
    }
    line += '"';
    for (const char c : value) {
        if (c == '"') {
            line += '"';
        }
        line += c;
    }
    line += '"';
}

template <typename Number>
std::string shortest(Number value) {
    std::array<char, 32> digits;
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    return {digits.data(), error == std::errc{} ? end : digits.data()};
}

void append_row(std::string& line, const Show& show) {
    const std::string genre_cell = nlohmann::json(show.genres).dump();
    const std::string rating = show.rating ? shortest(*show.rating) : std::string();
    const std::array<std::string_view, 8> texts{show.name, genre_cell,    show.summary, show.summary_text,
                                                show.type, show.language, show.status,  show.platform};
    line += shortest(to_number(show.id));
    for (const std::string_view text : texts) {
        line += ',';
        append_field(line, text);
    }
    line += ',';
    line += rating;
    line += ',';
    append_field(line, show.premiered);
    line += ',';
    line += shortest(show.updated);
    const ShowLinks& links = show.links;
    for (const std::string* text :
         {&show.web_channel, &links.url, &links.image_medium, &links.image_original, &links.imdb}) {
        line += ',';
        append_field(line, *text);
    }
    for (const std::int64_t number : {links.thetvdb, links.tvrage}) {
        line += ',';
        line += number == 0 ? std::string() : shortest(number);
    }
    line += "\r\n";
}

}  // namespace

void write_shows_csv(const std::filesystem::path& path, const Catalogue& catalogue) {
    AtomicFile file(path);
    file.write(fmt::format("{}\r\n", fmt::join(column_names, ",")));
    std::string line;
    for (const Show& show : catalogue.shows) {
        line.clear();
        append_row(line, show);
        file.write(line);
    }
    file.commit();
}

}  // namespace bingefriend
