#include "store/generation_writer.hpp"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "base/times.hpp"
#include "database/retry.hpp"
#include "store/generation_check.hpp"
#include "store/generation_row.hpp"
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

Value number_or_null(std::int64_t number) {
    return number == 0 ? Value(nullptr) : Value(number);
}

// One transaction, run again where a deadlock rolled it back.  All that a publisher writes is written in one
// of these.
template <typename Work>
void in_transaction(Connection& connection, Work&& work) {
    with_retries({.attempts = 5}, [&](int) {
        Transaction transaction(connection);
        connection.sign();
        work();
        transaction.commit();
    });
}

constexpr std::size_t columns_of_a_show = 21;
constexpr std::size_t columns_of_a_similarity = 6 + part_count;

ShowDetails facts_of(const Show& show) {
    return {.id = show.id,
            .name = show.name,
            .genres = show.genres,
            .summary = show.summary,
            .type = show.type,
            .language = show.language,
            .network = show.platform,
            .premiered = show.premiered,
            .rating = show.rating,
            .status = show.status,
            .web_channel = show.web_channel,
            .links = show.links};
}

// The values are views of the show and its genres.
void append_show(std::vector<Value>& values, std::int64_t generation, const Show& show,
                 const std::string& genres, const ShowPlace& place, std::int64_t& part) {
    const std::int64_t checksum = show_checksum(generation, facts_of(show), place);
    add_row(part, checksum);
    values.insert(values.end(), {generation,
                                 to_number(show.id),
                                 std::string_view(show.name),
                                 std::string_view(genres),
                                 text_or_null(show.summary),
                                 show.rating ? Value(*show.rating) : Value(nullptr),
                                 text_or_null(show.type),
                                 text_or_null(show.language),
                                 text_or_null(show.platform),
                                 text_or_null(show.premiered),
                                 text_or_null(show.status),
                                 text_or_null(show.web_channel),
                                 text_or_null(show.links.url),
                                 text_or_null(show.links.image_medium),
                                 text_or_null(show.links.image_original),
                                 text_or_null(show.links.imdb),
                                 number_or_null(show.links.thetvdb),
                                 number_or_null(show.links.tvrage),
                                 place.list_length,
                                 place.next_show,
                                 checksum});
}

void append_list(std::vector<Value>& values, const Generation& generation, ShowId show,
                 std::span<const Recommendation> list, std::int64_t& part) {
    ListChecksum checksum(generation.number, show);
    std::int64_t position = 0;
    for (const Recommendation& r : list) {
        const bool last = static_cast<std::size_t>(++position) == list.size();
        values.insert(values.end(),
                      {generation.number, to_number(show), position, to_number(r.show), r.score});
        for (const PartDefinition& d : all_parts) {
            values.push_back(is_shown(d, generation.ranking.weights) ? Value(r.parts[d.part])
                                                                     : Value(nullptr));
        }
        values.emplace_back(checksum.add(r, last));
    }
    add_row(part, checksum.value());
}

}  // namespace

std::int64_t GenerationWriter::write(const Catalogue& catalogue, const RecommendationLists& lists,
                                     const RankingSettings& ranking, const PublishOptions& options,
                                     const Progress& progress) {
    const std::int64_t generation = connection_.number(sql::next_generation_number);
    std::vector<Value> row{generation, std::string_view(options.computed_at)};
    row.insert(row.end(), ranking.weights.values.begin(), ranking.weights.values.end());
    row.insert(row.end(),
               {static_cast<std::int64_t>(ranking.top_n), ranking.min_similarity, ranking.diversity,
                static_cast<std::int64_t>(ranking.max_per_franchise), std::string_view(options.recipe)});
    row.emplace_back(options.feature_settings.empty() ? Value(nullptr)
                                                      : Value(std::string_view(options.feature_settings)));
    in_transaction(connection_, [&] { connection_.execute(sql::insert_generation, row); });
    StoredGeneration stored;
    stored.generation = {.number = generation,
                         .computed_at = options.computed_at,
                         .ranking = ranking,
                         .recipe = options.recipe,
                         .feature_settings = options.feature_settings};
    const std::size_t n = catalogue.shows.size();
    for (std::size_t begin = 0; begin < n; begin += chunk) {
        const std::size_t end = std::min(n, begin + chunk);
        write_chunk(catalogue, lists, begin, end, stored);
        progress(end, n);
    }
    write_words(options.name_words, stored);
    write_features(options.packed_features, stored);
    check_stored(connection_, generation, lists, stored.parts);
    check_stored(connection_, generation, options.name_words.size(), options.packed_features);
    mark_written(lists, stored);
    return generation;
}

void GenerationWriter::write_chunk(const Catalogue& catalogue, const RecommendationLists& lists,
                                   std::size_t begin, std::size_t end, StoredGeneration& stored) {
    const std::int64_t generation = stored.generation.number;
    std::vector<std::string> genres;  // the values below are views of these
    genres.reserve(end - begin);
    std::vector<Value> shows;
    std::vector<Value> similarities;
    for (std::size_t row = begin; row < end; ++row) {
        const Show& show = catalogue.shows[row];
        const std::span<const Recommendation> list = lists.of(row);
        const bool is_last = row + 1 == catalogue.shows.size();
        const ShowPlace place{static_cast<std::int64_t>(list.size()),
                              is_last ? 0 : to_number(catalogue.shows[row + 1].id)};
        genres.push_back(nlohmann::json(show.genres).dump());
        append_show(shows, generation, show, genres.back(), place, stored.parts.shows);
        append_list(similarities, stored.generation, show.id, list, stored.parts.lists);
    }
    in_transaction(connection_, [&] {
        connection_.insert(sql::insert_show, columns_of_a_show, shows);
        if (!similarities.empty()) {
            connection_.insert(sql::insert_similarity, columns_of_a_similarity, similarities);
        }
    });
}

void GenerationWriter::write_words(std::span<const NameWord> words, StoredGeneration& stored) {
    const std::int64_t generation = stored.generation.number;
    while (!words.empty()) {
        const std::span<const NameWord> now = words.first(std::min(words.size(), words_written));
        std::vector<Value> values;
        for (const NameWord& word : now) {
            const std::int64_t checksum = word_checksum(generation, word);
            add_row(stored.parts.words, checksum);
            values.insert(values.end(),
                          {generation, std::string_view(word.word), to_number(word.show),
                           std::int64_t{word.position}, std::int64_t{word.words}, stored_half(checksum)});
        }
        in_transaction(connection_, [&] { connection_.insert(sql::insert_word, 6, values); });
        words = words.subspan(now.size());
    }
}

void GenerationWriter::write_features(std::string_view bytes, StoredGeneration& stored) {
    for (std::int64_t part = 0; !bytes.empty(); ++part) {
        const std::string_view now = bytes.substr(0, bytes_in_a_part);
        in_transaction(connection_, [&] {
            connection_.execute(sql::insert_features, {stored.generation.number, part, Blob{now}});
        });
        add_features(stored.parts.features, now);
        bytes.remove_prefix(now.size());
    }
}

void GenerationWriter::mark_written(const RecommendationLists& lists, StoredGeneration& stored) {
    const ScoreSpread spread = spread_of(lists, stored.generation.ranking.weights);
    const std::string json = json_of(spread);
    Generation& g = stored.generation;
    g.shows = static_cast<std::int64_t>(lists.size());
    g.recommendations = static_cast<std::int64_t>(spread.recommendations);
    g.shows_with_recommendations = static_cast<std::int64_t>(spread.lists);
    stored.first_show = lists.shows.empty() ? 0 : to_number(lists.shows.front());
    stored.spread = spread_checksum(g.number, spread);
    in_transaction(connection_, [&] {
        connection_.execute(
            sql::mark_written,
            {iso_time(), g.shows, g.recommendations, g.shows_with_recommendations, std::string_view(json),
             stored.first_show, stored.spread, stored.parts.shows, stored.parts.lists, stored.parts.words,
             stored.parts.features, generation_checksum(stored), g.number});
    });
}

void GenerationWriter::point_to(std::int64_t generation) {
    connection_.execute(sql::clear_pointer);
    connection_.execute(sql::set_pointer, {generation, pointer_checksum(generation)});
}

void GenerationWriter::publish(std::int64_t generation) {
    in_transaction(connection_, [&] {
        StoredGeneration stored = stored_generation(connection_, generation).value();
        stored.generation.published_at = iso_time();
        connection_.execute(sql::set_published_at, {std::string_view(stored.generation.published_at),
                                                    generation_checksum(stored), generation});
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
    in_transaction(connection_, [&] {
        connection_.execute(sql::delete_features, {generation});
        connection_.execute(sql::delete_generation, {generation});
    });
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
