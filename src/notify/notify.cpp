#include "notify/notify.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <stdexcept>

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

std::string hex_hmac_sha256(std::string_view key, std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned length = 0;
    if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
             reinterpret_cast<const unsigned char*>(text.data()), text.size(), bytes.data(),
             &length) == nullptr) {
        throw std::runtime_error("OpenSSL cannot compute an HMAC");
    }
    constexpr char digits[] = "0123456789abcdef";
    std::string text_of_digits;
    for (unsigned i = 0; i < length; ++i) {
        text_of_digits += digits[bytes[i] >> 4U];
        text_of_digits += digits[bytes[i] & 15U];
    }
    return text_of_digits;
}

}  // namespace bingefriend
