// The two JSON files beside the matrices.
#include "artifacts/feature_names.hpp"

#include "domain/error.hpp"
#include "fuzz.hpp"

namespace bingefriend {

void try_input(std::string_view input) {
    Features features;
    features.ids = {ShowId{1}, ShowId{2}, ShowId{3}};
    try {
        read_encoder_json(input, "input", features);
    } catch (const Error&) {
    }
    read_vectorizer_json(input, "input", features);
    if (features.vocabulary.terms.size() != features.vocabulary.idf.size()) {
        __builtin_trap();
    }
}

}  // namespace bingefriend
