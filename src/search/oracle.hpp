// The search of names done plainly: every word of every name is looked at for every typed word.  For tests.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "features/features.hpp"

namespace bingefriend::oracle {

// Letters inserted, left out, changed or swapped with their neighbour to make `word` of a beginning of
// `other`, or of all of it.
inline std::size_t spelling_distance(const std::u32string& word, const std::u32string& other, bool whole) {
    std::vector<std::vector<std::size_t>> d(word.size() + 1, std::vector<std::size_t>(other.size() + 1));
    for (std::size_t i = 0; i <= word.size(); ++i) {
        for (std::size_t j = 0; j <= other.size(); ++j) {
            if (i == 0 || j == 0) {
                d[i][j] = i + j;
                continue;
            }
            d[i][j] = std::min(
                {d[i - 1][j - 1] + (word[i - 1] == other[j - 1] ? 0 : 1), d[i - 1][j] + 1, d[i][j - 1] + 1});
            if (i > 1 && j > 1 && word[i - 1] == other[j - 2] && word[i - 2] == other[j - 1]) {
                d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
            }
        }
    }
    return whole ? d.back().back() : *std::min_element(d.back().begin(), d.back().end());
}

// REQUIRES: well-formed UTF-8.
inline std::u32string letters(const std::string& text) {
    std::u32string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            result += byte;
        } else if (byte >= 0xc0) {
            result += static_cast<char32_t>(byte >= 0xf0   ? byte & 0x07
                                            : byte >= 0xe0 ? byte & 0x0f
                                                           : byte & 0x1f);
        } else {
            result.back() = result.back() << 6 | (byte & 0x3f);
        }
    }
    return result;
}

inline std::vector<std::string> corrections(const std::string& typed, const std::set<std::string>& known) {
    const std::u32string word = letters(typed);
    const std::size_t allowed = word.size() < 4 || word.size() > 64 ? 0 : word.size() < 8 ? 1 : 2;
    std::vector<std::tuple<std::size_t, std::size_t, std::string>> near;
    for (const std::string& text : known) {
        const std::size_t errors = spelling_distance(word, letters(text), false);
        if (allowed > 0 && errors <= allowed) {
            near.emplace_back(errors, spelling_distance(word, letters(text), true), text);
        }
    }
    std::sort(near.begin(), near.end());
    std::vector<std::string> nearest;
    for (std::size_t i = 0; i < std::min<std::size_t>(5, near.size()); ++i) {
        nearest.push_back(std::get<2>(near[i]));
    }
    return nearest;
}

// The rows of the names found, best first.
inline std::vector<std::uint32_t> search_names(const std::string& text, std::size_t limit,
                                               const std::vector<std::string>& names) {
    std::vector<std::vector<std::string>> readings;
    for (const std::string& word : name_words(text)) {
        if (readings.size() < 8) {
            readings.push_back({word});
        }
    }
    std::set<std::string> known;
    for (const std::string& name : names) {
        const std::vector<std::string> words = name_words(name);
        known.insert(words.begin(), words.end());
    }
    using Place = std::tuple<std::string, std::size_t, bool>;  // word, position, whole
    const auto matches = [&] {
        std::vector<std::tuple<int, std::size_t, std::size_t, std::uint32_t>> ranked;
        for (std::uint32_t row = 0; row < names.size(); ++row) {
            const std::vector<std::string> words = name_words(names[row]);
            std::vector<std::vector<Place>> places;
            for (const std::vector<std::string>& of_word : readings) {
                std::vector<Place>& found = places.emplace_back();
                for (const std::string& reading : of_word) {
                    std::vector<Place> of_reading;
                    for (std::size_t i = 0; i < words.size(); ++i) {
                        if (words[i].starts_with(reading)) {
                            of_reading.emplace_back(words[i], i, words[i] == reading);
                        }
                    }
                    std::sort(of_reading.begin(), of_reading.end());
                    found.insert(found.end(), of_reading.begin(), of_reading.end());
                }
            }
            if (std::any_of(places.begin(), places.end(), [](const auto& found) { return found.empty(); })) {
                continue;
            }
            std::size_t in_part = 0;
            for (const std::vector<Place>& found : places) {
                in_part +=
                    std::none_of(found.begin(), found.end(), [](const Place& p) { return std::get<2>(p); });
            }
            int together = 3;
            for (auto first = places.front().rbegin(); first != places.front().rend();
                 ++first) {  // the first counts
                bool follows = true;
                for (std::size_t i = 0; i < places.size(); ++i) {
                    follows = follows && std::any_of(places[i].begin(), places[i].end(), [&](const Place& p) {
                                  return std::get<1>(p) == std::get<1>(*first) + i;
                              });
                }
                together = !follows ? together : std::get<1>(*first) == 0 ? 1 : 2;
            }
            const bool is_the_name = together == 1 && in_part == 0 && words.size() == readings.size();
            ranked.emplace_back(is_the_name ? 0 : together, in_part, words.size(), row);
        }
        std::sort(ranked.begin(), ranked.end());
        std::vector<std::uint32_t> rows;
        for (std::size_t i = 0; i < std::min(limit, ranked.size()); ++i) {
            rows.push_back(std::get<3>(ranked[i]));
        }
        return rows;
    };
    if (readings.empty()) {
        return {};
    }
    std::vector<std::uint32_t> found = matches();
    if (found.empty()) {
        for (std::vector<std::string>& of_word : readings) {
            const std::string typed = of_word.front();
            if (std::none_of(known.begin(), known.end(),
                             [&](const std::string& w) { return w.starts_with(typed); })) {
                of_word = corrections(typed, known);
            }
        }
        found = matches();
    }
    return found;
}

}  // namespace bingefriend::oracle
