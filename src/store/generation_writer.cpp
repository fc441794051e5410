#include "store/generation_writer.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "store/generation_check.hpp"
#include "store/retry.hpp"
#include "store/spread_json.hpp"
#include "store/statements.hpp"

namespace bingefriend {
namespace {

// Shows written, and rows deleted, in one transaction: readers, replicas and other writers never
// wait long.
constexpr std::size_t chunk = 2'000;
constexpr std::int64_t rows_deleted = 10'000;
constexpr std::size_t words_written = 10'000;
constexpr std::size_t bytes_in_a_part =
    256 * 1'024;  // of the features: small enough for any server's packets

std::string now() {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                       fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())));
}

Value number_or_null(std::int64_t number) {
    return number == 0 ? Value(nullptr) : Value(number);
}

// One transaction, run again where a deadlock rolled it back.
template <typename Work>
void in_transaction(Connection& connection, Work&& work) {
    with_retries({.attempts = 5}, [&](int) {
        Transaction transaction(connection);
        work();
        transaction.commit();
    });
}

}  // namespace

std::int64_t GenerationWriter::write(const Catalogue& catalogue, const RecommendationLists& lists,
                                     const RankingSettings& ranking, const PublishOptions& options,
                                     const Progress& progress) {
    const std::int64_t generation = connection_.number(sql::next_generation_number);
    const Weights& w = ranking.weights;
    connection_.execute(sql::insert_generation,
                        {generation, options.computed_at, w.genre, w.text, w.metadata,
                         static_cast<std::int64_t>(ranking.top_n), ranking.min_similarity});
    const std::size_t n = catalogue.shows.size();
    for (std::size_t begin = 0; begin < n; begin += chunk) {
        const std::size_t end = std::min(n, begin + chunk);
        in_transaction(connection_, [&] { write_chunk(generation, catalogue, lists, begin, end); });
        progress(end, n);
    }
    write_words(generation, options.name_words);
    write_features(generation, options.packed_features);
    check_stored(connection_, generation, lists);
    check_stored(connection_, generation, options.name_words.size(), options.packed_features);
    mark_written(generation, lists);
    return generation;
}

void GenerationWriter::write_chunk(std::int64_t generation, const Catalogue& catalogue,
                                   const RecommendationLists& lists, std::size_t begin, std::size_t end) {
    std::vector<std::string> genres;  // the values below are views of these
    genres.reserve(end - begin);
    std::vector<Value> shows;
    std::vector<Value> similarities;
    for (std::size_t row = begin; row < end; ++row) {
        const Show& show = catalogue.shows[row];
        const std::int64_t id = to_number(show.id);
        genres.push_back(nlohmann::json(show.genres).dump());
        shows.insert(shows.end(),
                     {generation, id, std::string_view(show.name), std::string_view(genres.back()),
                      text_or_null(show.summary), show.rating ? Value(*show.rating) : Value(nullptr),
                      text_or_null(show.type), text_or_null(show.language), text_or_null(show.platform),
                      text_or_null(show.premiered), text_or_null(show.status), text_or_null(show.web_channel),
                      text_or_null(show.links.url), text_or_null(show.links.image_medium),
                      text_or_null(show.links.image_original), text_or_null(show.links.imdb),
                      number_or_null(show.links.thetvdb), number_or_null(show.links.tvrage)});
        std::int64_t position = 0;
        for (const Recommendation& r : lists.of(row)) {
            similarities.insert(similarities.end(), {generation, id, ++position, to_number(r.show), r.score,
                                                     r.genre, r.text, r.metadata});
        }
    }
    connection_.insert(sql::insert_show, 18, shows);
    if (!similarities.empty()) {
        connection_.insert(sql::insert_similarity, 8, similarities);
    }
}

void GenerationWriter::write_words(std::int64_t generation, std::span<const NameWord> words) {
    while (!words.empty()) {
        const std::span<const NameWord> now = words.first(std::min(words.size(), words_written));
        std::vector<Value> values;
        for (const NameWord& word : now) {
            values.insert(values.end(), {generation, std::string_view(word.word), to_number(word.show),
                                         std::int64_t{word.position}, std::int64_t{word.words}});
        }
        in_transaction(connection_, [&] { connection_.insert(sql::insert_word, 5, values); });
        words = words.subspan(now.size());
    }
}

void GenerationWriter::write_features(std::int64_t generation, std::string_view bytes) {
    for (std::int64_t part = 0; !bytes.empty(); ++part) {
        const std::string_view now = bytes.substr(0, bytes_in_a_part);
        in_transaction(connection_, [&] {
            connection_.execute(sql::insert_features, {generation, part, Blob{now}});
        });
        bytes.remove_prefix(now.size());
    }
}

void GenerationWriter::mark_written(std::int64_t generation, const RecommendationLists& lists) {
    const ScoreSpread spread = spread_of(lists);
    const std::string json = json_of(spread);
    connection_.execute(
        sql::mark_written,
        {now(), static_cast<std::int64_t>(lists.size()), static_cast<std::int64_t>(spread.recommendations),
         static_cast<std::int64_t>(spread.lists), std::string_view(json), generation});
}

void GenerationWriter::point_to(std::int64_t generation) {
    connection_.execute(sql::clear_pointer);
    connection_.execute(sql::set_pointer, {generation});
}

void GenerationWriter::publish(std::int64_t generation) {
    in_transaction(connection_, [&] {
        connection_.execute(sql::set_published_at, {now(), generation});
        point_to(generation);
    });
}

void GenerationWriter::roll_back() {
    in_transaction(connection_, [&] {
        const std::int64_t generation = connection_.number(sql::generation_before);
        if (generation == 0) {
            throw Error(ErrorKind::usage, "there is no generation to go back to", connection_.where(),
                        "`bingefriend generations` lists those there are");
        }
        point_to(generation);
    });
}

std::vector<std::int64_t> GenerationWriter::numbers(std::string_view sql) {
    const std::unique_ptr<Rows> rows = connection_.query(sql);
    std::vector<std::int64_t> found;
    while (rows->next()) {
        found.push_back(rows->integer(0));
    }
    return found;
}

void GenerationWriter::delete_interrupted() {
    for (const std::int64_t generation : numbers(sql::unpublished_generations)) {
        delete_generation(generation);
    }
}

void GenerationWriter::delete_all_but(std::size_t keep) {
    const std::vector<std::int64_t> others = numbers(sql::published_generations_but_current);
    const std::size_t kept = std::max<std::size_t>(keep, 1) - 1;
    for (std::size_t i = kept; i < others.size(); ++i) {
        delete_generation(others[i]);
    }
}

void GenerationWriter::delete_generation(std::int64_t generation) {
    delete_rows(generation, sql::chunk_of_similarities, sql::delete_similarities);
    delete_rows(generation, sql::chunk_of_shows, sql::delete_shows);
    delete_words(generation);
    connection_.execute(sql::delete_features, {generation});
    connection_.execute(sql::delete_generation, {generation});
}

void GenerationWriter::delete_words(std::int64_t generation) {
    const auto chunk_end = [&](const std::string& after) {
        const std::unique_ptr<Rows> rows =
            connection_.query(sql::chunk_of_words, {generation, std::string_view(after), rows_deleted});
        return rows->next() ? rows->text(0) : std::string();
    };
    std::string after;
    for (std::string last = chunk_end(after); !last.empty(); last = chunk_end(after)) {
        in_transaction(connection_, [&] {
            connection_.execute(sql::delete_words,
                                {generation, std::string_view(after), std::string_view(last)});
        });
        after = last;
    }
}

void GenerationWriter::delete_rows(std::int64_t generation, std::string_view chunk_end,
                                   std::string_view delete_chunk) {
    std::int64_t after = 0;
    while (const std::int64_t last = connection_.number(chunk_end, {generation, after, rows_deleted})) {
        in_transaction(connection_, [&] {
            connection_.execute(delete_chunk, {generation, after + 1, last});
        });
        after = last;
    }
}

}  // namespace bingefriend
