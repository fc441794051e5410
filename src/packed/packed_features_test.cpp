#include "packed/packed_features.hpp"

#include <gtest/gtest.h>
#include <zstd.h>

#include <cmath>
#include <limits>
#include <random>
#include <span>

#include "base/error.hpp"
#include "domain/text_weights.hpp"
#include "recipes/recipes.hpp"

namespace bingefriend {
namespace {

StoredFeatures stored() {
    StoredFeatures s;
    Features& f = s.features;
    f.settings.text.max_features = 3;
    f.ids = {ShowId{2}, ShowId{5}, ShowId{11}, ShowId{9'000'000'000}};
    f.genres = {{"Crime", "Drama"}, {0, 2, 2, 3, 3}, {0, 1, 1}};
    f.text.row_start = {0, 2, 2, 3, 3};
    f.text.column = {0, 2, 1};
    f.text.value = {0.6, 0.8, 1.0};
    f.vocabulary = {{"city", "détective", "war"}, {1.5, 1.25, 2.0 / 3}, {1, 200, 1}};
    f.platform = {{"HBO", "other"}, {0, 1, 1, 0}};
    f.type = {{"Scripted"}, {0, Categories::none, 0, 0}};
    f.language = {{"other"}, {0, 0, 0, 0}};
    s.facets.language = {{"English", "Thai"}, {1, 0, Categories::none, 0}};
    s.facets.network = {{"Arte", "HBO"}, {1, 0, Categories::none, 1}};
    s.facets.status = {{}, {-1, -1, -1, -1}};
    s.facets.rating = {8.3, std::numeric_limits<double>::quiet_NaN(), 0.1 + 0.2, 10};
    f.values[Part::metadata] = {{2013, ValueColumn::none, 1998.5, 2013}, 2020};
    return s;
}

// Reals compared by their bits.
bool equal(const StoredFeatures& a, const StoredFeatures& b) {
    return packed(a) == packed(b);
}

constexpr std::size_t before_frame = 5;

std::string payload_of(const std::string& bytes) {
    std::string plain(ZSTD_getFrameContentSize(bytes.data() + before_frame, bytes.size() - before_frame),
                      '\0');
    (void)ZSTD_decompress(plain.data(), plain.size(), bytes.data() + before_frame,
                          bytes.size() - before_frame);
    return plain;
}

std::string with_payload(const std::string& plain) {
    std::string frame(ZSTD_compressBound(plain.size()), '\0');
    frame.resize(ZSTD_compress(frame.data(), frame.size(), plain.data(), plain.size(), 1));
    return packed(stored()).substr(0, before_frame) + frame;
}

// What domain/features.hpp promises, as far as memory is safe by it.
void expect_sound(const StoredFeatures& s) {
    const Features& f = s.features;
    const auto in = [](const std::vector<std::int32_t>& columns, std::size_t names, std::int32_t least) {
        for (const std::int32_t column : columns) {
            ASSERT_GE(column, least);
            ASSERT_LT(column, static_cast<std::int64_t>(names));
        }
    };
    in(f.genres.column, f.genres.names.size(), 0);
    in(f.text.column, f.vocabulary.terms.size(), 0);
    ASSERT_EQ(f.genres.rows(), f.size());
    ASSERT_EQ(f.text.rows(), f.size());
    ASSERT_EQ(f.vocabulary.idf.size(), f.vocabulary.terms.size());
    ASSERT_EQ(f.text.value.size(), f.text.column.size());
    for (const Categories* c :
         {&f.platform, &f.type, &f.language, &s.facets.language, &s.facets.network, &s.facets.status}) {
        ASSERT_EQ(c->column.size(), f.size());
        in(c->column, c->names.size(), Categories::none);
    }
    ASSERT_EQ(s.facets.rating.size(), f.size());
    for (const ValueColumn& column : f.values.values) {
        ASSERT_TRUE(column.value.empty() || column.value.size() == f.size());
        ASSERT_TRUE(std::isfinite(column.reference));
        for (const double value : column.value) {
            ASSERT_TRUE(value == ValueColumn::none || (value >= 0 && std::isfinite(value)));
        }
    }
}

TEST(PackedFeatures, give_back_what_was_packed_to_the_last_bit) {
    const StoredFeatures s = unpacked(packed(stored()));
    EXPECT_EQ(s.features.ids, stored().features.ids);
    EXPECT_EQ(s.features.genres, stored().features.genres);
    EXPECT_EQ(s.features.text, stored().features.text);
    EXPECT_EQ(s.features.vocabulary, stored().features.vocabulary);
    EXPECT_EQ(s.features.settings, stored().features.settings);
    EXPECT_EQ(s.features.values, stored().features.values);
    EXPECT_EQ(s.facets.network, stored().facets.network);
    EXPECT_EQ(s.facets.rating[2], 0.1 + 0.2);
    EXPECT_TRUE(std::isnan(s.facets.rating[1]));
    EXPECT_TRUE(equal(s, stored()));
    expect_sound(s);
}

TEST(PackedFeatures, may_come_in_parts_of_any_size) {
    const std::string bytes = packed(stored());
    for (std::size_t size = 1; size <= bytes.size(); ++size) {
        std::size_t at = 0;
        const StoredFeatures s = unpacked([&] {
            const std::string part = bytes.substr(std::min(at, bytes.size()), size);
            at += size;
            return part;
        });
        EXPECT_TRUE(equal(s, stored())) << size << " bytes at a time";
    }
}

TEST(PackedFeatures, keep_weights_as_counts_where_these_give_them_back) {
    StoredFeatures counted = stored();
    StoredFeatures others = stored();
    Features& f = counted.features;
    std::mt19937_64 random(3);
    std::size_t rows = 2'000;
    f.ids.clear();
    f.genres = {{}, std::vector<std::int64_t>(rows + 1), {}};
    f.text = {};
    f.vocabulary = {};
    f.values = {};
    for (int term = 0; term < 200; ++term) {
        f.vocabulary.terms.push_back("term" + std::to_string(1'000 + term));
        f.vocabulary.idf.push_back(1 + static_cast<double>(random() % 10'000) / 1'234);
        f.vocabulary.document_frequency.push_back(2);
    }
    for (std::size_t row = 0; row < rows; ++row) {
        f.ids.push_back(ShowId{static_cast<std::int64_t>(row) + 1});
        const std::size_t begin = f.text.value.size();
        for (std::int32_t term = static_cast<std::int32_t>(random() % 20); term < 200;
             term += 1 + static_cast<std::int32_t>(random() % 40)) {
            f.text.column.push_back(term);
            f.text.value.push_back(static_cast<double>(1 + random() % 3) *
                                   f.vocabulary.idf[static_cast<std::size_t>(term)]);
        }
        divide_by_length(std::span(f.text.value).subspan(begin), 0);
        f.text.row_start.push_back(static_cast<std::int64_t>(f.text.value.size()));
    }
    f.platform = f.language = {{"other"}, std::vector<std::int32_t>(rows)};
    f.type = {{}, std::vector<std::int32_t>(rows, Categories::none)};
    counted.facets = {f.type, f.type, f.type, std::vector<double>(rows)};
    EXPECT_EQ(unpacked(packed(counted)).features.text, f.text);
    EXPECT_LT(packed(counted).size(), f.text.value.size() * 3);

    others.features = f;
    for (std::size_t row = 0; row < rows; ++row) {  // lengths that no count has
        const auto weights =
            std::span(others.features.text.value)
                .subspan(static_cast<std::size_t>(f.text.row_start[row]), f.text.values_of(row).size());
        for (double& weight : weights) {
            weight *= 1 + static_cast<double>(random() % 100) / 1'000;
        }
        divide_by_length(weights, 0);
    }
    others.facets = counted.facets;
    EXPECT_EQ(unpacked(packed(others)).features.text, others.features.text);
}

TEST(PackedFeatures, of_an_empty_catalogue_are_empty) {
    StoredFeatures nothing;
    nothing.features.platform.names = nothing.features.language.names = {"other"};
    EXPECT_EQ(unpacked(packed(nothing)).features.size(), 0u);
}

TEST(PackedFeatures, that_were_cut_or_changed_are_refused) {
    const std::string bytes = packed(stored());
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        EXPECT_THROW((void)unpacked(bytes.substr(0, length)), Error) << length << " bytes";
    }
    EXPECT_THROW((void)unpacked(bytes + "x"), Error);
    for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
        std::string changed = bytes;
        changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << bit % 8));
        try {
            EXPECT_TRUE(equal(unpacked(changed), stored())) << "bit " << bit;
        } catch (const Error&) {
        }
    }
}

TEST(PackedFeatures, of_hostile_content_are_refused_or_sound) {
    const std::string plain = payload_of(packed(stored()));
    EXPECT_TRUE(equal(unpacked(with_payload(plain)), stored()));
    EXPECT_THROW((void)unpacked(with_payload(plain.substr(0, plain.size() - 1))), Error);
    EXPECT_THROW((void)unpacked(with_payload(plain + '\0')), Error);
    std::mt19937_64 random(11);
    std::size_t refused = 0;
    for (int round = 0; round < 2'000; ++round) {
        std::string changed = plain;
        for (std::uint64_t changes = 1 + random() % 3; changes > 0; --changes) {
            changed[random() % changed.size()] = static_cast<char>(random());
        }
        try {
            expect_sound(unpacked(with_payload(changed)));
        } catch (const Error&) {
            ++refused;
        }
    }
    EXPECT_GT(refused, 200u);
}

// The same as the version without recipes wrote it.
std::string payload_without_recipes(const StoredFeatures& of) {
    using namespace std::string_literals;
    std::string plain = payload_of(packed(of));
    const std::size_t json = plain.find('{');
    const std::size_t settings_end = json + feature_settings_json(of.features.settings).size();
    plain.replace(0, settings_end, "\3\2\x9a\x99\x99\x99\x99\x99\xe9\x3f\x14\5"s);  // max_df is 0.8
    const std::string frequencies = "\1\xc8\1\1";
    plain.erase(plain.find(frequencies) + frequencies.size(), sizeof(double));  // the least length
    return plain;
}

TEST(PackedFeatures, of_the_version_without_recipes_are_read) {
    std::string bytes = with_payload(payload_without_recipes(stored()));
    bytes[4] = '\3';
    EXPECT_TRUE(equal(unpacked(bytes), stored()));
}

TEST(PackedFeatures, of_the_version_without_values_are_read) {
    StoredFeatures without = stored();
    without.features.values = {};
    std::string plain = payload_without_recipes(without);
    plain.pop_back();  // the number of columns
    std::string bytes = with_payload(plain);
    bytes[4] = '\2';
    EXPECT_TRUE(equal(unpacked(bytes), without));
}

TEST(PackedFeatures, of_any_recipe_are_small_and_the_same) {
    StoredFeatures s = stored();
    Features& f = s.features;
    f.settings.text.max_features = TextSettings::all_terms;
    f.settings.text.sublinear_tf = f.settings.text.length_floor = true;
    f.settings.metadata.language = false;
    f.settings.genre_idf = true;
    set_idf(f.genres);
    f.vocabulary.least_length = 4;
    const std::vector<double> counts{9, 1, 2};  // the first row is longer than the floor
    for (std::size_t i = 0; i < counts.size(); ++i) {
        f.text.value[i] = term_weight(counts[i], f.vocabulary.idf[static_cast<std::size_t>(f.text.column[i])],
                                      f.settings.text);
    }
    divide_by_length(std::span(f.text.value).first(2), f.vocabulary.least_length);
    divide_by_length(std::span(f.text.value).subspan(2), f.vocabulary.least_length);
    const StoredFeatures again = unpacked(packed(s));
    EXPECT_EQ(again.features.settings, f.settings);
    EXPECT_EQ(again.features.genres, f.genres);
    EXPECT_EQ(again.features.vocabulary, f.vocabulary);
    EXPECT_EQ(again.features.text, f.text);
    const std::size_t counted = payload_of(packed(s)).size();
    f.text.value[2] *= 0.99;  // no count gives this
    EXPECT_LT(counted, payload_of(packed(s)).size());
    EXPECT_EQ(unpacked(packed(s)).features.text, f.text);
}

TEST(PackedFeatures, leave_out_the_values_of_unknown_parts) {
    std::string plain = payload_of(packed(stored()));
    plain.replace(plain.find("\x08metadata"), 9, "\x08weather_");
    StoredFeatures without = stored();
    without.features.values = {};
    EXPECT_TRUE(equal(unpacked(with_payload(plain)), without));
}

TEST(PackedFeatures, of_another_version_are_refused_with_a_remedy) {
    std::string bytes = packed(stored());
    bytes[4] = '\1';
    try {
        (void)unpacked(bytes);
        FAIL();
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("bingefriend pipeline"), std::string::npos);
    }
}

}  // namespace
}  // namespace bingefriend
