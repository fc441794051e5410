#include <fmt/format.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/commands/command.hpp"
#include "app/published.hpp"
#include "base/numbers.hpp"
#include "bodies/show_json.hpp"
#include "console/standard_output.hpp"
#include "console/table.hpp"
#include "edition/answer.hpp"
#include "edition/show_names.hpp"
#include "features/features.hpp"

namespace bingefriend {
namespace {

struct RecommendOptions {
    std::string show;
    std::size_t n = 10;
    double min_similarity = 0;
    bool json = false;
    DatabaseOptions database;
};

void add_options(OptionList& list, RecommendOptions& options) {
    append(list, {{"show", &options.show, "Id or name, or part of a name; small typing errors are corrected",
                   "SHOW", true},
                  {"-n,--n", &options.n, "Length of the list", Range{1, 1'000}},
                  {"--min-similarity", &options.min_similarity, "Minimum score", Range{0, 1}},
                  {"--json", &options.json, "Print the response of the API"}});
    add_options(list, options.database);
}

std::string with_year(const ShowDetails& show) {
    return show.premiered.size() < 4 ? show.name
                                     : fmt::format("{} ({})", show.name, show.premiered.substr(0, 4));
}

std::string joined(const std::vector<std::string>& texts) {
    return fmt::format("{}", fmt::join(texts, ", "));
}

// Returns the shows with exactly this name, except for case and accents.
std::vector<ShowDetails> with_name(const std::vector<ShowDetails>& found, const std::string& name) {
    std::vector<ShowDetails> same;
    for (const ShowDetails& show : found) {
        if (name_words(show.name) == name_words(name)) {
            same.push_back(show);
        }
    }
    return same;
}

void print_choice(const std::vector<ShowDetails>& shows, bool as_json) {
    if (as_json) {
        JsonText json;
        json.begin_object();
        append(json, shows);
        json.end_object();
        write_json_line(json.take());
        return;
    }
    Table table({"id", "show", "network", "genres"}, {Align::right, Align::left, Align::left, Align::left});
    for (const ShowDetails& show : shows) {
        table.add({std::to_string(to_number(show.id)), with_year(show), show.network, joined(show.genres)});
    }
    print_lines(table.text(output_columns()));
}

// Returns the show that the user means. Throws Error{input} if no show matches, or several, after listing
// them.
ShowDetails find_show(PublishedReader& reader, std::int64_t generation, const RecommendOptions& options) {
    const std::string& text = options.show;
    if (const auto id = parse_number<std::int64_t>(text)) {
        if (std::vector<ShowDetails> found = reader.shows(generation, std::vector{ShowId{*id}});
            !found.empty()) {
            return std::move(found.front());
        }
    }
    constexpr std::size_t max_found = 20;
    std::vector<ShowDetails> found =
        reader.shows(generation, ShowNames(generation, reader).find(text, max_found));
    if (found.empty()) {
        throw Error(ErrorKind::input, "no show has this id or name", text, "part of a name is enough");
    }
    const bool more = found.size() == max_found;
    if (std::vector<ShowDetails> same = with_name(found, text); !same.empty()) {
        found = std::move(same);
    }
    if (found.size() > 1) {
        print_choice(found, options.json);
        throw Error(ErrorKind::input,
                    more ? "many shows have a name like this" : "several shows have a name like this", text,
                    "run again with one of the ids above");
    }
    return found.front();
}

std::string score_text(double value) {
    return fmt::format("{:.3f}", value);
}

// Prints a table of the scores, with the reason below each show.
void print_recommendations(const RankedList& list, const Weights& weights,
                           const std::vector<ShowDetails>& shows) {
    const PartList shown = shown_parts(weights);
    std::vector<std::string> titles{"", "id", "show", "score"};
    std::vector<Align> alignment{Align::right, Align::right, Align::left, Align::right};
    for (const PartDefinition& d : shown) {
        titles.emplace_back(d.title);
        alignment.push_back(Align::right);
    }
    titles.insert(titles.end(), {"network", "genres"});
    alignment.insert(alignment.end(), {Align::left, Align::left});
    Table table(std::move(titles), std::move(alignment));
    for (std::size_t i = 0; i < shows.size(); ++i) {
        const Recommendation& score = list.entries[i];
        const ShowDetails& show = shows[i];
        std::vector<std::string> row{std::to_string(i + 1), std::to_string(to_number(show.id)),
                                     with_year(show), score_text(score.score)};
        for (const PartDefinition& d : shown) {
            row.push_back(score_text(score.parts[d.part]));
        }
        row.insert(row.end(), {show.network, joined(show.genres)});
        table.add(std::move(row));
    }
    const std::string text = table.text(output_columns());
    std::string_view rows = text;
    for (std::size_t row = 0; !rows.empty(); ++row) {
        const std::size_t end = rows.find('\n') + 1;
        print_lines(rows.substr(0, end));
        rows.remove_prefix(end);
        if (row > 0 && !list.reasons.empty()) {
            print("    {}\n", list.reasons[row - 1].sentence);
        }
    }
}

void print_json_list(ShowId show, const RankedList& list, const Weights& weights,
                     const std::vector<ShowDetails>& shows) {
    std::vector<std::shared_ptr<const ShowText>> texts;
    for (const ShowDetails& facts : shows) {
        texts.push_back(std::make_shared<const ShowText>(show_text(facts)));
    }
    write_json_line(recommendations_json(show, list, weights, texts));
}

std::vector<ShowDetails> shows_of(const RankedList& list, std::int64_t generation, PublishedReader& reader) {
    std::vector<ShowId> ids;
    for (const Recommendation& entry : list.entries) {
        ids.push_back(entry.show);
    }
    return read_listed_shows(reader, generation, ids);
}

void run_recommend(const RecommendOptions& options, const Environment& environment) {
    const auto store = store_of(options.database, environment);
    const auto reader = store->reader();
    const Generation current = current_or_error(*reader);
    const std::int64_t generation = current.number;
    const Weights& weights = current.ranking.weights;
    const ShowDetails show = find_show(*reader, generation, options);
    RankedList list{read_list(*reader, generation, show.id, options.n, options.min_similarity)};
    const std::unique_ptr<const IndexedFeatures> features = read_features(*reader, generation);
    if (features) {
        add_reasons(show.id, *features, list);
    }
    const std::vector<ShowDetails> shows = shows_of(list, generation, *reader);
    if (options.json) {
        print_json_list(show.id, list, weights, shows);
        return;
    }
    print("{}: {}\n", with_year(show), joined(show.genres));
    if (list.entries.empty()) {
        print("No recommendations found for this show.\n");
        return;
    }
    print_recommendations(list, weights, shows);
}

}  // namespace

Command recommend_command() {
    return make_command("recommend", "Print the recommendations of a show", run_recommend);
}

}  // namespace bingefriend
