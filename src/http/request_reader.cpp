// The only source that includes the HTTP parser of Beast: its headers cost seconds to compile.
#include "http/request_reader.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http.hpp>

#include "base/text.hpp"

namespace bingefriend {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;

std::string_view view(beast::string_view text) {
    return {text.data(), text.size()};
}

RequestReader::Refusal refusal_of(const error_code& error) {
    if (error == http::error::header_limit || error == http::error::buffer_overflow) {
        return {431, "The request header is too large"};
    }
    if (error == http::error::body_limit) {
        return {413, "The request body is too large"};
    }
    return {400, "Bad request"};
}

// Rejects folded lines and lines that end with a bare line feed: both are obsolete, and servers disagree on
// what they mean.  Empty if the lines that have arrived have neither.
std::string_view line_error(std::string_view arrived) {
    if (arrived.starts_with("\r\n")) {  // the end of the head; its lines were read before
        return {};
    }
    const std::string_view head = arrived.substr(0, arrived.find("\r\n\r\n"));
    for (std::size_t at = 0; (at = head.find('\n', at)) != std::string_view::npos; ++at) {
        if (at == 0 || head[at - 1] != '\r') {
            return "A header line ends without a carriage return";
        }
        if (at + 1 < head.size() && (head[at + 1] == ' ' || head[at + 1] == '\t')) {
            return "A header line is folded";
        }
    }
    return {};
}

bool has_control_character(beast::string_view text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == 0x7f; });
}

}  // namespace

struct RequestReader::State {
    explicit State(const ServerLimits& given) : limits(given) {
        parser.header_limit(limits.header_bytes);
        parser.body_limit(limits.body_bytes);
        parser.on_chunk_header(check_chunk);
    }

    std::size_t put(std::string_view arrived);
    void take_head();
    void count_head(std::size_t head_bytes);
    [[nodiscard]] bool has_long_target(std::string_view arrived) const;

    http::request_parser<http::string_body> parser;
    RequestHead head;
    std::optional<Refusal> refusal;
    const ServerLimits& limits;
    std::size_t bytes_of_head = 0;
    struct {
        void operator()(std::uint64_t, beast::string_view extension, error_code& error) const {
            if (has_control_character(extension)) {
                error = http::error::bad_chunk_extension;
            }
        }
    } check_chunk;
};

void RequestReader::State::take_head() {
    const auto& message = parser.get();
    head.method = view(message.method_string());
    head.target = view(message.target());
    head.http_1_0 = message.version() < 11;
    for (const auto& field : message) {
        head.fields.emplace_back(view(field.name_string()), view(field.value()));
    }
    if (const std::string_view fault = framing_fault(head); !fault.empty()) {
        refusal = {400, fault};
    }
}

// `arrived` begins with the request line, unless it was read before.
bool RequestReader::State::has_long_target(std::string_view arrived) const {
    const std::string_view target = view(parser.get().target());
    const std::string_view text = target.empty() ? arrived.substr(0, arrived.find("\r\n")) : target;
    return text.size() > limits.target_bytes;
}

// Beast limits each line and the unread bytes, but not their sum.
void RequestReader::State::count_head(std::size_t head_bytes) {
    bytes_of_head += head_bytes;
    if (!refusal && bytes_of_head > limits.target_bytes + limits.header_bytes) {
        refusal = refusal_of(http::error::header_limit);
    }
}

// Up to the end of the head or of what arrived.
std::size_t RequestReader::State::put(std::string_view arrived) {
    error_code error;
    const std::size_t taken = parser.put(boost::asio::buffer(arrived.data(), arrived.size()), error);
    if (error && error != http::error::need_more) {
        refusal = refusal_of(error);
    }
    if (refusal && refusal->status == 431 && has_long_target(arrived)) {
        refusal = {414, "The request target is too long"};
    }
    return taken;
}

std::string_view reason_of(unsigned status) {
    return view(http::obsolete_reason(http::int_to_status(status)));
}

RequestReader::RequestReader(const ServerLimits& limits) : state_(std::make_unique<State>(limits)) {}

RequestReader::~RequestReader() = default;

std::size_t RequestReader::put(std::string_view arrived) {
    std::size_t taken = 0;
    if (!has_head()) {
        if (const std::string_view fault = line_error(arrived); !fault.empty()) {
            state_->refusal = {400, fault};
            return 0;
        }
        taken = state_->put(arrived);
        state_->count_head(taken);
        if (has_head() && !refusal()) {
            state_->take_head();
            state_->parser.eager(true);
        }
    }
    // A chunked body ends with at least five bytes.  Beast asserts that it gets no fewer.
    const std::size_t min_bytes = has_head() && state_->parser.chunked() ? 5 : 1;
    if (has_head() && !is_done() && !refusal() && taken + min_bytes <= arrived.size()) {
        taken += state_->put(arrived.substr(taken));
    }
    if (!is_done() && !refusal() && arrived.size() - taken > state_->limits.header_bytes) {
        state_->refusal = refusal_of(http::error::buffer_overflow);
    }
    return taken;
}

bool RequestReader::has_head() const {
    return state_->parser.is_header_done();
}

bool RequestReader::is_done() const {
    return state_->parser.is_done();
}

const std::optional<RequestReader::Refusal>& RequestReader::refusal() const {
    return state_->refusal;
}

RequestHead& RequestReader::head() {
    return state_->head;
}

bool RequestReader::expects_continue() {
    return !state_->head.http_1_0 && same_in_any_case(state_->head.value("Expect"), "100-continue");
}

bool RequestReader::keep_alive() const {
    return state_->parser.keep_alive();
}

std::string_view RequestReader::body() const {
    return state_->parser.get().body();
}

}  // namespace bingefriend
