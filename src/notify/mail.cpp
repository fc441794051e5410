#include "notify/mail.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "base/error.hpp"
#include "base/shown_url.hpp"
#include "net/retry_policy.hpp"
#include "notify/address.hpp"
#include "notify/mail_message.hpp"

namespace bingefriend {
namespace {

bool is_mail_address(const std::string& text) {
    const bool plain = std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return c > 0x20 && c < 0x7f &&
               std::string_view("<>,;:\"").find(static_cast<char>(c)) == std::string_view::npos;
    });
    const std::size_t at = text.find('@');
    return plain && text.size() <= 254 && at != std::string::npos && at > 0 && at + 1 < text.size() &&
           text.find('@', at + 1) == std::string::npos;
}

void check_address(const std::string& address, const char* key) {
    if (!is_mail_address(address)) {
        throw Error(ErrorKind::usage, fmt::format("{} is no e-mail address", key), address,
                    "give it as name@example.org");
    }
}

// A relay of this machine: what is said to it never leaves it.
bool is_here(const Address& server) {
    return server.host == "localhost" || server.host == "[::1]" || server.host.starts_with("127.");
}

bool may_pass(CURLcode code, long reply) {
    switch (code) {
        case CURLE_SEND_ERROR:
        case CURLE_RECV_ERROR:
        case CURLE_GOT_NOTHING:
        case CURLE_COULDNT_CONNECT:
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_OPERATION_TIMEDOUT:
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_WEIRD_SERVER_REPLY:
            return reply < 500;  // a mail server's 5xx is its last word
        default:
            return false;
    }
}

void set_server(CURL* curl, const NotifySettings& settings, const Address& server) {
    const bool may_be_plain = is_here(server) && server.user.empty();
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_URL, server.origin.c_str());
    curl_easy_setopt(curl, CURLOPT_USE_SSL,
                     static_cast<long>(may_be_plain ? CURLUSESSL_TRY : CURLUSESSL_ALL));
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!settings.ca_file.empty()) {
        curl_easy_setopt(curl, CURLOPT_CAINFO, settings.ca_file.c_str());
    }
    if (!server.user.empty()) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, server.user.c_str());
        curl_easy_setopt(curl, CURLOPT_PASSWORD, server.password.reveal().c_str());
    }
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, static_cast<long>(settings.connect_timeout.count()));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, static_cast<long>(settings.total_timeout.count()));
}

// Why the message was not delivered; empty if it was.
std::string delivered(CURL* curl, const NotifySettings& settings) {
    std::array<char, CURL_ERROR_SIZE> error{};
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error.data());
    const RetryPolicy retry{.attempts = settings.attempts, .first_pause = settings.first_pause};
    for (std::size_t failures = 1;; ++failures) {
        const CURLcode code = curl_easy_perform(curl);
        if (code == CURLE_OK) {
            return {};
        }
        long reply = 0;
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply);
        const auto pause = retry.pause(failures, 0.5);
        if (!pause || !may_pass(code, reply)) {
            return with_shown_urls(error[0] != '\0' ? error.data() : curl_easy_strerror(code));
        }
        std::this_thread::sleep_for(*pause);
    }
}

}  // namespace

void check_mail(const MailSettings& mail) {
    const Address server = address_in(mail.server, "SMTP_URL");
    if ((server.scheme != "smtp" && server.scheme != "smtps") || server.host.empty()) {
        throw Error(ErrorKind::usage, "SMTP_URL is no address of a mail server", "",
                    "give smtps://user:password@host or smtp://user:password@host:587");
    }
    check_address(mail.from, "SMTP_FROM");
    for (const std::string& to : mail.to) {
        check_address(to, "PIPELINE_NOTIFICATION_EMAIL");
    }
}

std::string place_of(const MailSettings& mail) {
    return fmt::format("e-mail to {} by {}", fmt::join(mail.to, ", "),
                       address_in(mail.server, "SMTP_URL").origin);
}

std::string send_mail(const NotifySettings& settings, const MailSettings& mail, const Notice& notice) {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    const std::unique_ptr<CURL, void (*)(CURL*)> curl(curl_easy_init(), curl_easy_cleanup);
    if (!curl) {
        throw std::runtime_error("libcurl cannot be set up");
    }
    const Address server = address_in(mail.server, "SMTP_URL");
    set_server(curl.get(), settings, server);
    const MailMessage message(curl.get(), mail, notice);
    return delivered(curl.get(), settings);
}

}  // namespace bingefriend
