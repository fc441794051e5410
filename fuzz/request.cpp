// An untrusted request to the API: the target on the first line, then the values of three headers, then the
// body.
#include "http/request.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "api/parameters.hpp"
#include "api/target.hpp"
#include "base/json_text.hpp"
#include "fuzz.hpp"
#include "http/proxies.hpp"

namespace bingefriend {
namespace {

// An accepted query is within its limits.
void ask(const Target& target) {
    try {
        const Query query = query_in(target);
        const Weights weights = query.weights.value_or(default_weights);
        const bool weighed = std::all_of(weights.values.begin(), weights.values.end(),
                                         [](double weight) { return weight >= 0; }) &&
                             std::abs(sum_of(weights) - 1) < 1e-9;
        if (query.n < 1 || query.n > 50 || !weighed ||
            !(query.min_similarity >= 0 && query.min_similarity <= 1) ||
            ids_in(target, "like", 50).size() > 50) {
            __builtin_trap();
        }
    } catch (const BadParameter&) {  // rejected, which is allowed
    }
}

void give(std::string_view body) {
    try {
        (void)show_in(body);
    } catch (const BadParameter&) {  // rejected, which is allowed
    }
}

}  // namespace

void try_input(std::string_view input) {
    std::array<std::string_view, 4> lines;
    for (std::string_view& line : lines) {
        line = input.substr(0, input.find('\n'));
        input.remove_prefix(std::min(input.size(), line.size() + 1));
    }
    if (const std::optional<Target> target = parse_target(lines[0])) {
        ask(*target);
        JsonText json;
        json.begin_array();
        for (const auto& [name, value] : target->query) {
            json.value(name);
            if (target->value(name) == nullptr || target->values(name).empty()) {
                __builtin_trap();
            }
        }
        json.end_array();
    }
    give(input);
    (void)accepts_gzip(lines[1]);
    (void)names_tag(lines[2], "W/\"1-0123456789abcdef\"");
    const std::string client = TrustedProxies({"10.0.0.0/8"}).client("10.0.0.1", lines[3]);
    if (!parse_address(client)) {
        __builtin_trap();
    }
    if (is_request_id(lines[1]) && lines[1].find_first_of("\r\n\"\\ ") != std::string_view::npos) {
        __builtin_trap();
    }
}

}  // namespace bingefriend
