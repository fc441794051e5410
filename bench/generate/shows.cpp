#include "bench/generate/shows.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace bingefriend::bench {
namespace {

std::vector<double> shares(const std::vector<Share>& of) {
    std::vector<double> result;
    for (const Share& share : of) {
        result.push_back(share.share);
    }
    return result;
}

}  // namespace

Shows::Shows(const Profile& profile, std::uint64_t seed)
    : profile_(profile),
      random_(seed),
      texts_(profile, seed),
      genre_(profile.genre_shares),
      genre_count_(profile.genre_counts),
      type_(shares(profile.types)),
      language_(shares(profile.languages)),
      set_urn_(profile.genre_sets.strength, profile.genre_sets.discount),
      platform_urn_(profile.platforms.strength, profile.platforms.discount) {}

// Genres that are close in the list occur together more often.
std::vector<std::uint32_t> Shows::new_genres() {
    std::vector<std::uint32_t> result;
    const std::size_t count = genre_count_.roll(random_);
    while (result.size() < count) {
        const auto genre = static_cast<std::uint32_t>(genre_.roll(random_));
        const bool near = result.empty() || genre % 4 == result.front() % 4;
        if (std::ranges::find(result, genre) == result.end() && (near || random_.chance(.4))) {
            result.push_back(genre);
        }
    }
    std::ranges::sort(result);
    return result;
}

std::uint32_t Shows::genre_set() {
    const bool is_new = set_urn_.wants_new(random_);
    std::uint32_t set = 0;
    if (is_new) {
        std::vector<std::uint32_t> genres = new_genres();
        const auto [place, added] = set_numbers_.emplace(genres, sets_.size());
        if (added) {
            sets_.push_back({std::move(genres), type_.roll(random_)});
        }
        set = place->second;
    } else {
        set = set_urn_.again(random_);
    }
    set_urn_.add(set, is_new);
    return set;
}

std::uint32_t Shows::platform() {
    const bool is_new = platform_urn_.wants_new(random_);
    if (is_new) {
        const bool web = random_.chance(.3);
        platforms_.push_back({texts_.title(random_) + (web ? "+" : " TV"), language_.roll(random_), web});
    }
    const std::uint32_t drawn =
        is_new ? static_cast<std::uint32_t>(platforms_.size() - 1) : platform_urn_.again(random_);
    platform_urn_.add(drawn, is_new);
    return drawn;
}

nlohmann::ordered_json Shows::next(const std::string* summary) {
    const Profile& p = profile_;
    const GenreSet& set = sets_[genre_set()];
    const Platform& platform = platforms_[this->platform()];
    nlohmann::ordered_json show;
    show["id"] = ++id_;
    show["name"] = texts_.title(random_);
    const std::size_t type = random_.chance(p.type_of_genres) ? set.usual_type : type_.roll(random_);
    show["type"] = random_.chance(p.type_missing) ? nlohmann::ordered_json() : p.types[type].name;
    const std::size_t language = random_.chance(.9) ? platform.usual_language : language_.roll(random_);
    show["language"] =
        random_.chance(p.language_missing) ? nlohmann::ordered_json() : p.languages[language].name;
    show["genres"] = nlohmann::ordered_json::array();
    for (const std::uint32_t genre : set.genres) {
        show["genres"].push_back(p.genres[genre]);
    }
    show["status"] = random_.chance(p.status_missing) ? nlohmann::ordered_json()
                     : random_.chance(.55)            ? "Running"
                                                      : "Ended";
    show["premiered"] =
        fmt::format("{}-{:02}-{:02}", 1950 + random_.below(75), 1 + random_.below(12), 1 + random_.below(28));
    show["rating"]["average"] =
        random_.chance(p.rating_missing)
            ? nlohmann::ordered_json()
            : nlohmann::ordered_json(static_cast<double>(10 + random_.below(90)) / 10);
    const bool placed = !random_.chance(p.platform_missing);
    show["network"] = nullptr;
    show["webChannel"] = nullptr;
    if (placed) {
        show[platform.web ? "webChannel" : "network"] = {{"name", platform.name}};
    }
    if (random_.chance(p.text_share)) {
        show["summary"] = summary != nullptr ? *summary : texts_.summary(set.genres, random_);
    } else {
        show["summary"] = nullptr;
    }
    show["updated"] = 1'600'000'000 + static_cast<std::int64_t>(random_.below(160'000'000));
    return show;
}

}  // namespace bingefriend::bench
