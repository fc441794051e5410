#include "kernel/selection.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernel/selection.cpp"
#include <hwy/foreach_target.h>
// After foreach_target.h, which includes this file again for each target.
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace bingefriend {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

constexpr hn::CappedTag<Units, lanes> units_tag;
constexpr std::size_t units_width = hn::MaxLanes(units_tag);  // of a vector

std::size_t count_at_least(std::span<const Units> values, Units least) {
    const auto below = hn::Set(units_tag, static_cast<Units>(least - 1));
    std::size_t count = 0;
    std::size_t i = 0;
    for (; i + units_width <= values.size(); i += units_width) {
        count += hn::CountTrue(units_tag, hn::Gt(hn::LoadU(units_tag, values.data() + i), below));
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
    const auto below = hn::Set(units_tag, static_cast<Units>(least - 1));
    std::size_t i = 0;
    const auto take = [&](std::size_t place) {
        if (values[place] >= least) {
            places.push_back(static_cast<std::uint32_t>(place));
            taken.push_back(values[place]);
        }
        values[place] = 0;
    };
    for (; i + units_width <= values.size(); i += units_width) {
        if (HWY_LIKELY(hn::AllFalse(units_tag, hn::Gt(hn::LoadU(units_tag, values.data() + i), below)))) {
            hn::StoreU(hn::Zero(units_tag), units_tag, values.data() + i);
            continue;
        }
        for (std::size_t place = i; place < i + units_width; ++place) {
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

HWY_EXPORT(nth_largest_of);
HWY_EXPORT(take_all_at_least);

Units nth_largest(std::span<const Units> values, std::size_t n) {
    return HWY_DYNAMIC_DISPATCH(nth_largest_of)(values, n);
}

void take_at_least(std::span<Units> values, Units least, std::vector<std::uint32_t>& places,
                   std::vector<Units>& taken) {
    HWY_DYNAMIC_DISPATCH(take_all_at_least)(values, least, places, taken);
}

}  // namespace bingefriend
#endif
