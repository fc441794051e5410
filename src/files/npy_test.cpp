#include "files/npy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <string>

#include "base/error.hpp"

namespace bingefriend {
namespace {

using testing::ElementsAre;

template <typename T>
std::string array_of(const char* descr, std::vector<std::size_t> shape, std::vector<T> values) {
    return npy_bytes<T>(descr, shape, values);
}

std::string with_header(const std::string& dictionary, const std::string& data) {
    std::string bytes("\x93NUMPY\x01\x00", 8);
    bytes += static_cast<char>(dictionary.size() & 0xff);
    bytes += static_cast<char>(dictionary.size() >> 8);
    return bytes + dictionary + data;
}

TEST(Npy, writes_the_header_that_numpy_writes) {
    const std::array<std::size_t, 2> shape{3, 28};
    const std::string header = npy_header("|u1", shape);
    EXPECT_EQ(header.size() % 64, 0u);
    EXPECT_EQ(header.substr(10, 60), "{'descr': '|u1', 'fortran_order': False, 'shape': (3, 28), }");
    EXPECT_EQ(header.back(), '\n');
}

TEST(Npy, reads_back_what_it_writes) {
    const std::string bytes = array_of<double>("<f8", {2, 2}, {0.1, -2.5, 1e-300, 4});
    const NpyView view(bytes, "test");
    EXPECT_THAT(view.shape(), ElementsAre(2u, 2u));
    EXPECT_THAT(view.doubles(), ElementsAre(0.1, -2.5, 1e-300, 4.0));
}

TEST(Npy, reads_other_types_orders_and_byte_orders) {
    EXPECT_THAT(NpyView(array_of<std::int16_t>("<i2", {3}, {-1, 0, 7}), "t").integers(),
                ElementsAre(-1, 0, 7));
    EXPECT_THAT(NpyView(array_of<float>("<f4", {2}, {0.5f, 2.0f}), "t").doubles(), ElementsAre(0.5, 2.0));
    EXPECT_THAT(NpyView(array_of<std::uint8_t>("|b1", {2}, {0, 1}), "t").integers(), ElementsAre(0, 1));
    EXPECT_THAT(NpyView(with_header("{'descr': '>i4', 'fortran_order': False, 'shape': (1,), }\n",
                                    std::string("\0\0\1\2", 4)),
                        "t")
                    .integers(),
                ElementsAre(258));
    EXPECT_THAT(
        NpyView(with_header("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }\n", "\1\4\2\5\3\6"),
                "t")
            .integers(),
        ElementsAre(1, 2, 3, 4, 5, 6));
}

TEST(Npy, refuses_what_is_no_array_and_says_where) {
    const std::string good = array_of<double>("<f8", {2}, {1, 2});
    const auto refused = [](const std::string& bytes) {
        try {
            (void)NpyView(bytes, "some/file.npy").doubles();
            return std::string("accepted");
        } catch (const Error& error) {
            return std::string(error.what());
        }
    };
    EXPECT_THAT(refused(""), testing::HasSubstr("some/file.npy: it is no .npy array"));
    for (std::size_t length = 0; length < good.size(); ++length) {
        EXPECT_NE(refused(good.substr(0, length)), "accepted") << length << " bytes";
    }
    EXPECT_NE(refused(good + 'x'), "accepted");
    EXPECT_THAT(refused(array_of<double>("<f8", {1}, {std::numeric_limits<double>::quiet_NaN()})),
                testing::HasSubstr("not finite"));
    EXPECT_NE(refused(with_header(
                  "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999, 99999999999), }\n", "")),
              "accepted");
    EXPECT_NE(refused(with_header("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }\n", "12345678")),
              "accepted");
    EXPECT_NE(
        refused(with_header("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1, 1), }\n", "12345678")),
        "accepted");
}

TEST(Npy, refuses_fractions_where_whole_numbers_are_expected) {
    EXPECT_THROW((void)NpyView(array_of<double>("<f8", {1}, {0.5}), "t").integers(), Error);
}

}  // namespace
}  // namespace bingefriend
