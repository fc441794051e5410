#include "notify/notify.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"

namespace bingefriend {
namespace {

using testing::HasSubstr;
using testing::Not;

NotifySettings by_mail(const std::string& server, const std::string& from = "bf@example.org",
                       const std::string& to = "ops@example.org") {
    NotifySettings settings;
    settings.mail = MailSettings{Secret(server), from, {to}};
    return settings;
}

NotifySettings by_webhook(const std::string& url) {
    NotifySettings settings;
    settings.webhook = WebhookSettings{Secret(url), {}};
    return settings;
}

std::string complaint_of(const NotifySettings& settings) {
    try {
        check(settings);
        return {};
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::usage);
        return error.what();
    }
}

TEST(Notify, takes_settings_that_can_be_used) {
    EXPECT_EQ(complaint_of({}), "");
    EXPECT_EQ(complaint_of(by_mail("smtp://host:587")), "");
    EXPECT_EQ(complaint_of(by_mail("smtps://us%40er:p%3Ass@host")), "");
    EXPECT_EQ(complaint_of(by_webhook("https://host/path?key=1")), "");
}

TEST(Notify, names_the_setting_that_cannot_be_used_and_shows_no_secret) {
    for (const char* server : {"host", "http://user:hunter2@host", "smtp://", "smtps://user:hunter2@:25", "",
                               "smtp://user:p@hunter2/x@host", "smtp://user%3Ahunter2%40host"}) {
        const std::string complaint = complaint_of(by_mail(server));
        EXPECT_THAT(complaint, HasSubstr("SMTP_URL")) << server;
        EXPECT_THAT(complaint, Not(HasSubstr("hunter2")));
    }
    for (const char* url : {"host/hunter2", "ftp://host/hunter2", "https://", "no url hunter2",
                            "https://u:p@hunter2/x@host/"}) {
        const std::string complaint = complaint_of(by_webhook(url));
        EXPECT_THAT(complaint, HasSubstr("NOTIFY_WEBHOOK_URL")) << url;
        EXPECT_THAT(complaint, Not(HasSubstr("hunter2")));
    }
}

TEST(Notify, takes_no_address_that_could_add_a_header_or_a_recipient) {
    for (const char* address :
         {"", "x", "@", "a@", "@b", "a@b@c", "a b@c", "a@b\r\nBcc: x@y", "a@b>,<c@d", "ä@b"}) {
        EXPECT_THAT(complaint_of(by_mail("smtp://host", address)), HasSubstr("SMTP_FROM")) << address;
        EXPECT_THAT(complaint_of(by_mail("smtp://host", "a@b", address)),
                    HasSubstr("PIPELINE_NOTIFICATION_EMAIL"));
    }
}

TEST(Notify, tells_what_it_could_not_deliver_and_goes_on_with_the_next) {
    NotifySettings settings = by_mail("smtp://user:hunter2@127.0.0.1:1");  // nobody listens there
    settings.webhook = WebhookSettings{Secret("http://127.0.0.1:1/hunter3"), {}};
    settings.first_pause = std::chrono::milliseconds(1);
    const std::vector<Delivery> deliveries = notify(settings, {"test", "Title", "Text", "{}"});
    ASSERT_EQ(deliveries.size(), 2U);
    EXPECT_EQ(deliveries[0].to, "e-mail to ops@example.org by smtp://127.0.0.1:1");
    EXPECT_EQ(deliveries[1].to, "webhook at http://127.0.0.1:1");
    for (const Delivery& delivery : deliveries) {
        EXPECT_THAT(delivery.failure, HasSubstr("connect"));
        EXPECT_THAT(delivery.failure, Not(HasSubstr("hunter")));
    }
}

}  // namespace
}  // namespace bingefriend
