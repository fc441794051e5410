#include "kernel/scan.hpp"

#include <array>
#include <bit>
#include <stdexcept>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernel/scan.cpp"
#include <hwy/foreach_target.h>
// After foreach_target.h, which includes this file again for each target.
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace bingefriend {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

using Tag = hn::CappedTag<Units, lanes>;
constexpr Tag tag;
constexpr std::size_t width = hn::MaxLanes(tag);  // of a vector
constexpr std::size_t parts = lanes / width;      // vectors that hold all lanes
static_assert(width * parts == lanes);

using Vector = hn::VFromD<Tag>;
using AllLanes = std::array<Vector, parts>;

HWY_INLINE AllLanes load(const Units* from) {
    AllLanes all;
    for (std::size_t p = 0; p < parts; ++p) {
        all[p] = hn::Load(tag, from + p * width);
    }
    return all;
}

HWY_INLINE void store(const AllLanes& all, LaneUnits& to) {
    for (std::size_t p = 0; p < parts; ++p) {
        hn::Store(all[p], tag, to.data() + p * width);
    }
}

HWY_INLINE AllLanes sum(const AllLanes& a, const AllLanes& b) {
    AllLanes all;
    for (std::size_t p = 0; p < parts; ++p) {
        all[p] = hn::SaturatedAdd(a[p], b[p]);
    }
    return all;
}

HWY_INLINE void clear(LaneUnits& all) {
    for (std::size_t p = 0; p < parts; ++p) {
        hn::Store(hn::Zero(tag), tag, all.data() + p * width);
    }
}

HWY_INLINE AllLanes difference(const AllLanes& a, const AllLanes& b) {
    AllLanes all;
    for (std::size_t p = 0; p < parts; ++p) {
        all[p] = hn::Sub(a[p], b[p]);
    }
    return all;
}

// Vectors are compared with "greater" only, so the limit is lowered by one unit.
HWY_INLINE AllLanes just_below(const LaneUnits& limit) {
    AllLanes all = load(limit.data());
    for (std::size_t p = 0; p < parts; ++p) {
        all[p] = hn::Sub(all[p], hn::Set(tag, 1));
    }
    return all;
}

HWY_INLINE bool any_reaches(const AllLanes& scores, const AllLanes& below) {
    auto reaches = hn::Gt(scores[0], below[0]);
    for (std::size_t p = 1; p < parts; ++p) {
        reaches = hn::Or(reaches, hn::Gt(scores[p], below[p]));
    }
    return !hn::AllFalse(tag, reaches);
}

HWY_INLINE std::uint64_t which_reach(const AllLanes& scores, const AllLanes& below) {
    std::uint64_t which = 0;
    for (std::size_t p = 0; p < parts; ++p) {
        std::array<std::uint8_t, 8> bits{};
        (void)hn::StoreMaskBits(tag, hn::Gt(scores[p], below[p]), bits.data());
        for (std::size_t byte = 0; 8 * byte < width; ++byte) {
            which |= std::uint64_t{bits[byte]} << (p * width + 8 * byte);
        }
    }
    return which;
}

// Adds the profile to the shortlists of the lanes that it reaches.
HWY_INLINE void keep(std::uint32_t profile, const AllLanes& scores, const AllLanes& base,
                     const AllLanes& below, QueryBlock& block) {
    LaneUnits score_units;
    LaneUnits base_units;
    store(scores, score_units);
    store(base, base_units);
    block.keep(profile, which_reach(scores, below), score_units, base_units);
}

HWY_INLINE AllLanes with_classes(AllLanes base, std::span<const std::uint32_t> classes,
                                 const QueryBlock& block) {
    for (std::size_t p = 0; p < classes.size(); ++p) {
        base = sum(base, load(block.class_part(p, classes[p]).data()));
    }
    return base;
}

void scan_groups(const ScanIndex& index, std::span<const Profiles::Group> groups, const LaneUnits& genre,
                 QueryBlock& block) {
    const std::size_t* const start = index.rows.start.data();
    const std::uint32_t* const column = index.rows.column.data();
    const Units* const weight = index.rows.weight.data();
    const std::uint32_t* const slot = block.slot_of_term();
    const Units* const table = block.table();

    const AllLanes genre_part = load(genre.data());
    const AllLanes text_reach = load(block.text_reach().data());
    for (const Profiles::Group& group : groups) {
        const AllLanes base = with_classes(genre_part, index.profiles.classes_of(group.begin), block);
        AllLanes below = just_below(block.limit());
        if (!any_reaches(sum(base, text_reach), below)) {
            continue;
        }
        for (std::uint32_t profile = group.begin; profile < group.end; ++profile) {
            AllLanes scores = base;
            for (std::size_t i = start[profile]; i < start[profile + 1]; ++i) {
                const Vector w = hn::Set(tag, weight[i]);
                const Units* const term = table + slot[column[i]];
                for (std::size_t p = 0; p < parts; ++p) {
                    scores[p] =
                        hn::SaturatedAdd(scores[p], hn::MulFixedPoint15(w, hn::Load(tag, term + p * width)));
                }
            }
            if (HWY_UNLIKELY(any_reaches(scores, below))) {
                keep(profile, scores, base, below, block);
                below = just_below(block.limit());
            }
        }
        block.end_group();
    }
}

void scan_text_sums(const ScanIndex& index, std::uint32_t begin, std::span<LaneUnits> text,
                    const LaneUnits& genre, QueryBlock& block) {
    const AllLanes genre_part = load(genre.data());
    const AllLanes reach = sum(genre_part, load(block.class_reach().data()));
    AllLanes below = just_below(block.limit());
    AllLanes text_below = difference(below, reach);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto profile = begin + static_cast<std::uint32_t>(i);
        if (HWY_UNLIKELY(block.ties_seen()) && !index.profiles.same_group(profile, profile - 1)) {
            block.end_group();
            below = just_below(block.limit());
            text_below = difference(below, reach);
        }
        const AllLanes text_part = load(text[i].data());
        clear(text[i]);
        if (!any_reaches(text_part, text_below)) {
            continue;
        }
        const AllLanes base = with_classes(genre_part, index.profiles.classes_of(profile), block);
        const AllLanes scores = sum(base, text_part);
        if (HWY_UNLIKELY(any_reaches(scores, below))) {
            keep(profile, scores, base, below, block);
            below = just_below(block.limit());
            text_below = difference(below, reach);
        }
    }
    block.end_group();
}

const FixedIndex::Posting* add_to_all_lanes(const FixedIndex::Posting* at, const LaneUnits& weights,
                                            std::size_t first, std::size_t last, std::span<LaneUnits> sums) {
    const AllLanes query = load(weights.data());
    for (; at->profile < last; ++at) {
        Units* const to = sums[at->profile - first].data();
        const Vector weight = hn::Set(tag, at->weight);
        for (std::size_t p = 0; p < parts; ++p) {
            const Vector total =
                hn::Add(hn::Load(tag, to + p * width), hn::MulFixedPoint15(weight, query[p]));
            hn::Store(total, tag, to + p * width);
        }
    }
    return at;
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace bingefriend
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace bingefriend {

HWY_EXPORT(scan_groups);
HWY_EXPORT(scan_text_sums);
HWY_EXPORT(add_to_all_lanes);

void scan(const ScanIndex& index, std::span<const Profiles::Group> groups, const LaneUnits& genre,
          QueryBlock& block) {
    HWY_DYNAMIC_DISPATCH(scan_groups)(index, groups, genre, block);
}

void scan_sums(const ScanIndex& index, std::uint32_t begin, std::span<LaneUnits> text, const LaneUnits& genre,
               QueryBlock& block) {
    HWY_DYNAMIC_DISPATCH(scan_text_sums)(index, begin, text, genre, block);
}

const FixedIndex::Posting* add_postings(const FixedIndex::Posting* at, const LaneUnits& weights,
                                        std::size_t first, std::size_t last, std::span<LaneUnits> sums) {
    return HWY_DYNAMIC_DISPATCH(add_to_all_lanes)(at, weights, first, last, sums);
}

std::vector<std::string> instruction_sets() {
    std::vector<std::string> names;
    for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
        names.emplace_back(hwy::TargetName(target));
    }
    return names;
}

void use_instruction_set(std::string_view name) {
    if (name.empty()) {
        hwy::GetChosenTarget().DeInit();
        return;
    }
    for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
        if (hwy::TargetName(target) == name) {
            hwy::GetChosenTarget().Update(target);
            return;
        }
    }
    throw std::invalid_argument("this processor or this build has no instruction set " + std::string(name));
}

}  // namespace bingefriend
#endif
