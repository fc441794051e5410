#include "store/checksums.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <span>

namespace bingefriend {
namespace {

// A database may store -0 as 0.
std::uint64_t bits_of(double value) {
    return std::bit_cast<std::uint64_t>(value == 0 ? 0.0 : value);
}

// Not inlined: GCC 12 would warn of the branches for longer input.
[[gnu::noinline]] std::uint64_t hashed(std::span<const std::uint64_t> values, std::uint64_t seed) {
    return XXH3_64bits_withSeed(values.data(), values.size_bytes(), seed);
}

// How many parts a checksum covers: up to the last that is always shown or has a value.  So what was stored
// before a part joined the table keeps its checksum.
template <typename T>
std::size_t parts_covered(const PerPart<T>& values) {
    std::size_t covered = part_count;
    while (!all_parts[covered - 1].always_shown && values.values[covered - 1] == T{}) {
        --covered;
    }
    return covered;
}

}  // namespace

Checksum& Checksum::add(std::int64_t value) {
    std::array<char, sizeof(value)> bytes{};
    std::memcpy(bytes.data(), &value, sizeof(value));
    bytes_.append(bytes.data(), bytes.size());
    return *this;
}

Checksum& Checksum::add(double value) {
    return add(static_cast<std::int64_t>(bits_of(value)));
}

Checksum& Checksum::add(std::string_view text) {
    add(static_cast<std::int64_t>(text.size()));
    bytes_ += text;
    return *this;
}

std::int64_t Checksum::value() const {
    return static_cast<std::int64_t>(XXH3_64bits(bytes_.data(), bytes_.size()));
}

std::int64_t show_checksum(std::int64_t generation, const ShowDetails& show, const ShowPlace& place) {
    Checksum sum;
    sum.add(generation).add(to_number(show.id)).add(place.list_length).add(place.next_show);
    sum.add(show.name).add(show.summary).add(static_cast<std::int64_t>(show.genres.size()));
    for (const std::string& genre : show.genres) {
        sum.add(genre);
    }
    sum.add(std::int64_t{show.rating.has_value()}).add(show.rating.value_or(0));
    sum.add(show.type).add(show.language).add(show.network).add(show.premiered);
    sum.add(show.status).add(show.web_channel);
    sum.add(show.links.url).add(show.links.image_medium).add(show.links.image_original);
    sum.add(show.links.imdb).add(show.links.thetvdb).add(show.links.tvrage);
    return sum.value();
}

std::int64_t word_checksum(std::int64_t generation, const NameWord& word) {
    return Checksum()
        .add(generation)
        .add(word.word)
        .add(to_number(word.show))
        .add(std::int64_t{word.position})
        .add(std::int64_t{word.words})
        .value();
}

std::int64_t spread_checksum(std::int64_t generation, const ScoreSpread& spread) {
    Checksum sum;
    const auto add_count = [&](std::size_t count) { sum.add(static_cast<std::int64_t>(count)); };
    sum.add(generation).add(spread.mean_score);
    add_count(spread.lists);
    add_count(spread.recommendations);
    add_count(spread.recommended_shows);
    const auto add_histogram = [&](const ScoreSpread::Histogram& histogram) {
        for (const std::size_t count : histogram) {
            add_count(count);
        }
    };
    add_histogram(spread.score);
    for (std::size_t part = 0; part < parts_covered(spread.parts); ++part) {
        add_histogram(spread.parts.values[part]);
    }
    return sum.value();
}

std::int64_t pointer_checksum(std::int64_t generation) {
    return Checksum().add("published").add(generation).value();
}

ListChecksum::ListChecksum(std::int64_t generation, ShowId show)
    : chain_(hashed(
          std::array{static_cast<std::uint64_t>(generation), static_cast<std::uint64_t>(to_number(show))},
          0)) {}

std::int64_t ListChecksum::add(const Recommendation& entry, bool last) {
    std::array<std::uint64_t, part_count + 3> values{};
    auto at = values.begin();
    *at++ = static_cast<std::uint64_t>(to_number(entry.show));
    *at++ = bits_of(entry.score);
    at = std::transform(entry.parts.values.begin(),
                        entry.parts.values.begin() + static_cast<std::ptrdiff_t>(parts_covered(entry.parts)),
                        at, bits_of);
    *at++ = last ? 1u : 0u;
    chain_ = hashed(std::span(values.begin(), at), chain_);
    ended_ = last;
    return static_cast<std::int32_t>((chain_ & 0xffff'fffe) | (last ? 1u : 0u));
}

bool ListChecksum::matches(const Recommendation& entry, std::int64_t stored) {
    return !ended_ && add(entry, (stored & 1) != 0) == stored;
}

void add_row(std::int64_t& part, std::int64_t row) {
    part = static_cast<std::int64_t>(
        hashed(std::array{static_cast<std::uint64_t>(row)}, static_cast<std::uint64_t>(part)));
}

void add_features(std::int64_t& part, std::string_view bytes) {
    add_row(part, static_cast<std::int64_t>(XXH3_64bits(bytes.data(), bytes.size())));
}

std::int64_t generation_checksum(const StoredGeneration& stored) {
    const Generation& g = stored.generation;
    Checksum sum;
    sum.add(g.number)
        .add(g.computed_at)
        .add(g.published_at)
        .add(g.shows)
        .add(g.recommendations)
        .add(g.shows_with_recommendations);
    for (std::size_t part = 0; part < parts_covered(g.ranking.weights); ++part) {
        sum.add(g.ranking.weights.values[part]);
    }
    if (!g.feature_settings.empty()) {
        sum.add(g.recipe).add(g.feature_settings);
    }
    if (g.ranking.diversity > 0 || g.ranking.max_per_franchise > 0) {
        sum.add(g.ranking.diversity).add(static_cast<std::int64_t>(g.ranking.max_per_franchise));
    }
    return sum.add(static_cast<std::int64_t>(g.ranking.top_n))
        .add(g.ranking.min_similarity)
        .add(stored.first_show)
        .add(stored.spread)
        .add(stored.parts.shows)
        .add(stored.parts.lists)
        .add(stored.parts.words)
        .add(stored.parts.features)
        .value();
}

}  // namespace bingefriend
