#include "base/digests.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace bingefriend {
namespace {

// RFC 4231, test cases 1, 2 and 6.
TEST(Digests, sign_as_the_standard_says) {
    EXPECT_EQ(hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(
        hex(hmac_sha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")),
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Digests, of_chunks_equal_the_digest_of_the_whole) {
    Digest pieces(DigestKind::md5);
    pieces.update("message ");
    pieces.update("digest");
    EXPECT_EQ(hex(pieces.raw()), "f96b697d7cb7938d525a2f31aaf161d0");  // RFC 1321
    EXPECT_EQ(hex(md5("message digest")), "f96b697d7cb7938d525a2f31aaf161d0");
}

TEST(Base64, decodes_what_it_encoded_and_rejects_other_text) {
    for (const char* bytes : {"f", "fo", "foo", "\xff\xfe"}) {
        EXPECT_EQ(from_base64(base64(bytes)), bytes);
    }
    EXPECT_EQ(base64("fo"), "Zm8=");
    for (const char* text : {"", "Zm8", "Z!8="}) {
        EXPECT_THROW((void)from_base64(text), std::invalid_argument) << text;
    }
}

TEST(EqualSecrets, compares_the_whole_texts) {
    EXPECT_TRUE(equal_secrets("hunter2", "hunter2"));
    EXPECT_TRUE(equal_secrets("", ""));
    for (const std::string_view other : {"", "hunter", "hunter22", "Hunter2", "hunter3"}) {
        EXPECT_FALSE(equal_secrets("hunter2", other)) << other;
    }
}

}  // namespace
}  // namespace bingefriend
