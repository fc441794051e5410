#include "ratings/ratings_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/error.hpp"
#include "base/numbers.hpp"
#include "base/text.hpp"
#include "bytes/byte_stream.hpp"
#include "bytes/csv.hpp"

namespace bingefriend {
namespace {

[[noreturn]] void refuse_ratings(const std::string& file, const std::string& why) {
    throw Error(ErrorKind::input, "cannot read the ratings", file, why);
}

class RatingRows final : public CsvRows {
  public:
    RatingRows(std::string file, const RatingsFormat& format, const ShowKeys& shows)
        : file_(std::move(file)), format_(format), shows_(shows) {}

    void field(std::string_view text) override {
        if (!header_read_) {
            if (header_.size() == RatingLimits::columns) {
                refuse_ratings(file_, fmt::format("its header has more than {} columns",
                                                  std::size_t{RatingLimits::columns}));
            }
            header_.emplace_back(trimmed_widely(text));
        } else {
            for (std::size_t i = 0; i < column_.size(); ++i) {
                if (column_[i] == at_) {
                    cell_[i] = trimmed(text);
                }
            }
        }
        ++at_;
    }

    void row() override {
        if (!header_read_) {
            read_header();
        } else {
            ++ratings_.report.rows;
            if (const std::string_view fault = read_row(); !fault.empty()) {
                skip(fault);
            }
        }
        at_ = 0;
    }

    [[nodiscard]] Ratings take(const CsvEnd& end) && {
        const RatingsReport& report = ratings_.report;
        if (!header_read_) {
            const std::string why = other_separator(end.beginning.substr(0, end.beginning.find('\n')));
            refuse_ratings(file_, !why.empty()        ? why
                                  : end.fault.empty() ? "it is empty"
                                                      : "as CSV its header " + end.fault);
        }
        if (!end.fault.empty()) {
            refuse_ratings(file_, fmt::format("row {} {}", report.rows + 1, end.fault));
        }
        if (report.rows == 0) {
            refuse_ratings(file_, "it has a header and no ratings");
        }
        if (report.skipped == report.rows) {
            refuse_ratings(file_, "it has no row that can be read: " + report.first_skipped);
        }
        if (report.unknown + report.skipped == report.rows) {
            refuse_ratings(
                file_,
                fmt::format("no row rates a show of the catalogue: see whether the column {} has show ids, "
                            "imdb:tt... or thetvdb:N",
                            format_.item_column));
        }
        return std::move(ratings_);
    }

  private:
    enum Column { user, item, rating };

    void read_header() {
        header_read_ = true;
        constexpr std::array flags{"--user-column", "--item-column", "--rating-column"};
        const std::array wanted{&format_.user_column, &format_.item_column, &format_.rating_column};
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            const auto at = std::find(header_.begin(), header_.end(), *wanted[i]);
            if (at == header_.end()) {
                const std::string why = other_separator(header_.front());
                refuse_ratings(file_, !why.empty() ? why
                                                   : fmt::format("it has no column {}: it has {}; name the "
                                                                 "column with {}",
                                                                 *wanted[i], some_names(header_), flags[i]));
            }
            column_[i] = static_cast<std::size_t>(at - header_.begin());
        }
    }

    // Returns why the row cannot be used; empty if it can.
    std::string_view read_row() {
        if (at_ != header_.size()) {
            return "not as many fields as the header";
        }
        if (cell_[user].empty() || cell_[item].empty()) {
            return "no user or no item";
        }
        if (cell_[user].size() > RatingLimits::key_bytes || cell_[item].size() > RatingLimits::key_bytes) {
            return "the user or the item has more than 256 bytes";
        }
        const std::optional<double> value = parse_number<double>(cell_[rating]);
        if (!value || !std::isfinite(*value)) {
            return "the rating is not a number";
        }
        const std::optional<std::size_t> show = shows_.find(cell_[item]);
        if (!show) {
            ++ratings_.report.unknown;
        } else if (*value >= format_.like) {
            add({number_of_user(), static_cast<std::uint32_t>(*show)});
        }
        return {};
    }

    void add(Like like) {
        if (ratings_.likes.size() == RatingLimits::likes) {
            refuse_ratings(file_, fmt::format("more than {} ratings are likes: give a part of them",
                                              std::size_t{RatingLimits::likes}));
        }
        ratings_.likes.push_back(like);
    }

    std::uint32_t number_of_user() {
        const auto [at, is_new] = users_.try_emplace(cell_[user], static_cast<std::uint32_t>(users_.size()));
        if (is_new && users_.size() > RatingLimits::users) {
            refuse_ratings(file_, fmt::format("more than {} users like a show: give a part of them",
                                              std::size_t{RatingLimits::users}));
        }
        return at->second;
    }

    void skip(std::string_view reason) {
        RatingsReport& report = ratings_.report;
        if (report.skipped++ == 0) {
            report.first_skipped = fmt::format("row {}: {}", report.rows, reason);
        }
    }

    std::string file_;
    const RatingsFormat& format_;
    const ShowKeys& shows_;
    bool header_read_ = false;
    std::vector<std::string> header_;
    std::array<std::size_t, 3> column_{};
    std::array<std::string, 3> cell_;
    std::size_t at_ = 0;  // fields of this row
    std::unordered_map<std::string, std::uint32_t> users_;
    Ratings ratings_;
};

}  // namespace

Ratings read_ratings(const ByteSource& source, const std::string& name, const RatingsFormat& format,
                     const ShowKeys& shows) {
    RatingRows rows(name, format, shows);
    const CsvEnd end = read_csv(source, rows, RatingLimits::field_bytes);
    return std::move(rows).take(end);
}

Ratings read_ratings(const std::filesystem::path& path, const RatingsFormat& format, const ShowKeys& shows) {
    ByteStream stream = ByteStream::of_file(path, "ratings");
    const ByteSource source = [&](std::span<char> buffer) {
        const std::size_t got = stream.read(buffer);
        if (!stream.fault().empty()) {
            refuse_ratings(path.string(), stream.fault());
        }
        return got;
    };
    return read_ratings(source, path.string(), format, shows);
}

}  // namespace bingefriend
