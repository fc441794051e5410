// The name of a show -> its franchise.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace bingefriend {

// The key of the franchise that a name belongs to: equal for instalments of one franchise, and for shows of
// the same name.  It is made of the folded words (name_words) before a subtitle or brackets, without "the"
// and "a" in front, without "and", and without what counts seasons at the end: "CSI: Miami" and "CSI: NY" are
// "csi"; "Overlord III", "Overlord (2015)" and "Overlord 2nd Season" are "overlord".  Never empty if the name
// has words.
//
// It sees nothing but the name: "Frasier" and "Cheers" differ, two unrelated shows called "Legacy" do not.
[[nodiscard]] std::string franchise_key(std::string_view name);

// Numbers the franchises of names: equal numbers for equal keys.
class FranchiseNumbers {
  public:
    [[nodiscard]] std::uint32_t of(std::string_view name);

    // How many franchises there are so far.
    [[nodiscard]] std::size_t size() const noexcept { return numbers_.size(); }

  private:
    std::unordered_map<std::string, std::uint32_t> numbers_;
};

}  // namespace bingefriend
