#include "app/reading.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <memory>
#include <utility>

#include "app/progress_line.hpp"
#include "app/standard_output.hpp"
#include "app/table.hpp"
#include "base/error.hpp"
#include "features/features.hpp"
#include "query/query.hpp"
#include "serve/show_json.hpp"
#include "store/store.hpp"

namespace bingefriend {
namespace {

std::unique_ptr<Store> store_of(const Options& options, const Environment& environment) {
    return open_store(DatabaseUrl::parse(database_url(options, environment).reveal()));
}

Generation current_or_error(PublishedReader& reader) {
    if (const std::optional<Generation> current = reader.current()) {
        return *current;
    }
    throw Error(ErrorKind::unavailable, "nothing is published yet", "", "run `bingefriend pipeline`");
}

std::string with_year(const ShowFacts& show) {
    return show.premiered.size() < 4 ? show.name
                                     : fmt::format("{} ({})", show.name, show.premiered.substr(0, 4));
}

std::string joined(const std::vector<std::string>& texts) {
    return fmt::format("{}", fmt::join(texts, ", "));
}

// Those of the shows found that are named so, to the letter but for case and accents.
std::vector<ShowFacts> named_so(const std::vector<ShowFacts>& found, const std::string& name) {
    std::vector<ShowFacts> same;
    for (const ShowFacts& show : found) {
        if (name_words(show.name) == name_words(name)) {
            same.push_back(show);
        }
    }
    return same;
}

void print_choice(const std::vector<ShowFacts>& shows, bool as_json) {
    if (as_json) {
        JsonText json;
        json.begin_object();
        append(json, shows);
        json.end_object();
        write_json_line(json.take());
        return;
    }
    Table table({"id", "show", "network", "genres"}, {Align::right, Align::left, Align::left, Align::left});
    for (const ShowFacts& show : shows) {
        table.add({std::to_string(to_number(show.id)), with_year(show), show.network, joined(show.genres)});
    }
    print_lines(table.text(output_columns()));
}

// The one show that is meant.  Throws Error{input} where none or several are, which are listed.
ShowFacts show_meant(PublishedReader& reader, QueryAnswerer& queries, const Options& options) {
    const std::string& text = options.show;
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (error == std::errc{} && end == text.data() + text.size()) {
        if (const std::optional<ShowFacts> found = reader.show(ShowId{id})) {
            return *found;
        }
    }
    constexpr std::size_t most = 20;
    std::vector<ShowFacts> found = queries.search(text, most, reader);
    if (found.empty()) {
        throw Error(ErrorKind::input, "no show has this id or name", text, "part of a name is enough");
    }
    const bool more = found.size() == most;
    if (std::vector<ShowFacts> same = named_so(found, text); !same.empty()) {
        found = std::move(same);
    }
    if (found.size() > 1) {
        print_choice(found, options.json);
        throw Error(ErrorKind::input,
                    more ? "many shows have a name like this" : "several shows have a name like this", text,
                    "ask again with one of the ids above");
    }
    return found.front();
}

std::string number(double value) {
    return fmt::format("{:.3f}", value);
}

// A table of the scores; under each show its reasons.
void print_list(const ExplainedList& list, const std::vector<ShowFacts>& shows) {
    std::vector<std::string> titles{"", "id", "show", "score"};
    std::vector<Align> alignment{Align::right, Align::right, Align::left, Align::right};
    for (const PartDefinition& d : all_parts) {
        titles.emplace_back(d.title);
        alignment.push_back(Align::right);
    }
    titles.insert(titles.end(), {"network", "genres"});
    alignment.insert(alignment.end(), {Align::left, Align::left});
    Table table(std::move(titles), std::move(alignment));
    for (std::size_t i = 0; i < shows.size(); ++i) {
        const Recommendation& score = list.entries[i];
        const ShowFacts& show = shows[i];
        std::vector<std::string> row{std::to_string(i + 1), std::to_string(to_number(show.id)),
                                     with_year(show), number(score.score)};
        for (const double part : score.parts.values) {
            row.push_back(number(part));
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

void print_json(ShowId show, const ExplainedList& list, const std::vector<ShowFacts>& shows) {
    std::vector<std::shared_ptr<const ShowText>> texts;
    for (const ShowFacts& facts : shows) {
        texts.push_back(std::make_shared<const ShowText>(show_text(facts)));
    }
    write_json_line(recommendations_json(show, list, texts));
}

std::vector<ShowFacts> shows_of(const ExplainedList& list, PublishedReader& reader) {
    std::vector<ShowId> ids;
    for (const Recommendation& entry : list.entries) {
        ids.push_back(entry.show);
    }
    return shows_listed(ids, list.generation, reader);
}

}  // namespace

void run_recommend(const Options& options, const Environment& environment) {
    const auto store = store_of(options, environment);
    const auto reader = store->reader();
    const auto queries = open_queries();
    (void)current_or_error(*reader);
    const ShowFacts show = show_meant(*reader, *queries, options);
    ExplainedList list = list_of(show.id, options.n, options.least_score, *reader);
    queries->explain(show.id, list, *reader);
    const std::vector<ShowFacts> shows = shows_of(list, *reader);
    if (options.json) {
        print_json(show.id, list, shows);
        return;
    }
    print("{}: {}\n", with_year(show), joined(show.genres));
    if (list.entries.empty()) {
        print("No recommendations found for this show.\n");
        return;
    }
    print_list(list, shows);
}

void run_stats(const Options& options, const Environment& environment) {
    const Generation g = current_or_error(*store_of(options, environment)->reader());
    const auto with_list = static_cast<double>(g.shows_with_recommendations);
    print("generation                 {}\n", g.number);
    print("computed                   {}\n", g.computed_at);
    print("published                  {}\n", g.published_at);
    print("shows                      {}\n", with_commas(static_cast<std::size_t>(g.shows)));
    print("shows with recommendations {}\n",
          with_commas(static_cast<std::size_t>(g.shows_with_recommendations)));
    print("recommendations            {}\n", with_commas(static_cast<std::size_t>(g.recommendations)));
    print("recommendations a show     {:.2f}\n",
          with_list > 0 ? static_cast<double>(g.recommendations) / with_list : 0.0);
    std::vector<std::string> weights;
    for (const PartDefinition& d : all_parts) {
        weights.push_back(fmt::format("{} {}", d.name, g.ranking.weights[d.part]));
    }
    print("weights                    {}\n", joined(weights));
    print("top n, least score         {}, {}\n", g.ranking.top_n, g.ranking.min_similarity);
}

void run_generations(const Options& options, const Environment& environment) {
    const std::vector<Generation> generations = store_of(options, environment)->reader()->generations();
    if (generations.empty()) {
        print("Nothing is published yet: run `bingefriend pipeline`.\n");
        return;
    }
    Table table({"", "generation", "computed", "published", "shows", "recommendations"},
                {Align::left, Align::right, Align::left, Align::left, Align::right, Align::right});
    for (const Generation& g : generations) {
        table.add({g.current ? "*" : "", std::to_string(g.number), g.computed_at, g.published_at,
                   with_commas(static_cast<std::size_t>(g.shows)),
                   with_commas(static_cast<std::size_t>(g.recommendations))});
    }
    print_lines(table.text(output_columns()) + "* is what readers see\n");
}

void run_rollback(const Options& options, const Environment& environment) {
    const Generation now = store_of(options, environment)->rollback();
    print("Readers see generation {} of {} again.\n", now.number, now.computed_at);
}

void run_verify(const Options& options, const Environment& environment) {
    const std::unique_ptr<PublishedReader> reader = store_of(options, environment)->reader();
    const std::int64_t generation =
        options.generation ? *options.generation : current_or_error(*reader).number;
    const Verification found = reader->verify(generation, [] { return true; });
    for (const std::string& fault : found.faults) {
        print("{}\n", fault);
    }
    switch (found.result) {
        case Verification::Result::whole:
            print("Generation {} matches its checksums: {} shows, {} recommendations, {} words of names.\n",
                  generation, found.shows, found.recommendations, found.words);
            return;
        case Verification::Result::unchecked:
            print("Generation {} was written before there were checksums: run `bingefriend pipeline`.\n",
                  generation);
            return;
        case Verification::Result::gone:
            throw Error(ErrorKind::unavailable,
                        fmt::format("generation {} is not in the database", generation), "",
                        "`bingefriend generations` lists those that are");
        case Verification::Result::damaged:
        case Verification::Result::stopped:
            break;
    }
    throw Error(ErrorKind::damaged, fmt::format("generation {} does not match its checksums", generation), "",
                "run `bingefriend pipeline`, or restore a copy of the database");
}

namespace {

// Where an export goes: a file, or the standard output.
class Output {
  public:
    explicit Output(const std::optional<std::filesystem::path>& path)
        : name_(path ? path->string() : ""), file_(path ? std::fopen(path->c_str(), "wb") : nullptr) {
        if (path && file_ == nullptr) {
            fail();
        }
    }
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;
    ~Output() {
        if (file_ != nullptr) {
            std::fclose(file_);
        }
    }

    void write(const std::string& text) {
        if (file_ == nullptr) {
            write_output(text);
        } else if (std::fwrite(text.data(), 1, text.size(), file_) != text.size()) {
            fail();
        }
    }

    void close() {
        if (file_ != nullptr && std::fclose(std::exchange(file_, nullptr)) != 0) {
            fail();
        }
    }

  private:
    [[noreturn]] void fail() const {
        throw Error(ErrorKind::unavailable, "cannot write the export", name_, std::strerror(errno));
    }

    std::string name_;
    std::FILE* file_;  // null: the standard output
};

void append_ndjson(fmt::memory_buffer& text, ShowId show, std::span<const Recommendation> list) {
    auto to = std::back_inserter(text);
    fmt::format_to(to, "{{\"id\": {}, \"top\": [", to_number(show));
    for (const Recommendation& r : list) {
        fmt::format_to(to, "{}[{}, {}, {}]", &r == list.data() ? "" : ", ", to_number(r.show), r.score,
                       fmt::join(r.parts.values, ", "));
    }
    fmt::format_to(to, "]}}\n");
}

void append_csv(fmt::memory_buffer& text, ShowId show, std::span<const Recommendation> list) {
    std::size_t position = 0;
    for (const Recommendation& r : list) {
        fmt::format_to(std::back_inserter(text), "{},{},{},{},{}\r\n", to_number(show), ++position,
                       to_number(r.show), r.score, fmt::join(r.parts.values, ","));
    }
}

}  // namespace

void run_export(const Options& options, const Environment& environment) {
    const auto reader = store_of(options, environment)->reader();
    (void)current_or_error(*reader);
    Output output(options.output);
    const bool csv = options.format == "csv";
    if (csv) {
        std::string header = "show_id,position,similar_show_id,similarity_score";
        for (const PartDefinition& d : all_parts) {
            header.append(",").append(d.score_key);
        }
        output.write(header + "\r\n");
    }
    reader->for_each_list([&](ShowId show, std::span<const Recommendation> list) {
        fmt::memory_buffer text;
        (csv ? append_csv : append_ndjson)(text, show, list);
        output.write(fmt::to_string(text));
    });
    output.close();
}

}  // namespace bingefriend
