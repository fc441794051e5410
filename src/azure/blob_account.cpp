#include "azure/blob_account.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <stdexcept>

#include "base/digests.hpp"
#include "base/error.hpp"
#include "base/text.hpp"

namespace bingefriend {
namespace {

// Published with the emulator; it opens nothing but emulators.
constexpr std::string_view emulator_account = "devstoreaccount1";
constexpr std::string_view emulator_key =
    "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
constexpr std::size_t max_text = 16'384;

[[noreturn]] void refuse_text(std::string_view what) {
    throw Error(ErrorKind::usage, "the storage connection string cannot be used",
                "AZURE_STORAGE_CONNECTION_STRING",
                fmt::format("{}: copy it from the storage account's page \"Access keys\" or \"Shared access "
                            "signature\"",
                            what));
}

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return result;
}

// KEY=VALUE;KEY=VALUE, the keys in lower case.
std::map<std::string, std::string> parts_of(std::string_view text) {
    std::map<std::string, std::string> parts;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find(';'), text.size());
        const std::string_view part = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (part.empty()) {
            continue;
        }
        const std::size_t equals = part.find('=');
        if (equals == std::string_view::npos || equals == 0) {
            refuse_text(fmt::format("part {} is not KEY=VALUE", number));
        }
        parts[lower(part.substr(0, equals))] = part.substr(equals + 1);
    }
    return parts;
}

bool is_account_name(std::string_view name) {
    return !name.empty() && name.size() <= 63 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

// The host of "http://host:port/path".
std::string_view host_of(std::string_view endpoint) {
    std::string_view host = endpoint.substr(endpoint.find("://") + 3);
    host = host.substr(0, host.find('/'));
    return host.starts_with('[') ? host.substr(0, host.find(']') + 1) : host.substr(0, host.find(':'));
}

void check_endpoint(std::string_view endpoint) {
    const bool known = endpoint.starts_with("https://") || endpoint.starts_with("http://");
    if (!known || host_of(endpoint).empty() ||
        endpoint.find_first_of("?#@ \\\"<>") != std::string_view::npos ||
        std::any_of(endpoint.begin(), endpoint.end(),
                    [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f; })) {
        refuse_text("BlobEndpoint is no http:// or https:// address");
    }
}

std::string decoded_key(std::string_view text) {
    try {
        return from_base64(text);
    } catch (const std::invalid_argument&) {
        refuse_text("AccountKey is not base64");
    }
}

std::string signature_of(std::string_view text) {
    if (text.starts_with('?')) {
        text.remove_prefix(1);
    }
    if (text.find("sig=") == std::string_view::npos || std::any_of(text.begin(), text.end(), [](char c) {
            return static_cast<unsigned char>(c) <= 0x20 || c == '#' || c == 0x7f;
        })) {
        refuse_text("SharedAccessSignature holds no sig= or characters that belong in no query");
    }
    return std::string(text);
}

}  // namespace

BlobAccount BlobAccount::parse(std::string_view connection_string) {
    if (connection_string.size() > max_text) {
        refuse_text("it is far too long");
    }
    std::map<std::string, std::string> parts = parts_of(connection_string);
    if (lower(parts["usedevelopmentstorage"]) == "true") {
        return {fmt::format("http://127.0.0.1:10000/{}", emulator_account),
                AccountKey{std::string(emulator_account), Secret(decoded_key(emulator_key))}};
    }
    BlobAccount account;
    const std::string& name = parts["accountname"];
    account.endpoint = parts["blobendpoint"];
    if (account.endpoint.empty()) {
        if (!is_account_name(name)) {
            refuse_text("it names neither an AccountName of small letters and digits nor a BlobEndpoint");
        }
        const std::string& protocol = parts["defaultendpointsprotocol"];
        const std::string& suffix = parts["endpointsuffix"];
        account.endpoint = fmt::format("{}://{}.blob.{}", protocol.empty() ? "https" : lower(protocol), name,
                                       suffix.empty() ? "core.windows.net" : suffix);
    }
    check_endpoint(account.endpoint);
    while (account.endpoint.ends_with('/')) {
        account.endpoint.pop_back();
    }
    if (const std::string& key = parts["accountkey"]; !key.empty()) {
        if (!is_account_name(name)) {
            refuse_text("an AccountKey needs its AccountName");
        }
        account.credential = AccountKey{name, Secret(decoded_key(key))};
    } else if (const std::string& signature = parts["sharedaccesssignature"]; !signature.empty()) {
        account.credential = SharedAccessSignature{Secret(signature_of(signature))};
    } else {
        const std::string_view host = host_of(account.endpoint);
        if (account.endpoint.starts_with("http://") && host != "127.0.0.1" && host != "localhost" &&
            host != "[::1]") {
            refuse_text("without a key or a signature only an https:// address can be used");
        }
        account.credential = NoSecret{};
    }
    return account;
}

void check_container_name(std::string_view name) {
    const bool good = name.size() >= 3 && name.size() <= 63 && name.front() != '-' && name.back() != '-' &&
                      name.find("--") == std::string_view::npos &&
                      std::all_of(name.begin(), name.end(), [](char c) {
                          return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
                      });
    if (!good) {
        throw Error(ErrorKind::usage, "invalid container name", name,
                    "give STORAGE_CONTAINER_NAME 3 to 63 small letters, digits and single hyphens");
    }
}

}  // namespace bingefriend
