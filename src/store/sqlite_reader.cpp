#include "store/sqlite_reader.hpp"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "store/migrations.hpp"
#include "store/statements.hpp"

namespace bingefriend {
namespace {

// A statement is reset when its answer is read, so that it holds no snapshot open.
class Answer {
  public:
    explicit Answer(SQLite::Statement& query) : query_(query) {}
    Answer(const Answer&) = delete;
    Answer& operator=(const Answer&) = delete;
    ~Answer() { query_.tryReset(); }

    bool next() { return query_.executeStep(); }
    [[nodiscard]] SQLite::Column column(int i) { return query_.getColumn(i); }
    [[nodiscard]] std::string text(int i) {
        return column(i).isNull() ? std::string() : column(i).getString();
    }

  private:
    SQLite::Statement& query_;
};

// SQLiteCpp takes std::string where it copies and nothing that is a view.
SQLite::Statement prepared(SqliteConnection& connection, std::string_view sql) {
    return connection.run([&] { return SQLite::Statement(connection.database(), std::string(sql)); });
}

std::int64_t as_limit(std::size_t n) {
    return static_cast<std::int64_t>(std::min<std::size_t>(n, std::numeric_limits<std::int64_t>::max()));
}

// The columns that current_generation.sql and all_generations.sql share.
Generation generation_in(Answer& row) {
    Generation g;
    g.number = row.column(0).getInt64();
    g.computed_at = row.text(1);
    g.published_at = row.text(2);
    g.shows = row.column(3).getInt64();
    g.recommendations = row.column(4).getInt64();
    g.shows_with_recommendations = row.column(5).getInt64();
    g.ranking.weights = {row.column(6).getDouble(), row.column(7).getDouble(), row.column(8).getDouble()};
    g.ranking.top_n = static_cast<std::size_t>(row.column(9).getInt64());
    g.ranking.min_similarity = row.column(10).getDouble();
    g.current = row.column(11).getInt() != 0;
    return g;
}

// The columns that every statement about shows begins with.
ShowFacts facts_in(Answer& row) {
    ShowFacts facts;
    facts.id = ShowId{row.column(0).getInt64()};
    facts.name = row.text(1);
    const auto genres = nlohmann::json::parse(row.text(2), nullptr, false);
    for (const auto& genre : genres.is_array() ? genres : nlohmann::json::array()) {
        if (genre.is_string()) {
            facts.genres.push_back(genre.get<std::string>());
        }
    }
    facts.summary = row.text(3);
    facts.type = row.text(4);
    facts.language = row.text(5);
    facts.network = row.text(6);
    facts.premiered = row.text(7);
    if (!row.column(8).isNull()) {
        facts.rating = row.column(8).getDouble();
    }
    return facts;
}

std::string lower_trimmed(std::string_view name) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t begin = name.find_first_not_of(blanks);
    if (begin == std::string_view::npos) {
        return {};
    }
    std::string text(name.substr(begin, name.find_last_not_of(blanks) + 1 - begin));
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

std::string containing(const std::string& text) {
    std::string pattern = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '|') {
            pattern += '|';
        }
        pattern += c;
    }
    return pattern + '%';
}

SqliteConnection checked(const std::filesystem::path& path, std::chrono::milliseconds busy_timeout) {
    SqliteConnection connection(path, Access::read, busy_timeout);
    require_current_schema(connection);
    return connection;
}

}  // namespace

SqliteReader::SqliteReader(const std::filesystem::path& path, std::chrono::milliseconds busy_timeout)
    : connection_(checked(path, busy_timeout)),
      current_(prepared(connection_, sql::current_generation)),
      recommendations_(prepared(connection_, sql::recommendations)),
      show_(prepared(connection_, sql::show)),
      with_name_(prepared(connection_, sql::shows_with_name)),
      like_name_(prepared(connection_, sql::shows_like_name)) {}

std::optional<Generation> SqliteReader::current() {
    return connection_.run([&]() -> std::optional<Generation> {
        Answer row(current_);
        return row.next() ? std::optional(generation_in(row)) : std::nullopt;
    });
}

std::vector<Generation> SqliteReader::generations() {
    return connection_.run([&] {
        SQLite::Statement query(connection_.database(), std::string(sql::all_generations));
        Answer row(query);
        std::vector<Generation> all;
        while (row.next()) {
            all.push_back(generation_in(row));
        }
        return all;
    });
}

std::vector<RecommendedShow> SqliteReader::recommendations(ShowId show, std::size_t n,
                                                           double min_similarity) {
    return connection_.run([&] {
        Answer row(recommendations_);
        recommendations_.bind(1, to_number(show));
        recommendations_.bind(2, min_similarity);
        recommendations_.bind(3, as_limit(n));
        std::vector<RecommendedShow> list;
        while (row.next()) {
            ShowFacts facts = facts_in(row);
            const Recommendation r{facts.id, row.column(9).getDouble(), row.column(10).getDouble(),
                                   row.column(11).getDouble(), row.column(12).getDouble()};
            list.push_back({r, std::move(facts)});
        }
        return list;
    });
}

std::optional<ShowFacts> SqliteReader::show(ShowId id) {
    return connection_.run([&]() -> std::optional<ShowFacts> {
        Answer row(show_);
        show_.bind(1, to_number(id));
        return row.next() ? std::optional(facts_in(row)) : std::nullopt;
    });
}

std::vector<ShowFacts> SqliteReader::shows_found(SQLite::Statement& query, const std::string& name,
                                                 std::size_t limit) {
    Answer row(query);
    query.bind(1, name);
    query.bind(2, as_limit(limit));
    std::vector<ShowFacts> found;
    while (row.next()) {
        found.push_back(facts_in(row));
    }
    return found;
}

std::vector<ShowFacts> SqliteReader::shows_named(std::string_view name, std::size_t limit) {
    return connection_.run([&] {
        const std::string wanted = lower_trimmed(name);
        if (wanted.empty()) {
            return std::vector<ShowFacts>{};
        }
        SQLite::Transaction one_snapshot(connection_.database());
        std::vector<ShowFacts> found = shows_found(with_name_, wanted, limit);
        if (found.empty()) {
            found = shows_found(like_name_, containing(wanted), limit);
        }
        one_snapshot.commit();
        return found;
    });
}

void SqliteReader::for_each_list(
    const std::function<void(ShowId show, std::span<const Recommendation> list)>& visit) {
    connection_.run([&] {
        SQLite::Statement query(connection_.database(), std::string(sql::all_lists));
        Answer row(query);
        std::optional<ShowId> show;
        std::vector<Recommendation> list;
        while (row.next()) {
            const ShowId next{row.column(0).getInt64()};
            if (show && *show != next) {
                visit(*show, list);
                list.clear();
            }
            show = next;
            if (!row.column(1).isNull()) {
                list.push_back({ShowId{row.column(1).getInt64()}, row.column(2).getDouble(),
                                row.column(3).getDouble(), row.column(4).getDouble(),
                                row.column(5).getDouble()});
            }
        }
        if (show) {
            visit(*show, list);
        }
    });
}

}  // namespace bingefriend
