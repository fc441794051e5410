// Request + reader -> response: the endpoints of the API.  Knows no sockets.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/published.hpp"

namespace bingefriend {

struct Request {
    std::string_view method;  // "GET"
    std::string_view target;  // "/shows/1/recommendations?n=5"
};

struct Response {
    unsigned status = 200;
    std::string body;  // JSON; empty for 204
    std::vector<std::pair<std::string, std::string>> headers;
};

// Gives the reader of this thread, opened when it is first needed.
class ReaderSource {
  public:
    explicit ReaderSource(ReaderFactory open) : open_(std::move(open)) {}

    // Throws as the factory does.
    [[nodiscard]] PublishedReader& reader() {
        if (!reader_) {
            reader_ = open_();
        }
        return *reader_;
    }

    // The next question opens a new one.
    void discard() noexcept { reader_.reset(); }

  private:
    ReaderFactory open_;
    std::unique_ptr<PublishedReader> reader_;
};

// Never throws: what goes wrong is logged and answered.
[[nodiscard]] Response respond(const Request& request, ReaderSource& source, std::string_view version);

// {"error": message}
[[nodiscard]] Response error_response(unsigned status, std::string_view message);

}  // namespace bingefriend
