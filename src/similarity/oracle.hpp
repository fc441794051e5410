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

// Each part before rounding, of show b in the list of show a.
inline double oracle_genre(const Features& f, std::size_t a, std::size_t b) {
    const auto square = [&](std::int32_t genre) {
        const double weight = f.genres.idf.empty() ? 1 : f.genres.idf[static_cast<std::size_t>(genre)];
        return weight * weight;
    };
    const std::set<std::int32_t> ga(f.genres.of(a).begin(), f.genres.of(a).end());
    const std::set<std::int32_t> gb(f.genres.of(b).begin(), f.genres.of(b).end());
    double shared = 0;
    double all_a = 0;
    double all_b = 0;
    for (const std::int32_t g : ga) {
        all_a += square(g);
        shared += gb.contains(g) ? square(g) : 0;
    }
    for (const std::int32_t g : gb) {
        all_b += square(g);
    }
    return shared > 0 ? shared / std::sqrt(all_a * all_b) : 0;
}

inline double oracle_text(const Features& f, std::size_t a, std::size_t b) {
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
    return dot;
}

inline double oracle_metadata(const Features& f, std::size_t a, std::size_t b) {
    double same = 0;
    double compared = 0;
    const auto compare = [&](const Categories& field, bool counts, bool none_counts) {
        const bool equal = field.column[a] == field.column[b];
        compared += counts ? 1 : 0;
        same += counts && equal && (none_counts || field.column[a] != Categories::none) ? 1 : 0;
    };
    compare(f.platform, f.settings.metadata.platform, true);
    compare(f.type, f.settings.metadata.type, false);
    compare(f.language, f.settings.metadata.language, true);
    return compared > 0 ? same / compared : 0;
}

inline double oracle_year(const Features& f, std::size_t a, std::size_t b) {
    const std::vector<double>& year = f.values[Part::year].value;
    if (year.empty() || year[a] < 0 || year[b] < 0) {
        return 0;
    }
    const double newest = f.values[Part::year].reference;
    const double age_a = newest + 2 - year[a];
    const double age_b = newest + 2 - year[b];
    const double ratio = age_a < age_b ? age_a / age_b : age_b / age_a;
    return ratio * ratio;
}

inline double oracle_rating(const Features& f, std::size_t a, std::size_t b) {
    const auto rating = [&](std::size_t row) {
        const ValueColumn& column = f.values[Part::rating];
        return column.value.empty() || column.value[row] < 0 ? column.reference : column.value[row];
    };
    const double lost = rating(a) > rating(b) ? (rating(a) - rating(b)) / 2 : 0;
    return lost < 1 ? 1 - lost : 0;
}

// The parts that a score with these weights has.
inline PerPart<double> oracle_parts(const Features& f, const Weights& w, std::size_t a, std::size_t b) {
    PerPart<double> parts;
    parts[Part::genre] = oracle_genre(f, a, b);
    parts[Part::text] = oracle_text(f, a, b);
    parts[Part::metadata] = oracle_metadata(f, a, b);
    parts[Part::year] = w[Part::year] > 0 ? oracle_year(f, a, b) : 0;
    parts[Part::rating] = w[Part::rating] > 0 ? oracle_rating(f, a, b) : 0;
    return parts;
}

// Rounds the parts and adds them, one after the other.
inline Recommendation oracle_scored(ShowId show, const Weights& w, const PerPart<double>& parts) {
    Recommendation r{show};
    for (const Part part : {Part::genre, Part::text, Part::metadata, Part::year, Part::rating}) {
        r.parts[part] = to_12_decimals(parts[part]);
        r.score += w[part] * r.parts[part];
    }
    r.score = to_12_decimals(r.score);
    return r;
}

inline Recommendation oracle_pair(const Features& f, const Weights& w, std::size_t a, std::size_t b) {
    return oracle_scored(f.ids[b], w, oracle_parts(f, w, a, b));
}

inline std::vector<Recommendation> oracle_sorted(std::vector<Recommendation> all, std::size_t top_n) {
    std::sort(all.begin(), all.end(), [](const Recommendation& a, const Recommendation& b) {
        return a.score != b.score ? a.score > b.score : a.show < b.show;
    });
    all.resize(std::min(all.size(), top_n));
    return all;
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
    return oracle_sorted(all, settings.top_n);
}

// The text part of a mix of rows: the rows are added first.
inline double oracle_text_of_mix(const Features& f, const std::vector<std::size_t>& likes,
                                 const std::vector<std::size_t>& dislikes, std::size_t other) {
    std::map<std::int32_t, double> text;
    const auto add = [&](const std::vector<std::size_t>& rows, double sign) {
        for (const std::size_t row : rows) {
            for (std::size_t i = 0; i < f.text.columns_of(row).size(); ++i) {
                text[f.text.columns_of(row)[i]] +=
                    f.text.values_of(row)[i] / (sign * static_cast<double>(rows.size()));
            }
        }
    };
    add(likes, 1);
    add(dislikes, -1);
    double dot = 0;
    for (std::size_t i = 0; i < f.text.columns_of(other).size(); ++i) {
        if (const auto at = text.find(f.text.columns_of(other)[i]); at != text.end()) {
            dot += at->second * f.text.values_of(other)[i];
        }
    }
    return dot;
}

// Answers a question about rows of the catalogue from the definition: each part is a sum, likes first.
inline std::vector<Recommendation> oracle_answer(const Features& f, const RankingSettings& settings,
                                                 const std::vector<std::size_t>& likes,
                                                 const std::vector<std::size_t>& dislikes,
                                                 const std::vector<std::uint8_t>& allowed) {
    std::vector<Recommendation> all;
    for (std::size_t other = 0; other < f.size(); ++other) {
        PerPart<double> parts;
        for (const std::size_t row : likes) {
            const PerPart<double> pair = oracle_parts(f, settings.weights, row, other);
            for (std::size_t i = 0; i < part_count; ++i) {
                parts.values[i] += pair.values[i] / static_cast<double>(likes.size());
            }
        }
        for (const std::size_t row : dislikes) {
            const PerPart<double> pair = oracle_parts(f, settings.weights, row, other);
            for (const Part part : {Part::genre, Part::metadata, Part::year}) {  // the rating: of likes only
                parts[part] -= pair[part] / static_cast<double>(dislikes.size());
            }
        }
        parts[Part::text] = oracle_text_of_mix(f, likes, dislikes, other);
        const Recommendation r = oracle_scored(f.ids[other], settings.weights, parts);
        if (allowed[other] != 0 && r.score >= settings.min_similarity) {
            all.push_back(r);
        }
    }
    return oracle_sorted(all, settings.top_n);
}

}  // namespace bingefriend
