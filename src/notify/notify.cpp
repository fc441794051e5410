#include "notify/notify.hpp"

#include "notify/mail.hpp"
#include "notify/webhook.hpp"

namespace bingefriend {

void check(const NotifySettings& settings) {
    if (settings.mail) {
        check_mail(*settings.mail);
    }
    if (settings.webhook) {
        check_webhook(*settings.webhook);
    }
}

std::vector<std::string> places(const NotifySettings& settings) {
    std::vector<std::string> all;
    if (settings.mail) {
        all.push_back(place_of(*settings.mail));
    }
    if (settings.webhook) {
        all.push_back(place_of(*settings.webhook));
    }
    return all;
}

std::vector<Delivery> notify(const NotifySettings& settings, const Notice& notice) {
    check(settings);
    std::vector<Delivery> deliveries;
    if (settings.mail) {
        deliveries.push_back({place_of(*settings.mail), send_mail(settings, *settings.mail, notice)});
    }
    if (settings.webhook) {
        deliveries.push_back(
            {place_of(*settings.webhook), post_webhook(settings, *settings.webhook, notice)});
    }
    return deliveries;
}

}  // namespace bingefriend
