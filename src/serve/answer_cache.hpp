// Answers of the published generation, kept as they were sent.
#pragma once

#include <string>
#include <string_view>

#include "http/response.hpp"
#include "serve/generation_cache.hpp"

namespace bingefriend {

struct KeptAnswer {
    unsigned status = 200;
    std::string body;
    BytesInFlight::Hold held{};
};

using AnswerCache = GenerationCache<std::string, std::string_view, KeptAnswer>;

}  // namespace bingefriend
