// Digests, base64 and hexadecimal digits, to sign and check requests.
#pragma once

#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace bingefriend {

enum class DigestKind { md5, sha256 };

// Digest of a byte string that arrives in chunks.
class Digest {
  public:
    explicit Digest(DigestKind kind);
    void update(std::string_view bytes);
    // Returns the raw bytes. Call it once.
    [[nodiscard]] std::string raw();

  private:
    struct Free {
        void operator()(evp_md_ctx_st* context) const;
    };
    std::unique_ptr<evp_md_ctx_st, Free> context_;
};

// Returns raw bytes.
[[nodiscard]] std::string md5(std::string_view bytes);
[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view bytes);
[[nodiscard]] std::string random_bytes(std::size_t count);

[[nodiscard]] std::string base64(std::string_view bytes);
// Throws std::invalid_argument if the text is not base64.
[[nodiscard]] std::string from_base64(std::string_view text);

// Lower-case digits.
[[nodiscard]] std::string hex(std::string_view bytes);

// Takes the same time wherever the texts differ.
[[nodiscard]] bool equal_secrets(std::string_view a, std::string_view b);

}  // namespace bingefriend
