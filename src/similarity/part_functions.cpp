#include "similarity/part_functions.hpp"

#include <cassert>
#include <span>

#include "similarity/index.hpp"
#include "similarity/pair_scores.hpp"

namespace bingefriend {
namespace {

template <typename Visit>
void for_each_shared(std::span<const std::int32_t> a, std::span<const std::int32_t> b, Visit visit) {
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        if (a[i] == b[j]) {
            visit(i++, j++);
        } else {
            ++(a[i] < b[j] ? i : j);
        }
    }
}

double genre_part(const Features& f, std::size_t a, std::size_t b) {
    const GenreSets& genres = f.genres;
    std::size_t shared = 0;
    for_each_shared(genres.of(a), genres.of(b), [&](std::size_t, std::size_t) { ++shared; });
    return genre_cosine(shared, genres.of(a).size(), genres.of(b).size());
}

double text_part(const Features& f, std::size_t a, std::size_t b) {
    const TextMatrix& text = f.text;
    double dot = 0;
    for_each_shared(text.columns_of(a), text.columns_of(b), [&](std::size_t i, std::size_t j) {
        dot += text.values_of(a)[i] * text.values_of(b)[j];
    });
    return dot;
}

double metadata_part(const Features& f, std::size_t a, std::size_t b) {
    const auto class_of = [&](std::size_t row) {
        return MetadataIndex::Class{f.platform.column[row], f.type.column[row], f.language.column[row]};
    };
    return metadata_similarity(class_of(a), class_of(b));
}

// In the order of the table.
constexpr PerPart<double (*)(const Features&, std::size_t, std::size_t)> functions{
    {genre_part, text_part, metadata_part}};

}  // namespace

double part_of_pair(Part part, const Features& features, std::size_t a, std::size_t b) {
    return rounded(functions[part](features, a, b));
}

PerPart<double> parts_of_pair(const Features& features, std::size_t a, std::size_t b) {
    PerPart<double> parts;
    for (const PartDefinition& d : all_parts) {
        parts[d.part] = part_of_pair(d.part, features, a, b);
    }
    return parts;
}

}  // namespace bingefriend
