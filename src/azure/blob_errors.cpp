#include "azure/blob_errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "base/percent.hpp"
#include "base/text.hpp"
#include "base/times.hpp"

namespace bingefriend {
namespace {

using std::chrono::system_clock;

constexpr int max_minutes_apart = 15;  // what the service tolerates of a signed date

std::optional<long> minutes_ahead(const HttpResponse& response, system_clock::time_point now) {
    const std::optional<SystemTime> date = parse_http_time(response.header("date"));
    return date ? std::optional(std::chrono::duration_cast<std::chrono::minutes>(now - *date).count())
                : std::nullopt;
}

// A parameter of the signature that is not secret, such as its end.
std::string parameter(std::string_view query, std::string_view name) {
    while (!query.empty()) {
        std::string_view value = next_part(query, '&');
        if (next_part(value, '=') == name) {
            return percent_decoded(value.substr(0, 40));
        }
    }
    return {};
}

std::string about_signature(const SharedAccessSignature& signature, system_clock::time_point now) {
    const std::string text = iso_time(now);
    const std::string begins = parameter(signature.query.reveal(), "st");
    const std::string ends = parameter(signature.query.reveal(), "se");
    if (!ends.empty() && ends < text) {
        return fmt::format("the shared access signature ended at {}: make a new one", ends);
    }
    if (begins > text) {
        return fmt::format("the shared access signature begins at {} only: wait, or make one that begins now",
                           begins);
    }
    return "the shared access signature is not accepted: make a new one, of this account and container";
}

std::string about_authentication(const HttpResponse& response, const BlobAccount& account,
                                 system_clock::time_point now) {
    if (const std::optional<long> ahead = minutes_ahead(response, now);
        ahead && std::labs(*ahead) >= max_minutes_apart) {
        return fmt::format("this machine's clock is {} minutes {} that of storage: set the clock",
                           std::labs(*ahead), *ahead > 0 ? "ahead of" : "behind");
    }
    if (const auto* const signature = std::get_if<SharedAccessSignature>(&account.credential)) {
        return about_signature(*signature, now);
    }
    return std::holds_alternative<AccountKey>(account.credential)
               ? "the account does not accept the key: check AccountName and AccountKey in the connection "
                 "string (the key may have been rotated), and that the account's firewall lets this machine "
                 "in"
               : "the managed identity is not accepted: check that it belongs to the account's tenant";
}

std::string about_rights(const HttpResponse& response, const BlobAccount& account,
                         system_clock::time_point now) {
    if (const auto* const signature = std::get_if<SharedAccessSignature>(&account.credential)) {
        // Storage reports the end of a signature in more than one way.
        const std::string told = about_signature(*signature, now);
        return told.find(" at ") != std::string::npos ? told
                                                      : "the shared access signature lacks a right: make one "
                                                        "for blobs with read, write, create, "
                                                        "delete and list";
    }
    return std::holds_alternative<NoSecret>(account.credential)
               ? "the managed identity lacks a right: give it the role \"Storage Blob Data Contributor\""
               : about_authentication(response, account, now);
}

}  // namespace

std::string storage_code(const HttpResponse& response) {
    std::string code = response.header("x-ms-error-code");
    if (code.empty()) {
        const std::size_t begin = response.body.find("<Code>");
        const std::size_t end = response.body.find("</Code>");
        code =
            begin < end && end != std::string::npos ? response.body.substr(begin + 6, end - begin - 6) : "";
    }
    const bool word = code.size() <= 80 && std::all_of(code.begin(), code.end(), [](char c) {
                          return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
                      });
    return word ? code : "";
}

std::string storage_remedy(const HttpResponse& response, const BlobAccount& account,
                           system_clock::time_point now) {
    const std::string code = storage_code(response);
    if (code == "AuthenticationFailed" || response.status == 401 ||
        (response.status == 403 && code.find("Authoriz") == std::string::npos)) {
        return about_authentication(response, account, now);
    }
    if (response.status == 403) {
        return about_rights(response, account, now);
    }
    if (code == "ContainerNotFound") {
        return "the container is not there: check STORAGE_CONTAINER_NAME, or run `bingefriend upload` first";
    }
    if (code == "ContainerBeingDeleted") {
        return "the container is being deleted: wait a minute and run again";
    }
    if (code.starts_with("Lease")) {
        return "somebody holds a lease on it: break the lease, or wait until it ends";
    }
    if (response.status == 404) {
        return "it is not there: check STORAGE_CONTAINER_NAME and --blob-prefix";
    }
    if (response.status == 409 || response.status == 412) {
        return fmt::format("somebody else changed it meanwhile ({}): run again", code);
    }
    return fmt::format("it answered status {}{}: check the address of the storage account", response.status,
                       code.empty() ? "" : " (" + code + ")");
}

}  // namespace bingefriend
