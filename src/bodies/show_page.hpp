// A page of shows as JSON: {"shows": [...], "total": 2, "offset": 0, "limit": 100}.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/json_text.hpp"
#include "bodies/body_source.hpp"

namespace bingefriend {

class ShowPage final : public BodySource {
  public:
    // REQUIRES: the generation has all these shows.
    struct Contents {
        std::int64_t generation = 0;
        std::vector<ShowId> ids;  // ascending
        std::int64_t offset = 0;  // as requested, like `limit`
        std::int64_t limit = 0;
    };
    explicit ShowPage(Contents contents) : contents_(std::move(contents)) {}

    // Reads a few shows at a time.  Throws GenerationGone if one of them does not exist any more: a page is
    // never short.
    [[nodiscard]] std::string next(PublishedReader& reader) override;
    [[nodiscard]] bool is_done() const override { return done_; }

  private:
    void append_some(PublishedReader& reader);

    static constexpr std::size_t max_at_once = 32;  // shows read by one statement
    Contents contents_;
    JsonText json_;
    std::size_t at_ = 0;              // the first show that is not written yet
    std::size_t step_ = max_at_once;  // shows to read next: as many as fit in a piece
    bool begun_ = false;
    bool done_ = false;
};

}  // namespace bingefriend
