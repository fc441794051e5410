#include "console/secret_arguments.hpp"

#include <algorithm>
#include <cstring>
#include <string_view>

#include "base/shown_url.hpp"

namespace bingefriend {
namespace {

// "--option=VALUE" or "VALUE"
std::string_view value_of(std::string_view argument) {
    const std::size_t equals = argument.find('=');
    return argument.starts_with('-') && equals != std::string_view::npos ? argument.substr(equals + 1)
                                                                         : argument;
}

}  // namespace

void hide_secrets(int argc, char** argv, const std::vector<Secret>& secrets) {
    for (const Secret& secret : secrets) {
        const std::string& text = secret.reveal();
        for (int i = 1; i < argc; ++i) {
            if (char* const at = std::strstr(argv[i], text.c_str()); at != nullptr) {
                std::fill_n(at, text.size(), '*');
            }
        }
    }
}

std::string without_secrets_of(int argc, const char* const* argv, std::string message) {
    for (int i = 1; i < argc; ++i) {
        const std::string_view value = value_of(argv[i]);
        const std::string shown =
            value.find("://") == std::string_view::npos ? with_shown_urls(value) : without_secrets(value);
        if (const std::size_t at = message.find(value); shown != value && at != std::string::npos) {
            message.replace(at, value.size(), shown);
        }
    }
    return message;
}

}  // namespace bingefriend
