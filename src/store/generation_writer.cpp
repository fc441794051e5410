#include "store/generation_writer.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>
#include <vector>

#include "store/statements.hpp"

namespace bingefriend {
namespace {

// Shows written or deleted in one transaction: readers and other writers never wait long.
constexpr std::size_t chunk = 2'000;

std::string now() {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                       fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())));
}

SQLite::Statement statement(SqliteConnection& connection, std::string_view sql) {
    return {connection.database(), std::string(sql)};
}

// Binds from the first parameter on, runs, and makes the statement ready to run again.
template <typename... Values>
void execute(SQLite::Statement& query, const Values&... values) {
    [[maybe_unused]] int index = 0;
    [[maybe_unused]] const auto bind = [&](const auto& value) {
        using Value = std::decay_t<decltype(value)>;
        ++index;
        if constexpr (std::is_same_v<Value, std::string>) {
            query.bindNoCopy(index, value);
        } else {
            query.bind(index, value);
        }
    };
    (bind(values), ...);
    query.exec();
    query.reset();
}

std::int64_t number_from(SQLite::Statement& query) {
    const std::int64_t number = query.executeStep() ? query.getColumn(0).getInt64() : 0;
    query.reset();
    return number;
}

void bind_text_or_null(SQLite::Statement& query, int index, const std::string& text) {
    if (text.empty()) {
        query.bind(index);
    } else {
        query.bindNoCopy(index, text);
    }
}

void insert_show(SQLite::Statement& query, std::int64_t generation, const Show& show) {
    const std::string genres = nlohmann::json(show.genres).dump();
    query.bind(1, generation);
    query.bind(2, to_number(show.id));
    query.bindNoCopy(3, show.name);
    query.bindNoCopy(4, genres);
    bind_text_or_null(query, 5, show.summary);
    if (show.rating) {
        query.bind(6, *show.rating);
    } else {
        query.bind(6);
    }
    bind_text_or_null(query, 7, show.type);
    bind_text_or_null(query, 8, show.language);
    bind_text_or_null(query, 9, show.platform);
    bind_text_or_null(query, 10, show.premiered);
    query.exec();
    query.reset();
}

}  // namespace

void check_lists(const Catalogue& catalogue, const RecommendationLists& lists,
                 const RankingSettings& ranking) {
    const auto require = [](bool holds, const char* what) {
        if (!holds) {
            throw std::logic_error(fmt::format("the lists are not published: {}", what));
        }
    };
    require(lists.size() == catalogue.shows.size() && lists.start.size() == lists.size() + 1,
            "they are not those of the catalogue");
    for (std::size_t row = 0; row < lists.size(); ++row) {
        require(lists.shows[row] == catalogue.shows[row].id, "they are not those of the catalogue");
        const auto list = lists.of(row);
        require(list.size() <= ranking.top_n, "one is too long");
        require(std::is_sorted(list.begin(), list.end(), ranks_before), "one is not in ranking order");
        for (const Recommendation& r : list) {
            require(r.show != lists.shows[row], "a show is in its own list");
            require(std::binary_search(lists.shows.begin(), lists.shows.end(), r.show),
                    "a recommended show is not in the catalogue");
            require(r.score >= 0 && r.score <= 1, "a score is not in 0 to 1");
        }
    }
}

std::int64_t GenerationWriter::write(const Catalogue& catalogue, const RecommendationLists& lists,
                                     const RankingSettings& ranking, const std::string& computed_at,
                                     const Progress& progress) {
    return connection_.run([&] {
        SQLite::Statement next = statement(connection_, sql::next_generation_number);
        const std::int64_t generation = number_from(next);
        SQLite::Statement insert = statement(connection_, sql::insert_generation);
        const Weights& w = ranking.weights;
        execute(insert, generation, computed_at, w.genre, w.text, w.metadata,
                static_cast<std::int64_t>(ranking.top_n), ranking.min_similarity);
        write_shows(generation, catalogue, lists, progress);
        mark_written(generation, lists);
        return generation;
    });
}

void GenerationWriter::write_shows(std::int64_t generation, const Catalogue& catalogue,
                                   const RecommendationLists& lists, const Progress& progress) {
    SQLite::Statement show = statement(connection_, sql::insert_show);
    SQLite::Statement similarity = statement(connection_, sql::insert_similarity);
    const std::size_t n = catalogue.shows.size();
    for (std::size_t begin = 0; begin < n; begin += chunk) {
        const std::size_t end = std::min(n, begin + chunk);
        SQLite::Transaction transaction(connection_.database(), SQLite::TransactionBehavior::IMMEDIATE);
        for (std::size_t row = begin; row < end; ++row) {
            insert_show(show, generation, catalogue.shows[row]);
            int position = 0;
            for (const Recommendation& r : lists.of(row)) {
                execute(similarity, generation, to_number(lists.shows[row]), ++position, to_number(r.show),
                        r.score, r.genre, r.text, r.metadata);
            }
        }
        transaction.commit();
        progress(end, n);
    }
}

// What is marked is what the database says it holds.
void GenerationWriter::mark_written(std::int64_t generation, const RecommendationLists& lists) {
    SQLite::Statement shows = statement(connection_, sql::count_shows);
    SQLite::Statement similarities = statement(connection_, sql::count_similarities);
    shows.bind(1, generation);
    similarities.bind(1, generation);
    const std::int64_t show_count = number_from(shows);
    const std::int64_t similarity_count = number_from(similarities);
    if (show_count != static_cast<std::int64_t>(lists.size()) ||
        similarity_count != static_cast<std::int64_t>(lists.entries.size())) {
        throw Error(ErrorKind::unavailable, "the generation was not written whole", connection_.where(),
                    "the one before stays published; run again");
    }
    std::int64_t with_list = 0;
    for (std::size_t row = 0; row < lists.size(); ++row) {
        with_list += lists.of(row).empty() ? 0 : 1;
    }
    SQLite::Statement mark = statement(connection_, sql::mark_written);
    execute(mark, now(), show_count, similarity_count, with_list, generation);
}

void GenerationWriter::point_to(std::int64_t generation) {
    SQLite::Statement clear = statement(connection_, sql::clear_pointer);
    SQLite::Statement set = statement(connection_, sql::set_pointer);
    execute(clear);
    execute(set, generation);
}

void GenerationWriter::publish(std::int64_t generation) {
    connection_.run([&] {
        SQLite::Transaction transaction(connection_.database(), SQLite::TransactionBehavior::IMMEDIATE);
        SQLite::Statement published_at = statement(connection_, sql::set_published_at);
        execute(published_at, now(), generation);
        point_to(generation);
        transaction.commit();
    });
}

void GenerationWriter::roll_back() {
    connection_.run([&] {
        SQLite::Transaction transaction(connection_.database(), SQLite::TransactionBehavior::IMMEDIATE);
        SQLite::Statement before = statement(connection_, sql::generation_before);
        const std::int64_t generation = number_from(before);
        if (generation == 0) {
            throw Error(ErrorKind::usage, "there is no generation to go back to", connection_.where(),
                        "`bingefriend generations` lists those there are");
        }
        point_to(generation);
        transaction.commit();
    });
}

void GenerationWriter::delete_interrupted() {
    const std::vector<std::int64_t> left_over = connection_.run([&] {
        SQLite::Statement query = statement(connection_, sql::unpublished_generations);
        std::vector<std::int64_t> numbers;
        while (query.executeStep()) {
            numbers.push_back(query.getColumn(0).getInt64());
        }
        return numbers;
    });
    for (const std::int64_t generation : left_over) {
        delete_generation(generation);
    }
}

void GenerationWriter::delete_all_but(std::size_t keep) {
    std::vector<std::int64_t> others = connection_.run([&] {
        SQLite::Statement query = statement(connection_, sql::published_generations_but_current);
        std::vector<std::int64_t> newest_first;
        while (query.executeStep()) {
            newest_first.push_back(query.getColumn(0).getInt64());
        }
        return newest_first;
    });
    const std::size_t kept = std::max<std::size_t>(keep, 1) - 1;
    for (std::size_t i = kept; i < others.size(); ++i) {
        delete_generation(others[i]);
    }
}

void GenerationWriter::delete_generation(std::int64_t generation) {
    connection_.run([&] {
        SQLite::Statement chunk_end = statement(connection_, sql::chunk_end);
        SQLite::Statement similarities = statement(connection_, sql::delete_similarities);
        SQLite::Statement shows = statement(connection_, sql::delete_shows);
        for (std::int64_t after = 0;;) {
            chunk_end.bind(1, generation);
            chunk_end.bind(2, after);
            chunk_end.bind(3, static_cast<std::int64_t>(chunk));
            const std::int64_t last = number_from(chunk_end);
            if (last == 0) {
                break;
            }
            SQLite::Transaction transaction(connection_.database(), SQLite::TransactionBehavior::IMMEDIATE);
            execute(similarities, generation, after + 1, last);
            execute(shows, generation, after + 1, last);
            transaction.commit();
            after = last;
        }
        SQLite::Statement row = statement(connection_, sql::delete_generation);
        execute(row, generation);
    });
}

void GenerationWriter::checkpoint() {
    connection_.run([&] {
        // Busy readers are not waited for: the log is then shortened by a later run.
        connection_.database().setBusyTimeout(0);
        (void)connection_.database().tryExec("PRAGMA wal_checkpoint(TRUNCATE)");
    });
}

}  // namespace bingefriend
