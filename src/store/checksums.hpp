// Checksums of what a generation stores, over its values and not their layout: the same on every database.
//
// They notice damage; they do not keep out somebody who may write the database.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "domain/published.hpp"

namespace bingefriend {

// Values, one after the other -> 64 bits (XXH3).  A text is counted, so that no two lists of values look
// alike.
class Checksum {
  public:
    Checksum& add(std::int64_t value);
    Checksum& add(double value);
    Checksum& add(std::string_view text);
    [[nodiscard]] std::int64_t value() const;

  private:
    std::string bytes_;
};

// What a show's row says beside the facts.
struct ShowPlace {
    std::int64_t list_length = 0;
    std::int64_t next_show = 0;  // the next id of the generation; 0: none

    friend bool operator==(const ShowPlace&, const ShowPlace&) = default;
};

[[nodiscard]] std::int64_t show_checksum(std::int64_t generation, const ShowDetails& show,
                                         const ShowPlace& place);
[[nodiscard]] std::int64_t word_checksum(std::int64_t generation, const NameWord& word);
[[nodiscard]] std::int64_t spread_checksum(std::int64_t generation, const ScoreSpread& spread);
[[nodiscard]] std::int64_t pointer_checksum(std::int64_t generation);

// A word has so many rows that each stores 32 of the 64 bits.
[[nodiscard]] constexpr std::int64_t stored_half(std::int64_t checksum) {
    return static_cast<std::int32_t>(static_cast<std::uint64_t>(checksum) >> 32);
}

// The checksums of the entries of one list, first to last.  Each covers the show, all entries so far, and
// whether it is the last: so the first entries of a list can be checked without the others, and a list that
// lost some is noticed.
class ListChecksum {
  public:
    ListChecksum(std::int64_t generation, ShowId show);

    // What the next entry stores: 31 bits, and in the lowest bit whether it is the last.
    [[nodiscard]] std::int64_t add(const Recommendation& entry, bool last);

    // Takes the next entry; whether it is what was written.
    [[nodiscard]] bool matches(const Recommendation& entry, std::int64_t stored);

    // Whether the last entry was taken.
    [[nodiscard]] bool ended() const noexcept { return ended_; }

    // Of the whole list.
    [[nodiscard]] std::int64_t value() const noexcept { return static_cast<std::int64_t>(chain_); }

  private:
    std::uint64_t chain_;
    bool ended_ = false;
};

// The checksums of the parts of a generation, each taken over its rows in order.
struct PartChecksums {
    std::int64_t shows = 0;
    std::int64_t lists = 0;
    std::int64_t words = 0;
    std::int64_t features = 0;

    friend bool operator==(const PartChecksums&, const PartChecksums&) = default;
};

// Adds the checksum of the next row to that of a part.
void add_row(std::int64_t& part, std::int64_t row);

// The next bytes of the packed features, as one row stores them.
void add_features(std::int64_t& part, std::string_view bytes);

// A generation's row; covers the parts, so that it stands for the whole generation.
struct StoredGeneration {
    Generation generation;
    std::int64_t first_show = 0;  // the least id; 0: none
    std::int64_t spread = 0;      // spread_checksum
    PartChecksums parts;
    bool checked = false;  // false: written before there were checksums
};

[[nodiscard]] std::int64_t generation_checksum(const StoredGeneration& stored);

}  // namespace bingefriend
