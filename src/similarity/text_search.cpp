#include "similarity/text_search.hpp"

#include <algorithm>
#include <cmath>

#include "similarity/scan.hpp"

namespace bingefriend {
namespace {

// The share of the score needed that the terms left out may reach together.  The more is left out, the
// fewer postings are visited, and the more of what is found turns out to fall short.
constexpr double left_out = 0.6;

}  // namespace

TextSearch::TextSearch(const ScanIndex& index)
    : index_(index),
      greatest_metadata_(units(index.weights[Part::metadata])),
      sum_(std::min(FixedLists::segment_size, index.profiles.size())) {}

std::size_t TextSearch::plan(const QueryBlock& block) {
    plans_.clear();
    std::size_t postings = 0;
    for (std::size_t lane = 0; lane < block.size(); ++lane) {
        const int needed = block.limit()[lane] - greatest_metadata_;
        if (needed > block.reach()[lane]) {
            continue;
        }
        const std::size_t more = plan(block, lane, needed);
        if (more == not_selective) {
            return not_selective;
        }
        postings += more + sum_.size() / 16;  // the sums are swept once
    }
    return postings;
}

// Leaves out terms whose lists are long for what they weigh, as long as they cannot reach what is needed.
std::size_t TextSearch::plan(const QueryBlock& block, std::size_t lane, int needed) {
    const FixedRows& rows = index_.rows;
    const std::uint32_t query = block.query(lane);
    struct Candidate {
        Term term;
        double length;
        double square;
    };
    std::vector<Candidate> candidates;
    for (std::size_t i = rows.start[query]; i < rows.start[query + 1]; ++i) {
        const std::uint32_t column = rows.column[i];
        const double weight = block.weight(lane, column) + 0.5;
        candidates.push_back({{column, block.weight(lane, column)},
                              static_cast<double>(index_.lists.frequency[column]),
                              weight * weight});
    }
    std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
        return a.length * b.square > b.length * a.square;
    });

    const int error = block.error(lane);
    const double most = left_out * std::max(0, needed - error);
    double squares = 0;
    std::size_t postings = 0;
    Plan plan{lane, {}, 0};
    for (const Candidate& candidate : candidates) {
        if (squares + candidate.square <= most * most) {
            squares += candidate.square;
        } else {
            plan.terms.push_back(candidate.term);
            postings += static_cast<std::size_t>(candidate.length);
        }
    }
    // The rows have length 1: by Cauchy and Schwarz the terms left out add at most their own length.
    plan.rest = static_cast<int>(std::ceil(std::sqrt(squares))) + error;
    if (needed - plan.rest < 1) {
        return not_selective;
    }
    plans_.push_back(std::move(plan));
    return postings;
}

void TextSearch::search(QueryBlock& block, const GenreParts& genres) {
    for (const Plan& plan : plans_) {
        for (std::size_t segment = 0; segment < index_.lists.segments(); ++segment) {
            search(block, genres, plan, segment);
        }
    }
}

void TextSearch::search(QueryBlock& block, const GenreParts& genres, const Plan& plan, std::size_t segment) {
    for (const Term& term : plan.terms) {
        for (const FixedLists::Posting& posting : index_.lists.of(segment, term.column)) {
            sum_[posting.profile] =
                static_cast<Units>(sum_[posting.profile] + product(term.weight, posting.weight));
        }
    }
    const int needed = block.limit()[plan.lane] - greatest_metadata_ - plan.rest;
    places_.clear();
    found_.clear();
    take_at_least(sum_, clamped(std::max(needed, 1)), places_, found_);
    for (std::size_t i = 0; i < places_.size(); ++i) {
        const auto profile = static_cast<std::uint32_t>(segment * FixedLists::segment_size + places_[i]);
        if (profile != block.query(plan.lane) && !genres.shares(index_.profiles.genre_set[profile])) {
            verify(block, plan.lane, profile, found_[i] + plan.rest);
        }
    }
}

void TextSearch::verify(QueryBlock& block, std::size_t lane, std::uint32_t profile, int text_bound) const {
    const int metadata = block.metadata(index_.profiles.metadata_class[profile])[lane];
    if (metadata + text_bound < block.limit()[lane]) {
        return;
    }
    int score = metadata;
    const FixedRows& rows = index_.rows;
    for (std::size_t i = rows.start[profile]; i < rows.start[profile + 1]; ++i) {
        score += product(block.weight(lane, rows.column[i]), rows.weight[i]);
    }
    if (score >= block.limit()[lane]) {
        block.keep(lane, profile, clamped(score));
    }
}

}  // namespace bingefriend
