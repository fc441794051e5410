#include "bodies/show_page.hpp"

#include <algorithm>
#include <span>

#include "bodies/show_json.hpp"

namespace bingefriend {

// Large shows that do not fit are read again for the next piece, which reads no more than have fitted.
void ShowPage::append_some(PublishedReader& reader) {
    const std::span<const ShowId> rest = std::span(contents_.ids).subspan(at_);
    const std::span<const ShowId> wanted = rest.first(std::min(step_, rest.size()));
    const std::vector<ShowDetails> shows = read_listed_shows(reader, contents_.generation, wanted);
    std::size_t written = 0;
    while (written < shows.size() && json_.size() < bytes_of_a_piece) {
        append(json_, shows[written++]);
    }
    at_ += written;
    step_ = written < wanted.size() ? written : std::min(2 * step_, max_at_once);
}

std::string ShowPage::next(PublishedReader& reader) {
    if (!begun_) {
        begun_ = true;
        json_.begin_object();
        json_.key("shows");
        json_.begin_array();
    }
    while (at_ < contents_.ids.size() && json_.size() < bytes_of_a_piece) {
        append_some(reader);
    }
    if (at_ == contents_.ids.size()) {
        done_ = true;
        json_.end_array();
        json_.member("total", static_cast<std::int64_t>(contents_.ids.size()));
        json_.member("offset", contents_.offset);
        json_.member("limit", contents_.limit);
        json_.end_object();
    }
    std::string piece = json_.take_part();
    piece.shrink_to_fit();
    return piece;
}

}  // namespace bingefriend
