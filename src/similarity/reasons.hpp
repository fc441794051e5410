// Third public header of similarity: what two shows have in common, exactly as the score counts it.
//
//   share of a term = show_t · like_t / Σ of the same over the shared terms; like is the mean row of several
//                     likes
//
// A network or language is shared if its name is the same.  The score is coarser: all names without a column
// of their own count as one ("other").
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

// A show to be explained: views of its row, and names that the row has no columns for; empty for none.
struct ExplainedShow {
    std::span<const std::int32_t> genres;  // columns, ascending; the terms too
    std::span<const std::int32_t> terms;
    std::span<const double> weights;  // of the terms
    std::int32_t type = FeatureRow::not_asked;
    std::string_view network;
    std::string_view language;
    double year = ValueColumn::none;  // of premiere; none if the score does not count it
};

// A show of the catalogue.  REQUIRES: row < stored.features.size().
[[nodiscard]] ExplainedShow explained_show(const StoredFeatures& stored, std::size_t row);

// A show that is not in the catalogue.
[[nodiscard]] ExplainedShow explained_show(const FeatureRow& row, std::string_view network,
                                           std::string_view language);

// Explains any number of shows to the same likes.  Any thread.
class Explainer {
  public:
    // `features` names the columns.  usual_language: the language of most shows, which the sentence names
    // only if it has little else to say; empty for none.  REQUIRES: `features` and everything viewed outlive
    // the explainer.
    Explainer(const Features& features, std::vector<ExplainedShow> likes,
              std::string_view usual_language = {});

    // Cost: the terms of the show; about 0.7 µs for one like.
    [[nodiscard]] Reasons of(const ExplainedShow& show) const;

  private:
    static constexpr std::int32_t no_term = -1;
    struct Weight {
        std::int32_t term = no_term;
        double weight = 0;
    };
    // The place of a term in mean_, or where it would be inserted.
    [[nodiscard]] std::size_t place_of(std::int32_t term) const;
    [[nodiscard]] std::vector<SharedTerm> shared_terms(const ExplainedShow& show) const;

    const Features& features_;
    std::vector<ExplainedShow> likes_;
    std::string_view usual_language_;
    // The mean row of the likes: a hash table with linear probing.  Its size is a power of two and at most a
    // quarter is used, so most lookups take one step.
    std::vector<Weight> mean_;
};

}  // namespace bingefriend
