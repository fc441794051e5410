// The texts of a record -> a show: the rules that raw_show.hpp lists.
#include <algorithm>
#include <cmath>
#include <unordered_set>
#include <utility>

#include "base/numbers.hpp"
#include "base/text.hpp"
#include "records/missing_value.hpp"
#include "records/raw_show.hpp"

namespace bingefriend {
namespace {

constexpr std::size_t max_imdb_bytes = 20;

std::string without_nul(std::string_view text) {
    std::string copy(text);
    std::replace(copy.begin(), copy.end(), '\0', ' ');
    return copy;
}

// Takes "7.0" too, as far as doubles have every integer.
std::optional<std::int64_t> integer(std::string_view text) {
    if (const std::optional<std::int64_t> value = parse_number<std::int64_t>(text)) {
        return value;
    }
    const std::optional<double> number = parse_number<double>(text);
    const bool is_whole = number && std::trunc(*number) == *number && std::abs(*number) <= 9e15;
    return is_whole ? std::optional(static_cast<std::int64_t>(*number)) : std::nullopt;
}

std::int64_t positive_or_none(std::string_view text) {
    return std::max<std::int64_t>(integer(present_value(text)).value_or(0), 0);
}

std::string link_or_none(std::string_view text) {
    const std::string_view link = trimmed_widely(text);
    return is_link(link) ? std::string(link) : std::string();
}

std::string imdb_or_none(std::string_view text) {
    const std::string_view id = present_value(text);
    const bool sound = id.size() <= max_imdb_bytes && std::all_of(id.begin(), id.end(), [](char c) {
                           return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
                       });
    return sound ? std::string(id) : std::string();
}

// The kind of page that a TVmaze URL names, if it is not a show's.
std::string_view kind_by_url(std::string_view url) {
    constexpr std::pair<std::string_view, std::string_view> kinds[] = {
        {"/episodes/", "an episode, not a show"},
        {"/seasons/", "a season, not a show"},
        {"/people/", "a person, not a show"},
        {"/characters/", "a character, not a show"}};
    for (const auto& [path, kind] : kinds) {
        const std::size_t at = url.find(path);
        if (at != std::string_view::npos && at + path.size() < url.size() &&
            (url[at + path.size()] >= '0' && url[at + path.size()] <= '9')) {
            return kind;
        }
    }
    return {};
}

}  // namespace

// Makes a show of the fields.
class RawShow::Reader {
  public:
    explicit Reader(const Fields& fields) : fields_(fields) {}

    std::variant<NormalisedShow, Unreadable> show() && {
        if (std::string fault = fault_of_types(); !fault.empty()) {
            return Unreadable{std::move(fault)};
        }
        if (std::string fault = read_numbers(); !fault.empty()) {
            return Unreadable{std::move(fault)};
        }
        read_texts();
        read_genres();
        read_links();
        if (std::string fault = fault_of(result_.show); !fault.empty()) {
            return Unreadable{std::move(fault)};
        }
        return std::move(result_);
    }

    // What the record is if it is not a show; empty if it may be one.
    [[nodiscard]] static std::string_view other_kind(const Fields& fields) {
        const bool is_episode = integer(present_value(fields[ShowField::season])) &&
                                (fields.has(ShowField::number) || fields.has(ShowField::airdate));
        return is_episode ? "an episode, not a show" : kind_by_url(fields[ShowField::url]);
    }

  private:
    [[nodiscard]] std::string fault_of_types() const {
        constexpr std::pair<ShowField, std::string_view> names[] = {
            {ShowField::id, "id: not an integer"},
            {ShowField::name, "name: not a text"},
            {ShowField::genres, "genres: not a list of texts"},
            {ShowField::summary, "summary: not a text"},
            {ShowField::type, "type: not a text"},
            {ShowField::language, "language: not a text"},
            {ShowField::status, "status: not a text"},
            {ShowField::network, "network: not a text"},
            {ShowField::web_channel, "webChannel: not a text"},
            {ShowField::premiered, "premiered: not a text"},
            {ShowField::rating, "rating: not a number"},
            {ShowField::updated, "updated: not an integer"}};
        if (fields_.too_many_genres) {
            return "genres: too many";
        }
        for (const auto& [field, fault] : names) {
            if (fields_.wrong_type[static_cast<std::size_t>(field)]) {
                return std::string(fault);
            }
        }
        return {};
    }

    std::string read_numbers() {
        const std::string_view id = present_value(fields_[ShowField::id]);
        const std::string_view updated = present_value(fields_[ShowField::updated]);
        const std::string_view rating = present_value(fields_[ShowField::rating]);
        const std::optional<std::int64_t> id_number = integer(id);
        const std::optional<std::int64_t> time = updated.empty() ? 0 : integer(updated);
        if (!id_number || !time) {
            return id.empty() ? "no id" : !id_number ? "id: not an integer" : "updated: not an integer";
        }
        show_.id = ShowId{*id_number};
        show_.updated = *time;
        show_.rating = parse_number<double>(rating);
        return rating.empty() || show_.rating ? "" : "rating: not a number";
    }

    void read_texts() {
        const auto word = [this](ShowField field) { return without_nul(present_value(fields_[field])); };
        show_.name = without_nul(fields_[ShowField::name]);
        show_.type = word(ShowField::type);
        show_.language = word(ShowField::language);
        show_.status = word(ShowField::status);
        show_.premiered = word(ShowField::premiered);
        show_.platform = word(ShowField::network);
        show_.web_channel = word(ShowField::web_channel);
        if (show_.platform.empty()) {
            show_.platform = show_.web_channel;
        }
        std::string_view summary = fields_[ShowField::summary];
        std::string_view text = fields_[ShowField::summary_text];
        cut(summary, ShowLimits::summary_bytes);
        cut(text, ShowLimits::summary_text_bytes);
        show_.summary = present_value(summary).empty() ? std::string() : without_nul(summary);
        show_.summary_text = without_nul(text);
    }

    void cut(std::string_view& text, std::size_t most) {
        if (text.size() > most) {
            result_.summary_was_cut = true;
            text = cut_html(text, most);
        }
    }

    void read_genres() {
        constexpr std::size_t few = 16;
        std::unordered_set<std::string_view> seen;  // filled only if there are many
        for (const std::string_view genre : fields_.genres) {
            const std::string_view value = present_value(genre);
            const bool is_new =
                fields_.genres.size() > few
                    ? seen.insert(value).second
                    : std::find(show_.genres.begin(), show_.genres.end(), value) == show_.genres.end();
            if (!value.empty() && is_new) {
                show_.genres.push_back(without_nul(value));
            }
        }
    }

    void read_links() {
        ShowLinks& links = show_.links;
        links.url = link_or_none(fields_[ShowField::url]);
        links.image_medium = link_or_none(fields_[ShowField::image]);
        links.image_original = link_or_none(fields_[ShowField::image_original]);
        links.imdb = imdb_or_none(fields_[ShowField::imdb]);
        links.thetvdb = positive_or_none(fields_[ShowField::thetvdb]);
        links.tvrage = positive_or_none(fields_[ShowField::tvrage]);
    }

    const Fields& fields_;
    NormalisedShow result_;
    Show& show_ = result_.show;
};

std::variant<NormalisedShow, Unreadable> RawShow::normalised() const {
    const bool holds_show = !present_value(inner_[ShowField::id]).empty() || !inner_[ShowField::name].empty();
    if (holds_show) {
        return Reader(inner_).show();
    }
    if (const std::string_view kind = Reader::other_kind(outer_); !kind.empty()) {
        return Unreadable{std::string(kind)};
    }
    return Reader(outer_).show();
}

}  // namespace bingefriend
