// Generates synthetic shows with the statistics of a profile, one at a time.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "bench/generate/profile.hpp"
#include "bench/generate/random.hpp"
#include "bench/generate/text.hpp"

namespace bingefriend::bench {

// The first k shows do not depend on the total number.
class Shows {
  public:
    Shows(const Profile& profile, std::uint64_t seed);

    // A show in TVmaze format, with ids 1, 2, ...; `summary` replaces the generated one.
    [[nodiscard]] nlohmann::ordered_json next(const std::string* summary = nullptr);

  private:
    struct GenreSet {
        std::vector<std::uint32_t> genres;
        std::size_t usual_type;
    };
    struct Platform {
        std::string name;
        std::size_t usual_language;
        bool web;
    };

    [[nodiscard]] std::uint32_t genre_set();
    [[nodiscard]] std::vector<std::uint32_t> new_genres();
    [[nodiscard]] std::uint32_t platform();

    Profile profile_;
    Random random_;
    Texts texts_;
    Dice genre_, genre_count_, type_, language_;
    Urn set_urn_, platform_urn_;
    std::vector<GenreSet> sets_;
    std::map<std::vector<std::uint32_t>, std::uint32_t> set_numbers_;
    std::vector<Platform> platforms_;
    std::int64_t id_ = 0;
};

}  // namespace bingefriend::bench
