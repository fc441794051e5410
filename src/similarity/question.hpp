// Second public header of similarity: any question -> the shows that answer it best, over the whole catalogue.
//
// A question is a mix of shows: some that are liked, perhaps some that are not.  The part of a show's score
// is the mean of its similarities to the likes less the mean of its similarities to the dislikes:
//
//   genre    = Σ cosine(like, show) / likes - Σ cosine(dislike, show) / dislikes; metadata likewise
//   text     = the dot product of the show's row with Σ row(like) / likes - Σ row(dislike) / dislikes
//   score    = w.genre · genre + w.text · text + w.metadata · metadata
//
// rounded as every score is.  So parts lie in -1 to 1, in 0 to 1 where nothing is disliked, and one like
// alone has, to the last bit, the scores of its list (similarity.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "domain/feature_row.hpp"
#include "domain/features.hpp"
#include "domain/recommendation.hpp"

namespace bingefriend {

struct Question {
    std::vector<FeatureRow> likes;  // at least one
    std::vector<FeatureRow> dislikes;
    RankingSettings ranking;  // weights with sum 1
};

// A catalogue arranged for questions.  Any number of threads may ask it at a time.
class QuestionIndex {
  public:
    // REQUIRES: `features` outlives the index.  Cost: O(n log n); memory 10 bytes a show and its genre sets.
    explicit QuestionIndex(const Features& features);
    QuestionIndex(QuestionIndex&&) noexcept;
    ~QuestionIndex();

    // The first question.ranking.top_n shows with a score of at least question.ranking.min_similarity, in
    // ranking order.  allowed: n, not 0 for the shows that may be in the answer; leave the shows of the
    // question out of them where they are not wanted.
    //
    // Cost: one pass over the terms of the shows allowed: some 2 ms for 85,000 shows, whatever the number of
    // likes.
    [[nodiscard]] std::vector<Recommendation> answer(const Question& question,
                                                     std::span<const std::uint8_t> allowed) const;

  private:
    struct Arranged;
    std::unique_ptr<const Arranged> arranged_;
};

}  // namespace bingefriend
