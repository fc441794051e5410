#include "notify/mail_message.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <new>

#include "base/digests.hpp"
#include "base/display_text.hpp"
#include "base/times.hpp"

namespace bingefriend {
namespace {

// One line of ASCII, as headers are.
std::string header_text(const std::string& text) {
    std::string line = text;
    const auto is_odd = [](unsigned char c) { return c < 0x20 || c >= 0x7f; };
    std::replace_if(line.begin(), line.end(), is_odd, '?');
    return line;
}

}  // namespace

MailMessage::MailMessage(CURL* curl, const MailSettings& mail, const Notice& notice)
    : parts_(curl_mime_init(curl), curl_mime_free) {
    add_parts(notice);
    add_headers(mail, notice);
    for (const std::string& to : mail.to) {
        append(recipients_, "<" + to + ">");
    }
    curl_easy_setopt(curl, CURLOPT_MIMEPOST, parts_.get());
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers_.get());
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, ("<" + mail.from + ">").c_str());
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients_.get());
}

void MailMessage::append(List& list, const std::string& line) {
    curl_slist* const longer = curl_slist_append(list.get(), line.c_str());
    if (longer == nullptr) {
        throw std::bad_alloc();
    }
    (void)list.release();
    list.reset(longer);
}

void MailMessage::add_parts(const Notice& notice) {
    curl_mimepart* part = curl_mime_addpart(parts_.get());
    curl_mime_data(part, notice.text.data(), notice.text.size());
    curl_mime_type(part, "text/plain; charset=utf-8");
    curl_mime_encoder(part, "quoted-printable");
    if (!notice.report_json.empty()) {
        const std::string json = display_json(notice.report_json);
        part = curl_mime_addpart(parts_.get());
        curl_mime_data(part, json.data(), json.size());
        curl_mime_type(part, "application/json");
        curl_mime_filename(part, "report.json");
        curl_mime_encoder(part, "base64");
    }
}

void MailMessage::add_headers(const MailSettings& mail, const Notice& notice) {
    const auto now = std::chrono::system_clock::now();
    append(headers_, "Date: " + mail_time(now));
    append(headers_, "From: BingeFriend <" + mail.from + ">");
    append(headers_, fmt::format("To: {}", fmt::join(mail.to, ", ")));
    append(headers_, "Subject: " + header_text(notice.title));
    append(headers_, fmt::format("Message-ID: <{}.{}@{}>", now.time_since_epoch().count(),
                                 hex(hmac_sha256(notice.title, notice.text)).substr(0, 16),
                                 mail.from.substr(mail.from.find('@') + 1)));
    append(headers_, "Auto-Submitted: auto-generated");
}

}  // namespace bingefriend
