#include "app/option.hpp"

#include <fmt/format.h>

#include <type_traits>

namespace bingefriend {
namespace {

template <typename Target>
constexpr bool is_integer =
    std::is_same_v<Target, std::size_t> || std::is_same_v<Target, std::optional<std::size_t>> ||
    std::is_same_v<Target, std::optional<std::int64_t>> ||
    std::is_same_v<Target, std::optional<std::uint16_t>>;
template <typename Target>
constexpr bool is_real = std::is_same_v<Target, double> || std::is_same_v<Target, std::optional<double>>;

}  // namespace

void append(OptionList& list, std::initializer_list<Option> more) {
    list.insert(list.end(), more);
}

std::vector<std::string> names_of(const Option& option) {
    std::vector<std::string> names;
    for (std::size_t begin = 0; begin <= option.names.size();) {
        const std::size_t end = std::min(option.names.find(',', begin), option.names.size());
        names.push_back(option.names.substr(begin, end - begin));
        begin = end + 1;
    }
    return names;
}

bool is_positional(const Option& option) {
    return !option.names.starts_with('-');
}

bool is_flag(const Option& option) {
    return std::holds_alternative<bool*>(option.target);
}

std::string value_text(const Option& option) {
    if (is_flag(option)) {
        return {};
    }
    const auto type = std::visit(
        [](const auto* target) {
            using Target = std::remove_cvref_t<decltype(*target)>;
            return is_integer<Target> ? "INT" : is_real<Target> ? "FLOAT" : "TEXT";
        },
        option.target);
    if (const auto* range = std::get_if<Range>(&option.values)) {
        return fmt::format("{} in [{} - {}]", type, range->min, range->max);
    }
    if (const auto* choices = std::get_if<Choices>(&option.values)) {
        return fmt::format("{{{}}}", fmt::join(*choices, ","));
    }
    const auto& name = std::get<std::string>(option.values);
    return name.empty() ? type : name;
}

std::string default_text(const Option& option) {
    return std::visit(
        [](const auto* target) -> std::string {
            using Target = std::remove_cvref_t<decltype(*target)>;
            if constexpr (std::is_same_v<Target, std::vector<std::string>>) {
                return fmt::format("{}", fmt::join(*target, ","));
            } else if constexpr (std::is_same_v<Target, std::filesystem::path>) {
                return target->string();
            } else if constexpr (std::is_same_v<Target, std::string> || std::is_same_v<Target, double> ||
                                 std::is_same_v<Target, std::size_t>) {
                return fmt::format("{}", *target);
            } else {
                return {};
            }
        },
        option.target);
}

}  // namespace bingefriend
