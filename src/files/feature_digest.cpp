#include "files/feature_digest.hpp"

#include <bit>
#include <cstdint>
#include <fstream>
#include <span>
#include <string_view>
#include <vector>

#include "base/digests.hpp"
#include "files/refuse.hpp"
#include "recipes/recipes.hpp"

namespace bingefriend {
namespace {

static_assert(std::endian::native == std::endian::little, "the digest is of little-endian numbers");

constexpr std::size_t buffer_bytes = std::size_t{1} << 16;

// Every part begins with its size, so that no two sequences of parts give the same bytes.
class PartDigest {
  public:
    void number(std::uint64_t value) {
        digest_.update({reinterpret_cast<const char*>(&value), sizeof(value)});
    }
    void text(std::string_view text) {
        number(text.size());
        digest_.update(text);
    }
    void texts(const std::vector<std::string>& texts) {
        number(texts.size());
        for (const std::string& one : texts) {
            text(one);
        }
    }
    template <typename T>
    void values(std::span<const T> values) {
        number(values.size());
        digest_.update({reinterpret_cast<const char*>(values.data()), values.size_bytes()});
    }
    void categories(const Categories& categories) {
        texts(categories.names);
        values(std::span<const std::int32_t>(categories.column));
    }
    [[nodiscard]] std::string hex_digest() { return hex(digest_.raw()); }

  private:
    Digest digest_{DigestKind::sha256};
};

void add_settings(PartDigest& digest, const FeatureSettings& settings) {
    digest.number(settings.text.max_features);
    digest.number(settings.text.min_df);
    digest.number(std::bit_cast<std::uint64_t>(settings.text.max_df));
    digest.number(settings.top_n_platforms);
    digest.number(settings.top_n_languages);
}

void add_text(PartDigest& digest, const Vocabulary& vocabulary, const TextMatrix& text) {
    digest.texts(vocabulary.terms);
    digest.values(std::span<const double>(vocabulary.idf));
    digest.values(std::span<const std::int64_t>(vocabulary.document_frequency));
    digest.values(std::span<const std::int64_t>(text.row_start));
    digest.values(std::span<const std::int32_t>(text.column));
    const std::vector<float> weights(text.value.begin(), text.value.end());
    digest.values(std::span<const float>(weights));
}

}  // namespace

bool needs_recipe(const FeatureSettings& settings) {
    const FeatureSettings classic{.text = {.max_features = settings.text.max_features,
                                           .min_df = settings.text.min_df,
                                           .max_df = settings.text.max_df},
                                  .top_n_platforms = settings.top_n_platforms,
                                  .top_n_languages = settings.top_n_languages};
    return settings != classic;
}

std::string file_digest(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        refuse_file(file.string(), "it is not there or may not be read");
    }
    Digest digest(DigestKind::sha256);
    std::string buffer(buffer_bytes, '\0');
    while (stream.read(buffer.data(), static_cast<std::streamsize>(buffer.size())), stream.gcount() > 0) {
        digest.update(std::string_view(buffer).substr(0, static_cast<std::size_t>(stream.gcount())));
    }
    if (stream.bad()) {
        refuse_file(file.string(), "the disk failed");
    }
    return hex(digest.raw());
}

std::string feature_digest(const Features& features, const std::string& catalogue) {
    PartDigest digest;
    digest.text("bingefriend features 1");
    digest.text(catalogue);
    add_settings(digest, features.settings);
    digest.texts(features.genres.names);
    digest.values(std::span<const std::int64_t>(features.genres.row_start));
    digest.values(std::span<const std::int32_t>(features.genres.column));
    add_text(digest, features.vocabulary, features.text);
    digest.categories(features.platform);
    digest.categories(features.type);
    digest.categories(features.language);
    if (needs_recipe(features.settings)) {
        digest.text(feature_settings_json(features.settings));
        digest.number(std::bit_cast<std::uint64_t>(features.vocabulary.least_length));
    }
    return digest.hex_digest();
}

}  // namespace bingefriend
