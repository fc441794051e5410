// Reasons -> one English sentence.
#pragma once

#include <string>

#include "domain/reasons.hpp"

namespace bingefriend {

struct SentenceContext {
    bool several = false;         // recommended for several shows, each of which shares something
    bool usual_language = false;  // named only if little else is shared
    bool terms_of_names = false;  // terms may come from the names, too
};

// "Both are crime dramas on AMC, and their summaries share the terms “drug” and “teacher”."  Genres and types
// of TVmaze get English words; others stay as they are spelled.
[[nodiscard]] std::string reason_sentence(const Reasons& reasons, const SentenceContext& context);

}  // namespace bingefriend
