// A show and a catalogue of shows: what fetching gives and every later stage takes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bingefriend {

enum class ShowId : std::int64_t {};

[[nodiscard]] constexpr std::int64_t to_number(ShowId id) noexcept {
    return static_cast<std::int64_t>(id);
}

// What leads from a show to elsewhere; nothing is compared by it.  The URLs are links (is_link).
struct ShowLinks {
    std::string url;             // its page at the source
    std::string image_medium;    // a poster
    std::string image_original;  // the same, as large as there is
    std::string imdb;            // "tt0903747"
    std::int64_t thetvdb = 0;    // 0: none, as below
    std::int64_t tvrage = 0;

    friend bool operator==(const ShowLinks&, const ShowLinks&) = default;
};

// All texts are valid UTF-8.  An empty text means that the source has none.
struct Show {
    ShowId id{};
    std::string name;                 // never empty
    std::vector<std::string> genres;  // as the source orders them
    std::string summary;              // HTML, as the source has it
    std::string summary_text;         // the summary as plain text, white space folded
    std::string type;                 // "Scripted", "Reality", ...
    std::string language;
    std::string status;    // "Ended", "Running", ...
    std::string platform;  // the network, else the web channel
    std::string web_channel;
    std::string premiered;         // a date, a year and month, or a year
    std::optional<double> rating;  // 0 to 10
    std::int64_t updated = 0;      // seconds since 1970; tells which of two records is newer
    ShowLinks links;

    friend bool operator==(const Show&, const Show&) = default;
};

// Invariant: ascending ids, each id once.  Row r of every feature matrix is shows[r].
struct Catalogue {
    std::vector<Show> shows;
};

// What one show may carry.  A record past a limit is rejected with its reason.
struct ShowLimits {
    static constexpr std::size_t record_bytes = 16u << 20;
    static constexpr std::size_t name_bytes = 1'000;  // name, platform, type, language, status, a genre
    static constexpr std::size_t summary_bytes = 64u << 10;      // a longer one is cut when it is read
    static constexpr std::size_t summary_text_bytes = 1u << 20;  // with the summaries of its seasons
    static constexpr std::size_t genres = 1'000;
    static constexpr std::size_t link_bytes = 2'000;
};

[[nodiscard]] bool is_utf8(std::string_view text);

// True if a page may link to it: an http or https URL that browsers accept, with a sound host and port,
// within the limit, without blanks, quotes and angle brackets.
[[nodiscard]] bool is_link(std::string_view text);

// The beginning of an HTML text, of up to `most` bytes; breaks no character, tag or character reference.
[[nodiscard]] std::string_view cut_html(std::string_view html, std::size_t most);

// Why the show cannot be taken, in few words that can be counted ("no name"); empty where it can.
// Checks the id, the name, the rating's range, the links, the limits above and that every text is UTF-8.
[[nodiscard]] std::string fault_of(const Show& show);

}  // namespace bingefriend
