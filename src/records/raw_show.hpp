// A show as a source writes it -> a show, or why it cannot be one.  The one way in, for JSON and for CSV:
// both collect the texts of a record here, and the same rules hold for them.
//
// - "", blank, "N/A", "nan", "None" and the like are not values; a name may be one of them.
// - Genres are an array, or a list as text in the syntax of JSON or Python; blank and equal ones are dropped.
// - Numbers may be written as text, and with a decimal point: "81189.0".
// - A link that a browser cannot open, an IMDb id that is none and an id of another service that is no
//   positive integer count as none: nothing is compared by them.
// - NUL becomes a space; a summary is cut to ShowLimits::summary_bytes; what is past another limit, or not
//   UTF-8, makes the record one that cannot be used.
// - A record that holds a show (`show`, `_embedded.show`) gives that one; else an episode, a season, a person
// or
//   a character is not a show.
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/show.hpp"
#include "records/literal.hpp"

namespace bingefriend {

enum class ShowField : std::uint8_t {
    id,
    name,
    genres,
    summary,
    summary_text,
    type,
    language,
    status,
    network,
    web_channel,
    premiered,
    rating,
    updated,
    url,
    image,
    image_original,
    imdb,
    thetvdb,
    tvrage,
    // The members of an episode:
    season,
    number,
    airdate,
    count,
};

// The field of a name.  The names are those of TVmaze's JSON, as paths ("rating.average"), of its tables
// ("rating_average") and of shows_metadata.csv.
struct ShowPath {
    std::optional<ShowField> field;
    std::string_view group;  // not empty: it may be an object, whose members are named behind it and a dot
    bool inner = false;      // of the show that the record holds: "_embedded.show.name"

    [[nodiscard]] bool is_known() const noexcept { return field || !group.empty(); }
    // Of a member of the group.
    [[nodiscard]] ShowPath member(std::string_view name) const;
};
[[nodiscard]] ShowPath show_path(std::string_view name);

struct Unreadable {
    std::string reason;  // few and countable: "no name", "genres: not a list of texts"
};

struct NormalisedShow {
    Show show;
    bool summary_was_cut = false;
};

// Used again for the next record, after clear().
class RawShow {
  public:
    void clear();

    // The texts must live until normalised().  A later one takes the place of an earlier one, unless it is
    // empty.  A group may be given as text: {'average': 8.1}.
    void set(const ShowPath& path, std::string_view text);
    void set_wrong_type(const ShowPath& path);  // a list instead of a text, and the like
    void add_genre(const ShowPath& path, std::string_view genre);

    [[nodiscard]] std::variant<NormalisedShow, Unreadable> normalised() const;

  private:
    struct Fields {
        [[nodiscard]] std::string_view operator[](ShowField field) const {
            return text[static_cast<std::size_t>(field)];
        }
        [[nodiscard]] bool has(ShowField field) const { return named[static_cast<std::size_t>(field)]; }

        std::array<std::string_view, static_cast<std::size_t>(ShowField::count)> text{};
        std::bitset<static_cast<std::size_t>(ShowField::count)> named;
        std::bitset<static_cast<std::size_t>(ShowField::count)> wrong_type;
        std::vector<std::string_view> genres;
        bool too_many_genres = false;
    };
    class Reader;

    [[nodiscard]] Fields& fields(const ShowPath& path) { return path.inner ? inner_ : outer_; }
    void set_literal(const ShowPath& path, Literal&& literal);

    Fields outer_;
    Fields inner_;
    std::deque<std::string> owned_;
};

}  // namespace bingefriend
