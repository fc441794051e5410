// Compression of bodies.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "bodies/body_source.hpp"

namespace bingefriend {

// A gzip stream, made piece by piece.
class GzipStream {
  public:
    enum class Effort { usual, little };
    explicit GzipStream(Effort effort);
    GzipStream(const GzipStream&) = delete;
    GzipStream& operator=(const GzipStream&) = delete;
    ~GzipStream();

    // The next bytes of the file, which may be none unless this is the last text.
    [[nodiscard]] std::string put(std::string_view text, bool is_last);

  private:
    struct State;
    std::unique_ptr<State> state_;  // 256 KiB
};

// The text as a gzip file.
[[nodiscard]] std::string gzipped(std::string_view text);

// The same for a body that is made piece by piece.
class GzippedBody final : public BodySource {
  public:
    // The first piece of `source` was made already.  REQUIRES: more is to come.
    explicit GzippedBody(std::unique_ptr<BodySource> source) : source_(std::move(source)) {}

    [[nodiscard]] std::string compressed(std::string_view piece) {
        return stream_.put(piece, source_->is_done());
    }
    [[nodiscard]] std::string next(PublishedReader& reader) override {
        return compressed(source_->next(reader));
    }
    [[nodiscard]] bool is_done() const override { return source_->is_done(); }

  private:
    std::unique_ptr<BodySource> source_;
    GzipStream stream_{GzipStream::Effort::little};
};

}  // namespace bingefriend
