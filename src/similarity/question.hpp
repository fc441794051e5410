// Second public header of similarity: the shows of the whole catalogue that fit any question best.
//
// A question is a mix of shows: some that are liked, perhaps some that are not.  Each part of a show's score
// is the mean of its similarities to the likes minus the mean of its similarities to the dislikes:
//
//   genre    = Σ cosine(like, show) / likes - Σ cosine(dislike, show) / dislikes; metadata and year likewise
//   rating   = Σ rating(like, show) / likes
//   text     = the dot product of the show's row with Σ row(like) / likes - Σ row(dislike) / dislikes
//   score    = Σ w.part · part
//
// rounded as every score is.  So parts lie in -1 to 1, in 0 to 1 if nothing is disliked, and a question of
// one like has, to the last bit, the scores of its list (similarity.hpp).
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

// A catalogue arranged for questions.  Any number of threads may use it at the same time.
class QuestionIndex {
  public:
    // REQUIRES: `features` outlives the index.  Cost: O(n log n); memory 10 bytes a show and its genre sets.
    explicit QuestionIndex(const Features& features);
    QuestionIndex(QuestionIndex&&) noexcept;
    ~QuestionIndex();

    // The first question.ranking.top_n shows with a score of at least question.ranking.min_similarity, in
    // ranking order.  allowed: n, not 0 for the shows that may be in the answer; the shows of the question
    // are not left out by themselves.
    //
    // Cost: one pass over the terms of the allowed shows: about 2 ms for 85,000 shows, for any number of
    // likes.
    [[nodiscard]] std::vector<Recommendation> answer(const Question& question,
                                                     std::span<const std::uint8_t> allowed) const;

  private:
    struct Arranged;
    std::unique_ptr<const Arranged> arranged_;
};

}  // namespace bingefriend
