// Measures queries over a whole catalogue: milliseconds per query, and the size of the features.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "bench/recipe.hpp"
#include "diversity/diverse_lists.hpp"
#include "features/features.hpp"
#include "fetch/fetch.hpp"
#include "kernel/most_similar.hpp"
#include "packed/packed_features.hpp"
#include "similarity/question.hpp"
#include "similarity/reasons.hpp"

namespace bingefriend::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Json = nlohmann::ordered_json;

double ms_since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

double resident_mb() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:")) {
            return std::stod(line.substr(6)) / 1024;
        }
    }
    return 0;
}

Json spread(std::vector<double> milliseconds) {
    std::sort(milliseconds.begin(), milliseconds.end());
    const auto at = [&](double share) {
        return milliseconds[static_cast<std::size_t>(share * static_cast<double>(milliseconds.size() - 1))];
    };
    return {{"median_ms", at(0.5)}, {"p99_ms", at(0.99)}, {"max_ms", at(1)}};
}

struct Asked {
    Question question;
    std::vector<std::uint8_t> allowed;
};

class Bench {
  public:
    Bench(const StoredFeatures& stored, const Catalogue& catalogue, const QuestionIndex& index,
          const Weights& weights, std::size_t rounds)
        : f_(stored.features), catalogue_(catalogue), index_(index), weights_(weights), rounds_(rounds) {}

    Json kinds() {
        const Weights text_first = normalised({0.2, 0.7, 0.1});
        Json report;
        report["one show"] = timed([&] { return of(1, 0); });
        report["other weights"] = timed([&] { return of(1, 0, text_first); });
        report["50 likes"] = timed([&] { return of(50, 0); });
        report["10 likes, 10 dislikes"] = timed([&] { return of(10, 10); });
        report["one genre only"] = timed([&] {
            Asked asked = of(1, 0);
            const auto genre = static_cast<std::int32_t>(random_() % f_.genres.names.size());
            for (std::size_t row = 0; row < f_.size(); ++row) {
                const auto genres = f_.genres.of(row);
                asked.allowed[row] = std::find(genres.begin(), genres.end(), genre) != genres.end() ? 1 : 0;
            }
            return asked;
        });
        report["diversity 0.3"] = timed([&] {
            Asked asked = of(1, 0);
            asked.question.ranking.diversity = 0.3;
            return asked;
        });
        report["a text from elsewhere"] = timed([&] {
            Show show;
            for (int part = 0; part < 3; ++part) {
                show.summary_text += catalogue_.shows[random_() % f_.size()].summary_text + ' ';
            }
            Asked asked = of(1, 0, {0, 1, 0});
            asked.question.likes = {foreign_row(show, f_)};
            return asked;
        });
        return report;
    }

  private:
    Asked of(std::size_t likes, std::size_t dislikes) { return of(likes, dislikes, weights_); }
    Asked of(std::size_t likes, std::size_t dislikes, const Weights& weights) {
        Asked asked{{{}, {}, {.weights = weights, .top_n = 20, .min_similarity = 0}},
                    std::vector<std::uint8_t>(f_.size(), 1)};
        for (std::size_t i = 0; i < likes + dislikes; ++i) {
            const std::size_t row = random_() % f_.size();
            asked.allowed[row] = 0;
            (i < likes ? asked.question.likes : asked.question.dislikes).push_back(feature_row(f_, row));
        }
        return asked;
    }

    Json timed(const std::function<Asked()>& next) {
        std::vector<double> milliseconds;
        for (std::size_t round = 0; round < rounds_; ++round) {
            const Asked asked = next();
            const auto start = Clock::now();
            const std::vector<Recommendation> answer = answered(asked);
            milliseconds.push_back(ms_since(start));
            found_ += answer.size();
        }
        return spread(milliseconds);
    }

    std::vector<Recommendation> answered(const Asked& asked) const {
        const RankingSettings& settings = asked.question.ranking;
        if (!chooses(settings)) {
            return index_.answer(asked.question, asked.allowed);
        }
        Question question = asked.question;
        question.ranking.top_n = candidates_of(settings);
        return diverse_list(index_.answer(question, asked.allowed), f_, settings, {});
    }

    const Features& f_;
    const Catalogue& catalogue_;
    const QuestionIndex& index_;
    Weights weights_;
    std::size_t rounds_;
    std::mt19937_64 random_{1};
    std::size_t found_ = 0;
};

// Counts the shows whose query result differs from the kernel's list.
std::size_t different_lists(const Features& features, const QuestionIndex& index, const Weights& weights,
                            std::size_t every) {
    const RankingSettings ranking{.weights = weights};
    const RecommendationLists lists = most_similar(features, ranking);
    std::vector<std::uint8_t> allowed(features.size(), 1);
    std::size_t different = 0;
    for (std::size_t row = 0; row < features.size(); row += every) {
        allowed[row] = 0;
        const auto list = lists.of(row);
        const auto answer = index.answer({{feature_row(features, row)}, {}, ranking}, allowed);
        different += std::equal(list.begin(), list.end(), answer.begin(), answer.end()) ? 0 : 1;
        allowed[row] = 1;
    }
    return different;
}

// Milliseconds to compute the reasons of one result of 20 shows.
double reasons_ms(const StoredFeatures& stored, const QuestionIndex& index, std::size_t answers) {
    const Features& f = stored.features;
    const std::vector<std::uint8_t> allowed(f.size(), 1);
    double sum = 0;
    for (std::size_t i = 0; i < answers; ++i) {
        const std::size_t row = i * f.size() / answers;
        const auto answer = index.answer({{feature_row(f, row)}, {}, {}}, allowed);
        const auto start = Clock::now();
        const Explainer explainer(f, {explained_show(stored, row)});
        for (const Recommendation& r : answer) {
            const auto at = std::lower_bound(f.ids.begin(), f.ids.end(), r.show);
            (void)explainer.of(explained_show(stored, static_cast<std::size_t>(at - f.ids.begin())));
        }
        sum += ms_since(start);
    }
    return sum / static_cast<double>(answers);
}

int run(const std::string& path, const Recipe& recipe, std::size_t rounds, std::size_t compare_every) {
    Ingest ingest = fetch_file(path);
    for (Show& show : ingest.catalogue.shows) {
        show.summary_text = summary_text(show.summary);
    }
    const Catalogue& catalogue = ingest.catalogue;
    Json report;
    std::string bytes;
    {
        const StoredFeatures computed{compute_features(catalogue, recipe.features),
                                      compute_facets(catalogue)};
        const auto start = Clock::now();
        bytes = packed(computed);
        report["pack_ms"] = ms_since(start);
    }
    const double before = resident_mb();
    auto start = Clock::now();
    const StoredFeatures stored = unpacked(bytes);
    report["unpack_ms"] = ms_since(start);
    start = Clock::now();
    const QuestionIndex index(stored.features);
    report["index_ms"] = ms_since(start);
    report["shows"] = stored.features.size();
    report["stored_mb"] = static_cast<double>(bytes.size()) / 1e6;
    report["resident_mb_more"] = resident_mb() - before;
    report["questions"] = Bench(stored, catalogue, index, recipe.weights, rounds).kinds();
    report["reasons_ms"] = reasons_ms(stored, index, rounds);
    if (compare_every > 0) {
        report["different_lists"] = different_lists(stored.features, index, recipe.weights, compare_every);
    }
    fmt::print("{}\n", report.dump(2));
    return report.value("different_lists", std::size_t{0}) == 0 ? 0 : 1;
}

}  // namespace
}  // namespace bingefriend::bench

int main(int argc, char** argv) {
    CLI::App app("Times queries over a whole catalogue: mixes, filters, weights, external texts");
    std::string catalogue;
    std::size_t rounds = 500;
    std::size_t compare_every = 0;
    app.add_option("--catalogue", catalogue, "A catalogue file, as for `bingefriend fetch`")->required();
    std::string recipe = "classic";
    app.add_option("--recipe", recipe, "A built-in recipe or a JSON file")->capture_default_str();
    app.add_option("--rounds", rounds, "Queries per kind")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    app.add_option("--compare-every", compare_every,
                   "Compares the query result of every n-th show with its list; 0: none")
        ->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    try {
        return bingefriend::bench::run(catalogue, bingefriend::bench::load_recipe(recipe), rounds,
                                       compare_every);
    } catch (const std::exception& error) {
        fmt::print(stderr, "query_bench: {}\n", error.what());
        return 1;
    }
}
