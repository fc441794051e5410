// A response before it becomes bytes.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace bingefriend {

class BodyStream;
class JsonText;

inline constexpr std::string_view json_type = "application/json; charset=utf-8";

// The memory of the bodies that are being made and sent, over all requests.  Thread-safe.
class BytesInFlight {
  public:
    // Counts bytes until it is destroyed, which may be after the counter.
    class Hold {
      public:
        Hold() = default;
        Hold(Hold&& other) noexcept
            : count_(std::move(other.count_)), bytes_(std::exchange(other.bytes_, 0)) {}
        Hold& operator=(Hold&& other) noexcept {
            std::swap(count_, other.count_);
            std::swap(bytes_, other.bytes_);
            return *this;
        }
        ~Hold() {
            if (count_) {
                *count_ -= bytes_;
            }
        }

      private:
        friend class BytesInFlight;
        using Count = std::shared_ptr<std::atomic<std::size_t>>;  // shared: a hold may outlive the server
        Hold(Count count, std::size_t bytes) : count_(std::move(count)), bytes_(bytes) { *count_ += bytes; }

        Count count_;
        std::size_t bytes_ = 0;
    };

    [[nodiscard]] Hold hold(std::size_t bytes) { return {count_, bytes}; }

    [[nodiscard]] std::size_t count() const noexcept { return *count_; }

  private:
    Hold::Count count_ = std::make_shared<std::atomic<std::size_t>>(0);
};

struct Response {
    unsigned status = 200;
    std::string body;                                // empty for 204 and 304
    std::shared_ptr<const std::string> cached_body;  // replaces `body`
    // Of the body, if it is too large to be made at once.  Shared only because its type is incomplete here:
    // it would bring Asio's headers into every endpoint.
    std::shared_ptr<BodyStream> rest;
    BytesInFlight::Hold held{};              // for `body`
    std::optional<std::int64_t> generation;  // of the data; none if the handler does not say
    std::optional<std::size_t> route;        // index in Handler::routes(); none: no route matches
    std::string headers;                     // lines, each with its end
    std::string_view content_type = json_type;
    std::string error;  // error message; empty: not an error
    std::string code;   // the same for a program

    void add_header(std::string_view name, std::string_view value) {
        headers.append(name).append(": ").append(value).append("\r\n");
    }
    [[nodiscard]] std::string_view bytes() const {
        return cached_body ? std::string_view(*cached_body) : body;
    }
};

// What was written becomes the body.
[[nodiscard]] Response json_response(JsonText& json, unsigned status = 200);

// `code` defaults to the code of the status: 400 bad_request, 404 not_found, ...
[[nodiscard]] Response error_response(unsigned status, std::string_view message, std::string_view code = {});

}  // namespace bingefriend
