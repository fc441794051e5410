// The third door of similarity: two shows -> what they have in common, exactly as the score counts it.
//
//   share of a term = show_t · like_t / Σ over the shared terms of the same; like is the mean row where
//                     there are several
//
// A network or language is shared where its name is.  The score is coarser: all names without a column of
// their own count as one ("other").
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/feature_row.hpp"
#include "domain/features.hpp"
#include "domain/reasons.hpp"

namespace bingefriend {

// A show as it is explained: its row, and the names that the row has no columns for; empty for none.
struct ExplainedShow {
    FeatureRow row;
    std::string network;
    std::string language;
};

// Explains any number of shows to the same likes.  Any thread.
class Explainer {
  public:
    // `features` names the columns and outlives the explainer.  usual_language: that of most shows, which
    // the sentence tells only where it has little else to tell; empty for none.
    Explainer(const Features& features, std::vector<ExplainedShow> likes, std::string usual_language = {});

    // Cost: the terms of the show × the logarithm of those of the likes.
    [[nodiscard]] Reasons of(const ExplainedShow& show) const;

  private:
    struct Weight {
        std::int32_t term;
        double weight;
    };
    [[nodiscard]] std::vector<SharedTerm> shared_terms(const FeatureRow& row) const;

    const Features& features_;
    std::vector<ExplainedShow> likes_;
    std::string usual_language_;
    std::vector<Weight> mean_;  // the mean row of the likes, by term
};

}  // namespace bingefriend
