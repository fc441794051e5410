// The report by e-mail.
#pragma once

#include <string>

#include "notify/notify.hpp"

namespace bingefriend {

// Throws Error{usage}.
void check_mail(const MailSettings& mail);

// These require that the mail passes check_mail.
[[nodiscard]] std::string place_of(const MailSettings& mail);

// Returns why it was not delivered; empty if it was.
[[nodiscard]] std::string send_mail(const NotifySettings& settings, const MailSettings& mail,
                                    const Notice& notice);

}  // namespace bingefriend
