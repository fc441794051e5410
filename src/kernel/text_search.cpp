#include "kernel/text_search.hpp"

#include <algorithm>
#include <cmath>

#include "kernel/selection.hpp"

namespace bingefriend {
namespace {

// The terms that are dropped may reach this share of the score needed together.  The more are dropped, the
// fewer postings are visited, and the more profiles are found in vain.
constexpr double dropped_share = 0.6;

}  // namespace

TextSearch::TextSearch(const ScanIndex& index)
    : index_(index), sum_(std::min(FixedIndex::segment_size, index.profiles.size())) {}

std::size_t TextSearch::plan(const QueryBlock& block) {
    plans_.clear();
    std::size_t postings = 0;
    for (std::size_t lane = 0; lane < block.size(); ++lane) {
        const int needed = block.limit()[lane] - block.class_reach()[lane];
        if (needed > block.text_reach()[lane]) {
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

// Drops terms with long posting lists for their weight, while the dropped ones cannot reach what is needed.
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
                              static_cast<double>(index_.terms.frequency[column]),
                              weight * weight});
    }
    std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
        return a.length * b.square > b.length * a.square;
    });

    const int error = block.error(lane);
    const double most = dropped_share * std::max(0, needed - error);
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
    // No row is longer than 1: by Cauchy-Schwarz the dropped terms add at most their own length.
    plan.rest = static_cast<int>(std::ceil(std::sqrt(squares))) + error;
    if (needed - plan.rest < 1) {
        return not_selective;
    }
    plans_.push_back(std::move(plan));
    return postings;
}

void TextSearch::search(QueryBlock& block, const GenreParts& genres) {
    for (const Plan& plan : plans_) {
        for (std::size_t segment = 0; segment < index_.terms.segments(); ++segment) {
            search(block, genres, plan, segment);
        }
    }
}

void TextSearch::search(QueryBlock& block, const GenreParts& genres, const Plan& plan, std::size_t segment) {
    for (const Term& term : plan.terms) {
        for (const FixedIndex::Posting& posting : index_.terms.of(segment, term.column)) {
            sum_[posting.profile] =
                static_cast<Units>(sum_[posting.profile] + product(term.weight, posting.weight));
        }
    }
    const int needed = block.limit()[plan.lane] - block.class_reach()[plan.lane] - plan.rest;
    places_.clear();
    found_.clear();
    take_at_least(sum_, clamped(std::max(needed, 1)), places_, found_);
    for (std::size_t i = 0; i < places_.size(); ++i) {
        const auto profile = static_cast<std::uint32_t>(segment * FixedIndex::segment_size + places_[i]);
        if (profile != block.query(plan.lane) && !genres.shares(index_.profiles.genre_set[profile])) {
            verify(block, plan.lane, profile, found_[i] + plan.rest);
        }
    }
}

void TextSearch::verify(QueryBlock& block, std::size_t lane, std::uint32_t profile, int text_bound) const {
    int score = 0;
    const auto classes = index_.profiles.classes_of(profile);
    for (std::size_t p = 0; p < classes.size(); ++p) {
        score += block.class_part(p, classes[p])[lane];
    }
    if (score + text_bound < block.limit()[lane]) {
        return;
    }
    const FixedRows& rows = index_.rows;
    for (std::size_t i = rows.start[profile]; i < rows.start[profile + 1]; ++i) {
        score += product(block.weight(lane, rows.column[i]), rows.weight[i]);
    }
    if (score >= block.limit()[lane]) {
        block.keep(lane, profile, clamped(score));
    }
}

}  // namespace bingefriend
