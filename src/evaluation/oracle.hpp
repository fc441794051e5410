// The measures in the plainest way, for tests: sets of users, sorted lists.
#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "evaluation/likes.hpp"
#include "evaluation/lists.hpp"

namespace bingefriend {

using Matrix = std::vector<std::vector<double>>;

inline Matrix oracle_cosines(const Likes& likes) {
    Matrix cosine(likes.size(), std::vector<double>(likes.size()));
    for (std::size_t i = 0; i < likes.size(); ++i) {
        const std::set<std::uint32_t> a(likes.users_of(i).begin(), likes.users_of(i).end());
        for (std::size_t j = 0; j < likes.size(); ++j) {
            const auto b = likes.users_of(j);
            const auto both = std::count_if(b.begin(), b.end(), [&](auto user) { return a.contains(user); });
            cosine[i][j] = i == j ? 0
                                  : static_cast<double>(both) / std::sqrt(static_cast<double>(a.size()) *
                                                                          static_cast<double>(b.size()));
        }
    }
    return cosine;
}

inline Matrix oracle_era_free(Matrix cosine, const std::vector<std::optional<double>>& years) {
    const auto gap = [&](std::size_t i, std::size_t j) {
        return years[i] && years[j] ? std::min(std::abs(*years[i] - *years[j]), 40.0) : 41.0;
    };
    std::map<double, std::vector<double>> by_gap;
    for (std::size_t i = 0; i < years.size(); ++i) {
        for (std::size_t j = 0; j < years.size(); ++j) {
            if (i != j) {
                by_gap[gap(i, j)].push_back(cosine[i][j]);
            }
        }
    }
    for (std::size_t i = 0; i < years.size(); ++i) {
        for (std::size_t j = 0; j < years.size(); ++j) {
            double sum = 0;
            for (const double value : by_gap[gap(i, j)]) {
                sum += value;
            }
            if (i != j && sum > 0) {
                cosine[i][j] /= sum / static_cast<double>(by_gap[gap(i, j)].size());
            }
        }
    }
    return cosine;
}

inline std::vector<std::size_t> oracle_order(const std::vector<double>& relevance) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < relevance.size(); ++i) {
        order.push_back(i);
    }
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return relevance[a] > relevance[b]; });
    return order;
}

inline std::vector<std::size_t> oracle_list(const ItemLists& lists, std::size_t item, std::size_t length) {
    std::vector<std::size_t> list(lists.of(item).begin(), lists.of(item).end());
    list.resize(std::min(list.size(), length));
    return list;
}

inline double oracle_gain(const std::vector<double>& relevance, std::vector<std::size_t> list,
                          std::size_t length) {
    list.resize(std::min(list.size(), length));
    double gain = 0;
    for (std::size_t i = 0; i < list.size(); ++i) {
        gain += relevance[list[i]] / std::log2(static_cast<double>(i) + 2);
    }
    return gain;
}

// Not a number for an item without any.
inline std::vector<double> oracle_ndcg(const Matrix& relevance, const ItemLists& lists, std::size_t length) {
    std::vector<double> ndcg;
    for (std::size_t i = 0; i < relevance.size(); ++i) {
        const double ideal = oracle_gain(relevance[i], oracle_order(relevance[i]), length);
        const double gain = oracle_gain(relevance[i], oracle_list(lists, i, length), length);
        ndcg.push_back(ideal > 0 ? gain / ideal : std::nan(""));
    }
    return ndcg;
}

inline std::vector<double> oracle_recall(const Matrix& relevance, const ItemLists& lists,
                                         std::size_t length) {
    std::vector<double> recall;
    for (std::size_t i = 0; i < relevance.size(); ++i) {
        std::vector<std::size_t> best = oracle_order(relevance[i]);
        best.resize(std::min<std::size_t>(best.size(), 20));
        double found = 0;
        for (const std::size_t j : oracle_list(lists, i, length)) {
            found += std::count(best.begin(), best.end(), j) > 0 ? 1 : 0;
        }
        recall.push_back(found / 20);
    }
    return recall;
}

inline double oracle_hit_rate(const Likes& likes, const ItemLists& lists, std::size_t length) {
    double hits = 0;
    double all = 0;
    for (std::size_t i = 0; i < likes.size(); ++i) {
        for (const std::uint32_t user : likes.users_of(i)) {
            bool hit = false;
            for (const std::size_t j : oracle_list(lists, i, length)) {
                const auto users = likes.users_of(j);
                hit = hit || std::count(users.begin(), users.end(), user) > 0;
            }
            hits += hit ? 1 : 0;
            ++all;
        }
    }
    return hits / all;
}

// Mean absolute difference of all pairs, over twice the mean.
inline double oracle_gini(const std::vector<double>& values) {
    double differences = 0;
    double sum = 0;
    for (const double a : values) {
        sum += a;
        for (const double b : values) {
            differences += std::abs(a - b);
        }
    }
    return sum > 0 ? differences / (2 * static_cast<double>(values.size()) * sum) : 0;
}

}  // namespace bingefriend
