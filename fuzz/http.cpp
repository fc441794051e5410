// Parses the bytes of a connection: the request does not depend on how they arrive.
#include <algorithm>
#include <optional>
#include <string>

#include "fuzz.hpp"
#include "http/request_reader.hpp"

namespace bingefriend {
namespace {

struct WhatWasRead {
    bool done = false;
    std::string method, target, key, body;

    bool operator==(const WhatWasRead&) const = default;
};

WhatWasRead read_in_pieces(std::string_view bytes, std::size_t piece, const ServerLimits& limits) {
    RequestReader reader(limits);
    std::string waiting;
    while (!bytes.empty() && !reader.is_done() && !reader.refusal()) {
        const std::string_view next = bytes.substr(0, piece);
        bytes.remove_prefix(next.size());
        waiting.append(next);
        const std::size_t taken = reader.put(waiting);
        if (taken > waiting.size()) {
            __builtin_trap();
        }
        waiting.erase(0, taken);
    }
    if (!reader.is_done() || reader.refusal()) {
        return {};
    }
    const Request request = request_of(reader.head(), reader.body(), "id");
    return {true, std::string(request.method), std::string(request.target), std::string(request.key),
            std::string(request.body)};
}

}  // namespace

void try_input(std::string_view input) {
    const ServerLimits limits{.header_bytes = 512, .target_bytes = 256, .body_bytes = 512};
    const WhatWasRead whole = read_in_pieces(input, std::max<std::size_t>(input.size(), 1), limits);
    for (const std::size_t piece : {1u, 3u}) {
        const WhatWasRead pieces = read_in_pieces(input, piece, limits);
        if (whole.done && pieces.done && !(pieces == whole)) {
            __builtin_trap();
        }
    }
}

}  // namespace bingefriend
