#include "kernel/profiles.hpp"

#include <algorithm>
#include <bit>
#include <tuple>
#include <unordered_map>

namespace bingefriend {
namespace {

std::uint64_t hash_of_text(const TextMatrix& text, std::size_t row) {
    std::uint64_t hash = 0;
    const auto add = [&hash](std::uint64_t value) {
        hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 29;
    };
    for (const std::int32_t column : text.columns_of(row)) {
        add(static_cast<std::uint64_t>(column));
    }
    for (const double value : text.values_of(row)) {
        add(std::bit_cast<std::uint64_t>(value));
    }
    return hash;
}

bool equal_text(const TextMatrix& text, std::size_t a, std::size_t b) {
    return std::ranges::equal(text.columns_of(a), text.columns_of(b)) &&
           std::ranges::equal(text.values_of(a), text.values_of(b));
}

// Numbers the combinations of classes that shows have.
std::vector<std::uint32_t> kinds_of_shows(std::size_t shows, const std::vector<ClassIndex>& classes) {
    std::vector<std::uint32_t> kind(shows);
    for (const ClassIndex& index : classes) {
        std::unordered_map<std::uint64_t, std::uint32_t> numbers;  // by kind so far and class
        for (std::size_t row = 0; row < shows; ++row) {
            const std::uint64_t key = std::uint64_t{kind[row]} << 32 | index.class_of[row];
            kind[row] = numbers.try_emplace(key, static_cast<std::uint32_t>(numbers.size())).first->second;
        }
    }
    return kind;
}

struct Row {
    std::uint32_t genre_set, kind;
    std::uint64_t text_hash;
    std::uint32_t row;

    [[nodiscard]] auto key() const { return std::tuple(genre_set, kind, text_hash, row); }
    [[nodiscard]] bool may_equal(const Row& other) const {
        return genre_set == other.genre_set && kind == other.kind && text_hash == other.text_hash;
    }
};

// A profile under construction.
struct Run {
    std::uint32_t genre_set, kind;
    std::uint32_t first_row;
    std::size_t begin, end;  // in the ordered rows
};

std::vector<Run> runs_of_equals(std::vector<Row>& rows, const TextMatrix& text) {
    std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.key() < b.key(); });
    std::vector<Run> runs;
    for (auto begin = rows.begin(); begin != rows.end();) {
        const Row first = *begin;
        auto end = std::find_if_not(begin, rows.end(), [&](const Row& r) { return first.may_equal(r); });
        // Equal hashes almost always mean equal texts.
        end = std::stable_partition(begin, end,
                                    [&](const Row& r) { return equal_text(text, first.row, r.row); });
        runs.push_back({first.genre_set, first.kind, first.row,
                        static_cast<std::size_t>(begin - rows.begin()),
                        static_cast<std::size_t>(end - rows.begin())});
        begin = end;
    }
    std::sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) {
        return std::tie(a.genre_set, a.kind, a.first_row) < std::tie(b.genre_set, b.kind, b.first_row);
    });
    return runs;
}

}  // namespace

Profiles::Profiles(const Features& features, const Weights& weights)
    : genres(features.genres), classes(class_indexes(features, weighted_parts(weights))) {
    const std::vector<std::uint32_t> kinds = kinds_of_shows(features.size(), classes);
    std::vector<Row> ordered(features.size());
    for (std::uint32_t row = 0; row < features.size(); ++row) {
        ordered[row] = {genres.set_of[row], kinds[row], hash_of_text(features.text, row), row};
    }
    const std::vector<Run> runs = runs_of_equals(ordered, features.text);

    rows.reserve(ordered.size());
    for (std::size_t run = 0; run < runs.size(); ++run) {
        const auto profile = static_cast<std::uint32_t>(run);
        const bool new_set = run == 0 || runs[run].genre_set != runs[run - 1].genre_set;
        if (new_set) {
            set_start.push_back(profile);
            group_start.push_back(static_cast<std::uint32_t>(groups.size()));
        }
        if (new_set || runs[run].kind != runs[run - 1].kind) {
            groups.push_back({profile, profile});
        }
        ++groups.back().end;
        genre_set.push_back(runs[run].genre_set);
        for (const ClassIndex& index : classes) {
            class_numbers.push_back(index.class_of[runs[run].first_row]);
        }
        for (std::size_t i = runs[run].begin; i < runs[run].end; ++i) {
            rows.push_back(ordered[i].row);
        }
        row_start.push_back(static_cast<std::uint32_t>(rows.size()));
    }
    set_start.push_back(static_cast<std::uint32_t>(size()));
    group_start.push_back(static_cast<std::uint32_t>(groups.size()));
}

}  // namespace bingefriend
