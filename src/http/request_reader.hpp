// Bytes of a connection -> one request, or why it is refused.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "http/options.hpp"
#include "http/request.hpp"

namespace bingefriend {

class RequestReader {
  public:
    struct Refusal {
        unsigned status;
        std::string_view message;
    };

    // Reads one request within the limits, which outlive it.
    explicit RequestReader(const ServerLimits& limits);
    RequestReader(const RequestReader&) = delete;
    RequestReader& operator=(const RequestReader&) = delete;
    ~RequestReader();

    // Takes bytes off the front of what has arrived; returns how many.  The others are to be given again,
    // with what arrives after them.  REQUIRES: neither done nor refused.
    [[nodiscard]] std::size_t put(std::string_view arrived);

    // The whole head has arrived.
    [[nodiscard]] bool has_head() const;
    // The whole request has arrived.
    [[nodiscard]] bool is_done() const;
    // The connection cannot go on after this.
    [[nodiscard]] const std::optional<Refusal>& refusal() const;

    // REQUIRES: has_head().  Fields after the body are dropped.
    [[nodiscard]] RequestHead& head();
    [[nodiscard]] bool expects_continue();
    [[nodiscard]] bool keep_alive() const;
    // REQUIRES: is_done()
    [[nodiscard]] std::string_view body() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

// A status in words: "Not Found".
[[nodiscard]] std::string_view reason_of(unsigned status);

}  // namespace bingefriend
