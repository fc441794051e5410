#include "base/digests.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <array>
#include <stdexcept>

namespace bingefriend {
namespace {

const unsigned char* unsigned_bytes(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

void require(bool done) {
    if (!done) {
        throw std::runtime_error("OpenSSL cannot compute a digest: the machine's policy may forbid it");
    }
}

std::string text_of(const std::array<unsigned char, EVP_MAX_MD_SIZE>& digest, unsigned length) {
    return {reinterpret_cast<const char*>(digest.data()), length};
}

}  // namespace

void Digest::Free::operator()(evp_md_ctx_st* context) const {
    EVP_MD_CTX_free(context);
}

Digest::Digest(DigestKind kind) : context_(EVP_MD_CTX_new()) {
    const EVP_MD* const type = kind == DigestKind::md5 ? EVP_md5() : EVP_sha256();
    require(context_ && EVP_DigestInit_ex(context_.get(), type, nullptr) == 1);
}

void Digest::update(std::string_view bytes) {
    require(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1);
}

std::string Digest::raw() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    require(EVP_DigestFinal_ex(context_.get(), digest.data(), &length) == 1);
    return text_of(digest, length);
}

std::string md5(std::string_view bytes) {
    Digest digest(DigestKind::md5);
    digest.update(bytes);
    return digest.raw();
}

std::string hmac_sha256(std::string_view key, std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    require(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), unsigned_bytes(bytes), bytes.size(),
                 digest.data(), &length) != nullptr);
    return text_of(digest, length);
}

std::string random_bytes(std::size_t count) {
    std::string bytes(count, '\0');
    require(RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) == 1);
    return bytes;
}

std::string base64(std::string_view bytes) {
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');  // OpenSSL adds a zero
    text.resize(
        static_cast<std::size_t>(EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                                 unsigned_bytes(bytes), static_cast<int>(bytes.size()))));
    return text;
}

std::string from_base64(std::string_view text) {
    constexpr std::size_t most = 1 << 20;
    if (text.empty() || text.size() % 4 != 0 || text.size() > most) {
        throw std::invalid_argument("not base64");
    }
    std::string bytes(text.size() / 4 * 3, '\0');
    if (EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()), unsigned_bytes(text),
                        static_cast<int>(text.size())) < 0) {
        throw std::invalid_argument("not base64");
    }
    // OpenSSL counts the padding as zeros.
    bytes.resize(bytes.size() - (text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0));
    return bytes;
}

std::string hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const char c : bytes) {
        text += digits[static_cast<unsigned char>(c) >> 4];
        text += digits[static_cast<unsigned char>(c) & 15];
    }
    return text;
}

bool equal_secrets(std::string_view a, std::string_view b) {
    // Digests have the same length, so the time does not depend on the lengths of the texts either.
    const std::string key = random_bytes(32);
    const std::string of_a = hmac_sha256(key, a);
    const std::string of_b = hmac_sha256(key, b);
    return CRYPTO_memcmp(of_a.data(), of_b.data(), of_a.size()) == 0;
}

}  // namespace bingefriend
