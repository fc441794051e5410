// The report as a MIME message with its envelope.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>

#include "notify/notify.hpp"

namespace bingefriend {

// Gives the message to a handle of libcurl, and must outlive its transfers.
class MailMessage {
  public:
    MailMessage(CURL* curl, const MailSettings& mail, const Notice& notice);

  private:
    using List = std::unique_ptr<curl_slist, void (*)(curl_slist*)>;

    static void append(List& list, const std::string& line);
    void add_parts(const Notice& notice);
    void add_headers(const MailSettings& mail, const Notice& notice);

    std::unique_ptr<curl_mime, void (*)(curl_mime*)> parts_;
    List headers_{nullptr, curl_slist_free_all};
    List recipients_{nullptr, curl_slist_free_all};
};

}  // namespace bingefriend
