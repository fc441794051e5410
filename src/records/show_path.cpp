// The names of a show's fields.
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "records/raw_show.hpp"

namespace bingefriend {
namespace {

struct Named {
    std::string_view name;
    std::optional<ShowField> field;
    std::string_view group;
};

constexpr std::array named_fields{
    Named{"id", ShowField::id, {}},
    Named{"name", ShowField::name, {}},
    Named{"genres", ShowField::genres, {}},
    Named{"summary", ShowField::summary, {}},
    Named{"summary_clean", ShowField::summary_text, {}},
    Named{"type", ShowField::type, {}},
    Named{"language", ShowField::language, {}},
    Named{"status", ShowField::status, {}},
    Named{"premiered", ShowField::premiered, {}},
    Named{"updated", ShowField::updated, {}},
    Named{"url", ShowField::url, {}},
    Named{"rating", ShowField::rating, "rating"},
    Named{"rating.average", ShowField::rating, {}},
    Named{"rating_average", ShowField::rating, {}},
    Named{"rating_avg", ShowField::rating, {}},
    Named{"network", ShowField::network, "network"},
    Named{"network.name", ShowField::network, {}},
    Named{"network_name", ShowField::network, {}},
    Named{"platform", ShowField::network, {}},
    Named{"webChannel", ShowField::web_channel, "webChannel"},
    Named{"webChannel.name", ShowField::web_channel, {}},
    Named{"webChannel_name", ShowField::web_channel, {}},
    Named{"webchannel", ShowField::web_channel, "webchannel"},
    Named{"webchannel.name", ShowField::web_channel, {}},
    Named{"webchannel_name", ShowField::web_channel, {}},
    Named{"web_channel", ShowField::web_channel, {}},
    Named{"web_channel.name", ShowField::web_channel, {}},
    Named{"web_channel_name", ShowField::web_channel, {}},
    Named{"image", ShowField::image, "image"},
    Named{"image.medium", ShowField::image, {}},
    Named{"image_medium", ShowField::image, {}},
    Named{"image.original", ShowField::image_original, {}},
    Named{"image_original", ShowField::image_original, {}},
    Named{"externals", {}, "externals"},
    Named{"externals.imdb", ShowField::imdb, {}},
    Named{"externals_imdb", ShowField::imdb, {}},
    Named{"imdb", ShowField::imdb, {}},
    Named{"externals.thetvdb", ShowField::thetvdb, {}},
    Named{"externals_thetvdb", ShowField::thetvdb, {}},
    Named{"thetvdb", ShowField::thetvdb, {}},
    Named{"externals.tvrage", ShowField::tvrage, {}},
    Named{"externals_tvrage", ShowField::tvrage, {}},
    Named{"tvrage", ShowField::tvrage, {}},
    Named{"season", ShowField::season, {}},
    Named{"number", ShowField::number, {}},
    Named{"airdate", ShowField::airdate, {}},
    Named{"airstamp", ShowField::airdate, {}},
};

// Asked for every member of every record: the names by their lengths.
class NamesByLength {
  public:
    NamesByLength() {
        for (const Named& named : named_fields) {
            if (of_length_.size() <= named.name.size()) {
                of_length_.resize(named.name.size() + 1);
            }
            of_length_[named.name.size()].push_back(&named);
        }
    }

    [[nodiscard]] ShowPath find(std::string_view name, bool inner) const {
        if (name.size() < of_length_.size()) {
            for (const Named* named : of_length_[name.size()]) {
                if (named->name == name) {
                    return {named->field, named->group, inner};
                }
            }
        }
        return {};
    }

  private:
    std::vector<std::vector<const Named*>> of_length_;
};

}  // namespace

ShowPath show_path(std::string_view name) {
    static const NamesByLength names;
    constexpr std::string_view embedded = "_embedded.";
    constexpr std::string_view show = "show";
    if (name == "_embedded") {
        return {{}, "_embedded", false};
    }
    std::string_view rest = name.substr(name.starts_with(embedded) ? embedded.size() : 0);
    if (rest == show) {
        return {{}, show, false};
    }
    if (rest.starts_with("show.")) {
        return names.find(rest.substr(5), true);
    }
    return rest.size() < name.size() ? ShowPath{} : names.find(name, false);
}

ShowPath ShowPath::member(std::string_view name) const {
    std::string path(inner ? "show." : "");
    path += group;
    path += '.';
    path += name;
    return show_path(path);
}

}  // namespace bingefriend
