#include "azure/blob_account.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"

namespace bingefriend {
namespace {

TEST(BlobAccount, takes_every_form_that_azure_prints) {
    const BlobAccount key = BlobAccount::parse(
        "DefaultEndpointsProtocol=https;AccountName=shows1;AccountKey=c2VjcmV0;EndpointSuffix=core.windows."
        "net");
    EXPECT_EQ(key.endpoint, "https://shows1.blob.core.windows.net");
    EXPECT_EQ(std::get<AccountKey>(key.credential).key.reveal(), "secret");
    const BlobAccount signature = BlobAccount::parse(
        " BlobEndpoint=https://shows1.blob.core.windows.net/;SharedAccessSignature=?sv=2021&sig=a%3D;\n");
    EXPECT_EQ(signature.endpoint, "https://shows1.blob.core.windows.net");
    EXPECT_EQ(std::get<SharedAccessSignature>(signature.credential).query.reveal(), "sv=2021&sig=a%3D");
    const BlobAccount emulator = BlobAccount::parse("UseDevelopmentStorage=true");
    EXPECT_EQ(emulator.endpoint, "http://127.0.0.1:10000/devstoreaccount1");
    EXPECT_EQ(std::get<AccountKey>(emulator.credential).account, "devstoreaccount1");
    const BlobAccount china = BlobAccount::parse("accountname=a1;endpointsuffix=core.chinacloudapi.cn");
    EXPECT_EQ(china.endpoint, "https://a1.blob.core.chinacloudapi.cn");
    EXPECT_TRUE(std::holds_alternative<NoSecret>(china.credential)) << "the managed identity opens it";
}

TEST(BlobAccount, refuses_what_cannot_be_used_without_showing_it) {
    for (const char* text :
         {"", "hunter2", "AccountName=hunter2!;AccountKey=c2VjcmV0", "AccountName=a1;AccountKey=hunter2",
          "AccountKey=aHVudGVyMg==;BlobEndpoint=https://x", "BlobEndpoint=ftp://hunter2",
          "BlobEndpoint=https://user@hunter2", "BlobEndpoint=https://x/?hunter2", "BlobEndpoint=https://",
          "BlobEndpoint=https://x;SharedAccessSignature=hunter2",
          "BlobEndpoint=https://x;SharedAccessSignature=sig=a b hunter2", "BlobEndpoint=http://hunter2",
          "BlobEndpoint=http://127.0.0.1.hunter2"}) {
        try {
            (void)BlobAccount::parse(text);
            ADD_FAILURE() << text;
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::usage);
            EXPECT_THAT(error.what(), testing::Not(testing::HasSubstr("hunter2")));
            EXPECT_THAT(error.what(), testing::HasSubstr("AZURE_STORAGE_CONNECTION_STRING"));
        }
    }
    EXPECT_NO_THROW((void)BlobAccount::parse("BlobEndpoint=http://[::1]:10000/account")) << "the loopback";
}

}  // namespace
}  // namespace bingefriend
