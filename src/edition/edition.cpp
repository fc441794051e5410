#include "edition/edition.hpp"

#include <fmt/compile.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <utility>

#include "diversity/franchise.hpp"

namespace bingefriend {
namespace {

std::uint64_t next_id() {
    static std::atomic<std::uint64_t> last = 0;
    return ++last;
}

// FNV-1a: a tag distinguishes responses and protects nothing.
std::uint64_t hashed(std::string_view text, std::uint64_t hash = 14695981039346656037u) {
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    }
    return hash;
}

std::uint64_t tag_seed_of(const std::optional<Generation>& generation, std::string_view version) {
    const std::uint64_t seed = hashed(version);
    return generation ? hashed(generation->published_at, hashed(generation->computed_at, seed)) : seed;
}

// What `read` returns; null if the data cannot be used, which is logged.
template <typename Read>
auto usable(const Generation& generation, std::string_view without, const Read& read) -> decltype(read()) {
    try {
        return read();
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::input && error.kind() != ErrorKind::damaged) {
            throw;
        }
        spdlog::error("generation {} is served without {}: {}", generation.number, without, error.what());
        return nullptr;
    }
}

std::vector<std::uint32_t> read_franchises(PublishedReader& reader, std::int64_t generation,
                                           std::span<const ShowId> ids) {
    FranchiseNumbers numbers;
    std::vector<std::uint32_t> franchises;
    bool matches = true;
    reader.for_each_name(generation, [&](ShowId show, std::string_view name) {
        matches = matches && franchises.size() < ids.size() && ids[franchises.size()] == show;
        franchises.push_back(numbers.of(name));
    });
    if (!matches || franchises.size() != ids.size()) {
        throw Error(ErrorKind::unavailable, "the stored names are not those of the features", "",
                    "publish again with `bingefriend pipeline`");
    }
    return franchises;
}

}  // namespace

Edition::Edition(const EditionSettings& settings, std::shared_ptr<CacheLookups> lookups)
    : id_(next_id()),
      tag_seed_(tag_seed_of(generation_, settings.version)),
      answers_(settings.answer_cache_bytes, std::move(lookups)) {}

Edition::Edition(Generation generation, PublishedReader& reader, const EditionSettings& settings,
                 std::shared_ptr<CacheLookups> lookups)
    : generation_(std::move(generation)),
      id_(next_id()),
      tag_seed_(tag_seed_of(generation_, settings.version)),
      features_(usable(*generation_, "reasons and queries",
                       [&] { return read_features(reader, generation_->number); })),
      reader_(&reader),
      answers_(settings.answer_cache_bytes, std::move(lookups)) {
    if (features_) {
        overview_ = overview_of(*generation_, *features_);
    }
}

const ShowNames* Edition::names() const {
    if (reader_ == nullptr) {
        return nullptr;
    }
    const std::scoped_lock lock(reading_names_);
    if (!names_) {
        names_ = usable(*generation_, "search",
                        [&] { return std::make_unique<const ShowNames>(generation_->number, *reader_); });
    }
    return names_->get();
}

std::span<const std::uint32_t> Edition::franchises() const {
    if (reader_ == nullptr || !features_) {
        return {};
    }
    const std::scoped_lock lock(reading_names_);
    if (franchises_.empty()) {
        franchises_ = read_franchises(*reader_, generation_->number, features_->features().ids);
    }
    return franchises_;
}

std::string Edition::tag(std::string_view target) const {
    return fmt::format(FMT_COMPILE("W/\"{}-{:016x}\""), number(), hashed(target, tag_seed_));
}

}  // namespace bingefriend
