// Reasons -> one English sentence that says them, and nothing else.
#pragma once

#include <string>

#include "domain/reasons.hpp"

namespace bingefriend {

struct SentenceContext {
    bool several = false;  // the show is recommended for several shows, each of which shares some of it
    bool usual_language = false;  // the language is worth a word only where there is little else
};

// "Both are crime dramas on AMC, and their summaries share the terms “drug” and “teacher”."  Genres and types
// of TVmaze read as English has them; any other as it is spelled.
[[nodiscard]] std::string reason_sentence(const Reasons& reasons, const SentenceContext& context);

}  // namespace bingefriend
