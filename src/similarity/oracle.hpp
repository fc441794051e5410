// The plainest way to the same lists, for tests: scores every pair from the definition and sorts.
#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <vector>

#include "domain/features.hpp"
#include "domain/recommendation.hpp"

namespace bingefriend {

inline double to_12_decimals(double value) {
    return std::nearbyint(value * 1e12) / 1e12;
}

// The year part before rounding.
inline double oracle_year(const Features& f, std::size_t a, std::size_t b) {
    const std::vector<double>& year = f.values[Part::year].value;
    if (year.empty() || year[a] < 0 || year[b] < 0) {
        return 0;
    }
    const double newest = *std::max_element(year.begin(), year.end());
    const double age_a = newest + 2 - year[a];
    const double age_b = newest + 2 - year[b];
    const double ratio = age_a < age_b ? age_a / age_b : age_b / age_a;
    return ratio * ratio;
}

// The weighted sum, one part after the other.
inline double oracle_score(const Weights& w, const Recommendation& r) {
    return to_12_decimals(w[Part::genre] * r.parts[Part::genre] + w[Part::text] * r.parts[Part::text] +
                          w[Part::metadata] * r.parts[Part::metadata] + w[Part::year] * r.parts[Part::year]);
}

inline Recommendation oracle_pair(const Features& f, const Weights& w, std::size_t a, std::size_t b) {
    const auto genres_of = [&](std::size_t r) {
        const auto g = f.genres.of(r);
        return std::set<std::int32_t>(g.begin(), g.end());
    };
    const std::set<std::int32_t> ga = genres_of(a);
    const std::set<std::int32_t> gb = genres_of(b);
    const auto shared = static_cast<double>(
        std::count_if(ga.begin(), ga.end(), [&](std::int32_t g) { return gb.contains(g); }));
    const double product = static_cast<double>(ga.size()) * static_cast<double>(gb.size());

    std::map<std::int32_t, double> row;
    for (std::size_t i = 0; i < f.text.columns_of(b).size(); ++i) {
        row[f.text.columns_of(b)[i]] = f.text.values_of(b)[i];
    }
    double dot = 0;
    for (std::size_t i = 0; i < f.text.columns_of(a).size(); ++i) {
        if (const auto at = row.find(f.text.columns_of(a)[i]); at != row.end()) {
            dot += f.text.values_of(a)[i] * at->second;
        }
    }

    double same = 0;
    same += f.platform.column[a] == f.platform.column[b] ? 1 : 0;
    same += f.type.column[a] != Categories::none && f.type.column[a] == f.type.column[b] ? 1 : 0;
    same += f.language.column[a] == f.language.column[b] ? 1 : 0;

    Recommendation r;
    r.show = f.ids[b];
    r.parts[Part::genre] = to_12_decimals(product > 0 ? shared / std::sqrt(product) : 0);
    r.parts[Part::text] = to_12_decimals(dot);
    r.parts[Part::metadata] = to_12_decimals(same / 3);
    r.parts[Part::year] = w[Part::year] > 0 ? to_12_decimals(oracle_year(f, a, b)) : 0;
    r.score = oracle_score(w, r);
    return r;
}

inline std::vector<Recommendation> oracle_list(const Features& f, const RankingSettings& settings,
                                               std::size_t row) {
    std::vector<Recommendation> all;
    for (std::size_t other = 0; other < f.size(); ++other) {
        const Recommendation r = oracle_pair(f, settings.weights, row, other);
        if (other != row && r.score >= settings.min_similarity) {
            all.push_back(r);
        }
    }
    std::sort(all.begin(), all.end(), [](const Recommendation& a, const Recommendation& b) {
        return a.score != b.score ? a.score > b.score : a.show < b.show;
    });
    all.resize(std::min(all.size(), settings.top_n));
    return all;
}

// Answers a question about rows of the catalogue from the definition: each part is a sum, likes first.
inline std::vector<Recommendation> oracle_answer(const Features& f, const RankingSettings& settings,
                                                 const std::vector<std::size_t>& likes,
                                                 const std::vector<std::size_t>& dislikes,
                                                 const std::vector<std::uint8_t>& allowed) {
    const auto for_each_side = [&](auto add) {
        for (const std::size_t row : likes) {
            add(row, static_cast<double>(likes.size()));
        }
        for (const std::size_t row : dislikes) {
            add(row, -static_cast<double>(dislikes.size()));
        }
    };
    std::map<std::int32_t, double> text;
    for_each_side([&](std::size_t row, double divisor) {
        for (std::size_t i = 0; i < f.text.columns_of(row).size(); ++i) {
            text[f.text.columns_of(row)[i]] += f.text.values_of(row)[i] / divisor;
        }
    });
    std::vector<Recommendation> all;
    for (std::size_t other = 0; other < f.size(); ++other) {
        Recommendation r{f.ids[other]};
        for_each_side([&](std::size_t row, double divisor) {
            const std::set<std::int32_t> a(f.genres.of(row).begin(), f.genres.of(row).end());
            const std::set<std::int32_t> b(f.genres.of(other).begin(), f.genres.of(other).end());
            const auto shared = static_cast<double>(
                std::count_if(a.begin(), a.end(), [&](std::int32_t g) { return b.contains(g); }));
            const double product = static_cast<double>(a.size()) * static_cast<double>(b.size());
            r.parts[Part::genre] += (product > 0 ? shared / std::sqrt(product) : 0) / divisor;
            const int same =
                (f.platform.column[row] == f.platform.column[other] ? 1 : 0) +
                (f.type.column[row] != Categories::none && f.type.column[row] == f.type.column[other] ? 1
                                                                                                      : 0) +
                (f.language.column[row] == f.language.column[other] ? 1 : 0);
            r.parts[Part::metadata] += same / 3.0 / divisor;
            r.parts[Part::year] +=
                settings.weights[Part::year] > 0 ? oracle_year(f, row, other) / divisor : 0;
        });
        for (std::size_t i = 0; i < f.text.columns_of(other).size(); ++i) {
            if (const auto at = text.find(f.text.columns_of(other)[i]); at != text.end()) {
                r.parts[Part::text] += at->second * f.text.values_of(other)[i];
            }
        }
        r.parts[Part::genre] = to_12_decimals(r.parts[Part::genre]);
        r.parts[Part::text] = to_12_decimals(r.parts[Part::text]);
        r.parts[Part::metadata] = to_12_decimals(r.parts[Part::metadata]);
        r.parts[Part::year] = to_12_decimals(r.parts[Part::year]);
        r.score = oracle_score(settings.weights, r);
        if (allowed[other] != 0 && r.score >= settings.min_similarity) {
            all.push_back(r);
        }
    }
    std::sort(all.begin(), all.end(), [](const Recommendation& a, const Recommendation& b) {
        return a.score != b.score ? a.score > b.score : a.show < b.show;
    });
    all.resize(std::min(all.size(), settings.top_n));
    return all;
}

}  // namespace bingefriend
