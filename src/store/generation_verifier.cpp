#include "store/generation_verifier.hpp"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "store/damage.hpp"
#include "store/generation_row.hpp"
#include "store/list_rows.hpp"
#include "store/show_rows.hpp"
#include "store/statements.hpp"
#include "store/word_rows.hpp"

namespace bingefriend {
namespace {

using Result = Verification::Result;

class Verifier {
  public:
    Verifier(ConnectionPool& pool, std::int64_t number, const std::function<bool()>& may_go_on)
        : pool_(pool), number_(number), may_go_on_(may_go_on) {
        found_.generation = number;
    }

    Verification verify() {
        const bool is_there = try_some([&](Connection& c) { stored_ = stored_generation(c, number_); });
        if (is_there && !stored_) {
            found_.result = Result::gone;
        } else if (is_there && !stored_->checked) {
            found_.result = Result::unchecked;
        } else if (is_there) {
            read_shows_and_lists();
            read_words();
            read_features();
        }
        if (!found_.faults.empty() && !stopped_) {
            found_.result = is_gone() ? Result::gone : Result::damaged;
        } else if (stopped_) {
            found_.result = Result::stopped;
        } else if (stored_ && stored_->checked) {
            found_.result = Result::whole;
        }
        return std::move(found_);
    }

  private:
    void report(std::string fault) {
        if (found_.faults.size() < Verification::max_faults) {
            found_.faults.push_back(std::move(fault));
        }
    }

    // Whether `work` ended without finding damage.
    template <typename Work>
    bool try_some(const Work& work) {
        stopped_ = stopped_ || !may_go_on_();
        if (stopped_) {
            return false;
        }
        ConnectionPool::Lease lease = pool_.take();
        try {
            work(*lease);
            return true;
        } catch (const DatabaseError& error) {
            lease.drop();
            if (error.failure() != Failure::damaged) {
                throw;
            }
            report(error.what());
            return false;
        }
    }

    void require(bool holds, const char* what) {
        if (!holds && !stopped_) {
            report(fmt::format("{} of generation {} are not those that were written", what, number_));
        }
    }

    // A generation is deleted when others are published: its row goes last.
    bool is_gone() {
        ConnectionPool::Lease lease = pool_.take();
        try {
            return lease->number(sql::has_generation, {number_}) == 0;
        } catch (const DatabaseError&) {
            lease.drop();
            return false;
        }
    }

    void read_shows_and_lists() {
        PartChecksums parts;
        std::int64_t after = stored_->first_show - 1;
        std::vector<StoredShow> shows;
        bool all_read = true;
        do {
            shows.clear();
            all_read = try_some([&](Connection& c) {
                shows = read_shows(c, sql::shows_after, {number_, after, shows_at_once});
                require_neighbours(c, shows);
            });
            for (const StoredShow& show : shows) {
                add_row(parts.shows, show.checksum);
            }
            all_read = all_read && (shows.empty() || read_lists_of(shows, parts.lists));
            found_.shows += static_cast<std::int64_t>(shows.size());
            after = shows.empty() ? after : to_number(shows.back().facts.id);
        } while (all_read && !shows.empty());
        require(!all_read || parts.shows == stored_->parts.shows, "the shows");
        require(!all_read || parts.lists == stored_->parts.lists, "the lists");
    }

    bool read_lists_of(const std::vector<StoredShow>& shows, std::int64_t& checksum) {
        return try_some([&](Connection& c) {
            const std::unique_ptr<Rows> rows =
                c.query(sql::lists_from_to,
                        {number_, to_number(shows.front().facts.id), to_number(shows.back().facts.id)});
            bool more = rows->next();
            for (const StoredShow& show : shows) {
                ListRows list(number_, show.facts.id);
                while (more && ShowId{rows->integer(0)} == show.facts.id) {
                    list.take(*rows, 1, c);
                    more = rows->next();
                }
                list.require_end(c);
                const auto length = static_cast<std::int64_t>(list.entries().size());
                if (length != show.place.list_length || list.unchecked()) {
                    report_damage(c, fmt::format("the list of show {} is not as long as it was",
                                                 to_number(show.facts.id)));
                }
                found_.recommendations += length;
                add_row(checksum, list.checksum());
            }
            if (more) {
                report_damage(c,
                              fmt::format("there is a list of show {}, which is missing", rows->integer(0)));
            }
        });
    }

    void read_words() {
        std::int64_t checksum = 0;
        std::vector<NameWord> words{{}};
        NameWord after;
        bool all_read = true;
        while (all_read && !words.empty()) {
            words.clear();
            all_read =
                try_some([&](Connection& c) { words = read_words_after(c, number_, after, words_at_once); });
            for (const NameWord& word : words) {
                add_row(checksum, word_checksum(number_, word));
            }
            found_.words += static_cast<std::int64_t>(words.size());
            after = words.empty() ? after : words.back();
        }
        require(!all_read || checksum == stored_->parts.words, "the words of the names");
    }

    void read_features() {
        std::int64_t checksum = 0;
        std::string bytes = "x";
        bool all_read = true;
        for (std::int64_t part = 0; all_read && !bytes.empty(); ++part) {
            bytes.clear();
            all_read = try_some([&](Connection& c) {
                const std::unique_ptr<Rows> rows = c.query(sql::features_part, {number_, part});
                bytes = rows->next() ? rows->text(0) : "";
            });
            if (!bytes.empty()) {
                add_features(checksum, bytes);
            }
            found_.feature_bytes += static_cast<std::int64_t>(bytes.size());
        }
        require(!all_read || checksum == stored_->parts.features, "the features");
    }

    static constexpr std::int64_t shows_at_once = 200;
    static constexpr std::size_t words_at_once = 2'000;

    ConnectionPool& pool_;
    std::int64_t number_;
    const std::function<bool()>& may_go_on_;
    std::optional<StoredGeneration> stored_;
    Verification found_;
    bool stopped_ = false;
};

}  // namespace

Verification verify_generation(ConnectionPool& pool, std::int64_t generation,
                               const std::function<bool()>& may_go_on) {
    return Verifier(pool, generation, may_go_on).verify();
}

}  // namespace bingefriend
