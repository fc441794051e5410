// The third door of similarity: two shows -> what they have in common, exactly as the score counts it.
//
//   share of a term = show_t · like_t / Σ over the shared terms of the same; like is the mean row where
//                     there are several
//
// A network or language is shared where its name is.  The score is coarser: all names without a column of
// their own count as one ("other").
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "domain/feature_row.hpp"
#include "domain/features.hpp"
#include "domain/reasons.hpp"
#include "domain/recommendation.hpp"
#include "domain/stored_features.hpp"

namespace bingefriend {

// A show as it is explained: views of its row, and the names that the row has no columns for; empty for none.
struct ExplainedShow {
    std::span<const std::int32_t> genres;  // columns, ascending; the terms too
    std::span<const std::int32_t> terms;
    std::span<const double> weights;  // of the terms
    std::int32_t type = FeatureRow::not_asked;
    std::string_view network;
    std::string_view language;
};

// A show of the catalogue.  REQUIRES: row < stored.features.size().
[[nodiscard]] ExplainedShow explained_show(const StoredFeatures& stored, std::size_t row);

// A show from elsewhere.
[[nodiscard]] ExplainedShow explained_show(const FeatureRow& row, std::string_view network,
                                           std::string_view language);

// Explains any number of shows to the same likes.  Any thread.
class Explainer {
  public:
    // `features` names the columns; it and what is viewed outlive the explainer.  usual_language: that of
    // most shows, which the sentence tells only where it has little else to tell; empty for none.
    Explainer(const Features& features, std::vector<ExplainedShow> likes,
              std::string_view usual_language = {});

    // Cost: the terms of the show; some 0.7 µs for one like.
    [[nodiscard]] Reasons of(const ExplainedShow& show) const;

  private:
    static constexpr std::int32_t no_term = -1;
    struct Weight {
        std::int32_t term = no_term;
        double weight = 0;
    };
    // Where a term is in mean_, or would be.
    [[nodiscard]] std::size_t place_of(std::int32_t term) const;
    [[nodiscard]] std::vector<SharedTerm> shared_terms(const ExplainedShow& show) const;

    const Features& features_;
    std::vector<ExplainedShow> likes_;
    std::string_view usual_language_;
    // The mean row of the likes, hashed: of each term at its remainder, or the next place that was free.  A
    // power of two, of which a quarter is used at most: most terms of a show are looked for in one step.
    std::vector<Weight> mean_;
};

}  // namespace bingefriend
