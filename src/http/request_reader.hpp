// Parses one request from the bytes of a connection, or refuses it.
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

    // `limits` must outlive the reader.
    explicit RequestReader(const ServerLimits& limits);
    RequestReader(const RequestReader&) = delete;
    RequestReader& operator=(const RequestReader&) = delete;
    ~RequestReader();

    // Reads from the front of the bytes that have arrived and returns how many were read.  Pass the others
    // again, with the bytes that arrive after them.  REQUIRES: neither done nor refused.
    [[nodiscard]] std::size_t put(std::string_view arrived);

    // The whole head has arrived.
    [[nodiscard]] bool has_head() const;
    // The whole request has arrived.
    [[nodiscard]] bool is_done() const;
    // The connection must be closed after a refusal.
    [[nodiscard]] const std::optional<Refusal>& refusal() const;

    // REQUIRES: has_head().  Ignores fields after the body.
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
