#include "bytes/byte_stream.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "base/error.hpp"
#include "fetch/fetch.hpp"
#include "fetch/test_packing.hpp"

namespace bingefriend {
namespace {

using testing::HasSubstr;

Ingest fetch_packed(const std::string& bytes) {
    return fetch_bytes(bytes, "test");
}

TEST(ByteStream, reads_frames_without_data_and_zeros_at_the_end) {
    const std::string text = many_shows(1'000);
    const auto plain = fetch_packed(text).catalogue.shows;
    const std::string skippable("\x50\x2a\x4d\x18\x04\0\0\0abcd", 12);
    const std::string zeros(300'000, '\0');
    for (const std::string& packed :
         {skippable + zstd_compressed(text), skippable + skippable + zstd_compressed(text) + skippable,
          gzip_compressed(text) + zeros, zstd_compressed(text) + zeros,
          gzip_compressed(text) + std::string(1, '\0')}) {
        const Ingest ingest = fetch_packed(packed);
        EXPECT_EQ(ingest.catalogue.shows, plain);
        EXPECT_EQ(ingest.report.cut_short, "");
    }
    for (const std::string& packed :
         {gzip_compressed(text) + zeros + "x", zstd_compressed(text) + zeros + "x"}) {
        EXPECT_THAT(fetch_packed(packed).report.cut_short, HasSubstr("followed by something else"));
    }
    std::string frames;
    for (const char c : std::string(R"([{"id":1,"name":"a"}])")) {
        frames += zstd_compressed(std::string(1, c));
    }
    EXPECT_EQ(fetch_packed(frames).catalogue.shows.size(), 1u) << "a frame a byte";
}

TEST(ByteStream, refuses_a_zstd_window_that_it_has_no_memory_for) {
    const std::unique_ptr<ZSTD_CCtx, std::size_t (*)(ZSTD_CCtx*)> context(ZSTD_createCCtx(), ZSTD_freeCCtx);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_windowLog, 28);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_contentSizeFlag, 0);
    const std::string text = many_shows(10);
    std::string packed(ZSTD_compressBound(text.size()), '\0');
    ZSTD_inBuffer in{text.data(), text.size(), 0};
    ZSTD_outBuffer out{packed.data(), packed.size(), 0};
    ASSERT_EQ(ZSTD_isError(ZSTD_compressStream2(context.get(), &out, &in, ZSTD_e_flush)), 0u);
    packed.resize(out.pos);
    EXPECT_THAT(
        [&] { (void)fetch_packed(packed); },
        testing::ThrowsMessage<Error>(HasSubstr("its zstd window is above 128 MiB: compress it again")));
}

TEST(ByteStream, refuses_what_is_made_to_expand_without_end) {
    const std::string block(64u << 20, ' ');
    std::string bomb = zstd_compressed("[");
    const std::string packed_block = zstd_compressed(block);
    for (int i = 0; i < 10; ++i) {
        bomb += packed_block;
    }
    EXPECT_THAT(fetch_packed(bomb).report.cut_short, HasSubstr("expands to more than 500 times its size"));
}

}  // namespace
}  // namespace bingefriend
