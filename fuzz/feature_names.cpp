// Parses the two JSON files next to the matrices.
#include "files/feature_names.hpp"

#include "base/error.hpp"
#include "fuzz.hpp"

namespace bingefriend {

void try_input(std::string_view input) {
    FeaturesOfFiles files;
    Features& features = files.features;
    try {
        read_encoder_json(input, "input", features);
    } catch (const Error&) {
    }
    const FeatureDigest digest = read_vectorizer_json(input, "input", 3, files);
    if (digest.catalogue.empty() != digest.features.empty()) {
        __builtin_trap();
    }
    if (features.vocabulary.terms.size() != features.vocabulary.idf.size()) {
        __builtin_trap();
    }
}

}  // namespace bingefriend
