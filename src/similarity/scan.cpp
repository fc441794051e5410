#include "similarity/scan.hpp"

#include <array>
#include <bit>
#include <stdexcept>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "similarity/scan.cpp"
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
        AllLanes base = genre_part;
        const auto classes = index.profiles.kinds.classes_of(group.kind);
        for (std::size_t p = 0; p < classes.size(); ++p) {
            base = sum(base, load(block.class_part(p, classes[p]).data()));
        }
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
                LaneUnits score_units;
                LaneUnits base_units;
                store(scores, score_units);
                store(base, base_units);
                block.keep(profile, which_reach(scores, below), score_units, base_units);
                below = just_below(block.limit());
            }
        }
        block.end_group();
    }
}

std::size_t count_at_least(std::span<const Units> values, Units least) {
    const Vector below = hn::Set(tag, static_cast<Units>(least - 1));
    std::size_t count = 0;
    std::size_t i = 0;
    for (; i + width <= values.size(); i += width) {
        count += hn::CountTrue(tag, hn::Gt(hn::LoadU(tag, values.data() + i), below));
    }
    for (; i < values.size(); ++i) {
        count += values[i] >= least ? 1 : 0;
    }
    return count;
}

// Finds the greatest value that n values reach, bit by bit.
Units nth_largest_of(std::span<const Units> values, std::size_t n) {
    int found = 0;
    for (int bit = 1 << 14; bit != 0; bit >>= 1) {
        if (count_at_least(values, static_cast<Units>(found | bit)) >= n) {
            found |= bit;
        }
    }
    return static_cast<Units>(found);
}

void take_all_at_least(std::span<Units> values, Units least, std::vector<std::uint32_t>& places,
                       std::vector<Units>& taken) {
    const Vector below = hn::Set(tag, static_cast<Units>(least - 1));
    std::size_t i = 0;
    const auto take = [&](std::size_t place) {
        if (values[place] >= least) {
            places.push_back(static_cast<std::uint32_t>(place));
            taken.push_back(values[place]);
        }
        values[place] = 0;
    };
    for (; i + width <= values.size(); i += width) {
        if (HWY_LIKELY(hn::AllFalse(tag, hn::Gt(hn::LoadU(tag, values.data() + i), below)))) {
            hn::StoreU(hn::Zero(tag), tag, values.data() + i);
            continue;
        }
        for (std::size_t place = i; place < i + width; ++place) {
            take(place);
        }
    }
    for (; i < values.size(); ++i) {
        take(i);
    }
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace bingefriend
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace bingefriend {

HWY_EXPORT(scan_groups);
HWY_EXPORT(nth_largest_of);
HWY_EXPORT(take_all_at_least);

void scan(const ScanIndex& index, std::span<const Profiles::Group> groups, const LaneUnits& genre,
          QueryBlock& block) {
    HWY_DYNAMIC_DISPATCH(scan_groups)(index, groups, genre, block);
}

Units nth_largest(std::span<const Units> values, std::size_t n) {
    return HWY_DYNAMIC_DISPATCH(nth_largest_of)(values, n);
}

void take_at_least(std::span<Units> values, Units least, std::vector<std::uint32_t>& places,
                   std::vector<Units>& taken) {
    HWY_DYNAMIC_DISPATCH(take_all_at_least)(values, least, places, taken);
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
