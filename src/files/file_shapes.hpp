// How large the array or table of a feature file is, read without holding the file in memory.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace bingefriend {

//   .npy                     the array's shape
//   .npz                     the sparse matrix's shape
//   .csv                     rows without the header, columns
//   tfidf_vectorizer.json    terms
//   genre_encoder.json       genres, platforms, types, languages
// Throws Error{input} that names the file where it is not what its name says.
[[nodiscard]] std::vector<std::uint64_t> shape_of_file(const std::filesystem::path& file);

}  // namespace bingefriend
