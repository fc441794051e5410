// A body that is made piece by piece, so that a large one is never whole in memory.
#pragma once

#include <string>

#include "domain/published.hpp"

namespace bingefriend {

class BodySource {
  public:
    BodySource() = default;
    BodySource(const BodySource&) = delete;
    BodySource& operator=(const BodySource&) = delete;
    virtual ~BodySource() = default;

    // The next piece, about `bytes_of_a_piece` long unless it is the last.  Throws if the body cannot be
    // completed, and what the reader throws.  REQUIRES: not done.
    [[nodiscard]] virtual std::string next(PublishedReader& reader) = 0;
    static constexpr std::size_t bytes_of_a_piece = 1u << 20;

    // Whether the last piece was made.
    [[nodiscard]] virtual bool is_done() const = 0;
};

}  // namespace bingefriend
