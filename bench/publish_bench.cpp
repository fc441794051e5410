// Measures the publication of a generation against one INSERT per row, on the same database in the same run.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <memory>
#include <random>
#include <string>

#include "database/mysql_database.hpp"
#include "database/sqlite_database.hpp"
#include "features/features.hpp"
#include "fetch/fetch.hpp"
#include "kernel/most_similar.hpp"
#include "store/sql_store.hpp"

namespace bingefriend::bench {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

struct Publication {
    Catalogue catalogue;
    RecommendationLists lists;
};

Publication of_file(const std::string& path) {
    Publication run{fetch_file(path).catalogue, {}};
    for (Show& show : run.catalogue.shows) {
        show.summary_text = summary_text(show.summary);
    }
    run.lists = most_similar(compute_features(run.catalogue), {});
    return run;
}

// Has a realistic size: 20 random recommendations per show, summaries of 100 to 700 bytes.
Publication made_up(std::size_t shows) {
    std::mt19937 random(1);
    Publication run;
    for (std::size_t i = 0; i < shows; ++i) {
        run.catalogue.shows.push_back({.id = ShowId{static_cast<std::int64_t>(i + 1)},
                                       .name = fmt::format("Show number {}", i),
                                       .genres = {"Drama", "Crime"},
                                       .summary = std::string(100 + random() % 600, 'x'),
                                       .type = "Scripted",
                                       .language = "English",
                                       .platform = "Network"});
        run.lists.shows.push_back(run.catalogue.shows.back().id);
    }
    for (std::size_t i = 0; i < shows; ++i) {
        for (std::size_t k = 1; k <= 20 && k < shows; ++k) {
            run.lists.entries.push_back({run.lists.shows[(i + k * 37) % shows],
                                         1.0 / static_cast<double>(k),
                                         {0.5, 1.0 / 3, static_cast<double>(random() % 1'000) / 1'000}});
        }
        run.lists.start.push_back(run.lists.entries.size());
    }
    return run;
}

// Rows per second with one statement per row, for some seconds.
double single_inserts(Connection& connection, bool one_transaction) {
    connection.run_script("DROP TABLE IF EXISTS publish_bench");
    connection.run_script(
        "CREATE TABLE publish_bench (generation BIGINT, show_id BIGINT, position INTEGER, similar_show_id "
        "BIGINT, "
        "similarity_score DOUBLE, genre_score DOUBLE, text_score DOUBLE, metadata_score DOUBLE, "
        "PRIMARY KEY (generation, show_id, position))");
    const auto start = Clock::now();
    std::int64_t rows = 0;
    const auto insert = [&] {
        while (seconds_since(start) < 3) {
            connection.execute("INSERT INTO publish_bench VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                               {std::int64_t{1}, rows / 20, rows % 20, rows, 0.5, 0.4, 0.3, 1.0 / 3});
            ++rows;
        }
    };
    if (one_transaction) {
        Transaction transaction(connection);
        insert();
        transaction.commit();
    } else {
        insert();
    }
    const double rate = static_cast<double>(rows) / seconds_since(start);
    connection.run_script("DROP TABLE publish_bench");
    return rate;
}

std::shared_ptr<Database> database_at(const DatabaseUrl& url) {
    if (const auto* const path = std::get_if<std::filesystem::path>(&url.place)) {
        return std::make_shared<SqliteDatabase>(*path);
    }
    return std::make_shared<MysqlDatabase>(std::get<MysqlAddress>(url.place));
}

int run(int argc, char** argv) {
    std::string url;
    std::string catalogue;
    std::size_t shows = 85'000;
    std::size_t repeat = 3;
    CLI::App app("Publishes a catalogue several times, then inserts one row per statement");
    app.add_option("--database-url", url, "An empty database, or a bingefriend database")
        ->envname("DATABASE_URL")
        ->required();
    app.add_option("--catalogue", catalogue, "A catalogue file; default: generated shows");
    app.add_option("--shows", shows, "Number of generated shows")->capture_default_str();
    app.add_option("--repeat", repeat, "Number of publications")->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    const Publication made = catalogue.empty() ? made_up(shows) : of_file(catalogue);
    const std::size_t rows = made.catalogue.shows.size() + made.lists.entries.size();
    const std::shared_ptr<Database> database = database_at(DatabaseUrl::parse(url));
    SqlStore store(database);
    store.migrate();
    fmt::print("{} shows, {} rows\n", made.catalogue.shows.size(), rows);
    double best = 1e9;
    for (std::size_t i = 0; i < repeat; ++i) {
        const auto start = Clock::now();
        double written = 0;
        store.publish(made.catalogue, made.lists, {}, {.computed_at = "2026-11-22T09:00:00Z"},
                      [&](std::size_t, std::size_t) { written = seconds_since(start); });
        const double seconds = seconds_since(start);
        fmt::print(
            "published in {:.2f} s: written after {:.2f} s, then checked, published, old ones deleted\n",
            seconds, written);
        std::fflush(stdout);
        best = std::min(best, seconds);
    }
    const double rate = static_cast<double>(rows) / best;
    fmt::print("{:>12.0f} rows/s published\n", rate);
    const std::unique_ptr<Connection> connection = database->connect(Access::write);
    for (const bool one_transaction : {false, true}) {
        const double single = single_inserts(*connection, one_transaction);
        fmt::print("{:>12.0f} rows/s one INSERT a row, {}: publishing is {:.0f} times as fast\n", single,
                   one_transaction ? "in one transaction" : "each committed", rate / single);
    }
    return 0;
}

}  // namespace
}  // namespace bingefriend::bench

int main(int argc, char** argv) {
    try {
        return bingefriend::bench::run(argc, argv);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "publish_bench: %s\n", error.what());
        return 1;
    }
}
