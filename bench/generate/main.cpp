// bingefriend-generate: generates a synthetic catalogue of any size from a seed.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "bench/generate/shows.hpp"
#include "fetch/fetch.hpp"

namespace bingefriend::bench {
namespace {

struct Choice {
    std::size_t shows = 1'000;
    std::uint64_t seed = 1;
    std::string profile = "tvmaze";
    std::string texts;
    std::optional<double> text_share;
};

std::vector<std::string> summaries_of(const std::string& file) {
    std::vector<std::string> result;
    for (Show& show : fetch_file(file).catalogue.shows) {
        if (!show.summary.empty()) {
            result.push_back(std::move(show.summary));
        }
    }
    return result;
}

int generate(const Choice& choice) {
    const std::vector<std::string> summaries =
        choice.texts.empty() ? std::vector<std::string>() : summaries_of(choice.texts);
    Profile figures = profile(choice.profile);
    figures.text_share = choice.text_share.value_or(figures.text_share);
    Shows shows(figures, choice.seed);
    for (std::size_t i = 0; i < choice.shows; ++i) {
        const std::string line =
            shows.next(summaries.empty() ? nullptr : &summaries[i % summaries.size()]).dump() + '\n';
        if (std::fwrite(line.data(), 1, line.size(), stdout) != line.size()) {
            throw std::runtime_error("cannot write to standard output");
        }
    }
    return std::fflush(stdout) == 0 ? 0 : 1;
}

}  // namespace
}  // namespace bingefriend::bench

int main(int argc, char** argv) {
    using namespace bingefriend::bench;
    CLI::App app("Writes a synthetic catalogue to standard output: one show per line in TVmaze format",
                 "bingefriend-generate");
    Choice choice;
    app.add_option("--shows", choice.shows)->capture_default_str();
    app.add_option("--seed", choice.seed)->capture_default_str();
    app.add_option("--profile", choice.profile, "tvmaze: only TV; mixed: TV and films from many sources")
        ->check(CLI::IsMember(profile_names()))
        ->capture_default_str();
    app.add_option("--texts", choice.texts, "Uses the summaries of this catalogue instead of generated ones");
    app.add_option("--text-share", choice.text_share, "Fraction of shows with a summary")
        ->check(CLI::Range(0.0, 1.0));
    CLI11_PARSE(app, argc, argv);
    try {
        return generate(choice);
    } catch (const std::exception& error) {
        fmt::print(stderr, "bingefriend-generate: {}\n", error.what());
        return 1;
    }
}
