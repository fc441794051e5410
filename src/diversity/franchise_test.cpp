#include "diversity/franchise.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace bingefriend {
namespace {

TEST(FranchiseKey, is_the_same_for_instalments_of_a_franchise) {
    const std::vector<std::pair<const char*, std::vector<const char*>>> franchises{
        {"csi", {"CSI: Miami", "CSI: NY", "CSI: Vegas", "CSI: Crime Scene Investigation", "CSI"}},
        {"star trek", {"Star Trek", "Star Trek: Voyager", "Star Trek: The Next Generation"}},
        {"law order", {"Law & Order", "Law & Order: SVU", "Law and Order: UK"}},
        {"naruto", {"Naruto", "Naruto: Shippuuden", "NARUTO (2002)", "Naruto OVA"}},
        {"walking dead", {"The Walking Dead", "The Walking Dead: Daryl Dixon", "Walking Dead"}},
        {"overlord", {"Overlord", "Overlord II", "Overlord IV", "Overlord 2nd Season", "Overlord Season 3"}},
        {"attack on titan",
         {"Attack on Titan", "Attack on Titan: The Final Season", "Attack on Titan The Final Season Part 2",
          "Attack on Titan Season 3 Part 2"}},
        {"battlestar galactica", {"Battlestar Galactica", "Battlestar Galactica (2003)"}},
        {"ghosts", {"Ghosts", "Ghosts (US)", "Ghosts [UK]"}},
        {"9 1 1", {"9-1-1", "9-1-1: Lone Star"}},
        {"24", {"24", "24: Legacy"}},
        {"pokemon", {"Pok\u00e9mon", "Pokemon: Indigo League", "Pok\u00e9mon - Journeys"}},
        {"eurovision song contest", {"Eurovision Song Contest 2019", "Eurovision Song Contest 2024"}},
        {"mob psycho 100", {"Mob Psycho 100", "Mob Psycho 100 II", "Mob Psycho 100: Reigen"}},
        {"gintama", {"Gintama", "Gintama. (2017)", "Gintama Second Season"}},
        {"\u540d\u63a2\u5075", {"\u540d\u63a2\u5075\uff1a\u7d05", "\u540d\u63a2\u5075"}},
    };
    for (const auto& [key, names] : franchises) {
        for (const char* name : names) {
            EXPECT_EQ(franchise_key(name), key) << name;
        }
    }
}

TEST(FranchiseKey, keeps_what_belongs_to_the_name) {
    for (const auto& [name, key] : std::vector<std::pair<const char*, const char*>>{
             {"Breaking Bad", "breaking bad"},
             {"Warehouse 51", "warehouse 51"},
             {"Mob Psycho 100", "mob psycho 100"},
             {"1883", "1883"},
             {"3", "3"},
             {"XIII", "xiii"},
             {"The A", "a"},
             {"A", "a"},
             {"The", "the"},
             {"This Is Us", "this is us"},
             {"Malcolm X", "malcolm x"},
             {"Re:Zero", "re zero"},
             {"Spider-Man", "spider man"},
             {"(Un)Well", "un well"},
             {": Start", "start"},
             {"Part 2", "part 2"},
             {"Four Seasons", "four seasons"},
             {"Love and Order", "love order"},
             {"???", "???"},
             {"", ""},
         }) {
        EXPECT_EQ(franchise_key(name), key) << name;
    }
}

TEST(FranchiseKey, cannot_know_franchises_that_names_do_not_show) {
    EXPECT_NE(franchise_key("Stargate SG-1"), franchise_key("Stargate Atlantis"));
    EXPECT_NE(franchise_key("Fear the Walking Dead"), franchise_key("The Walking Dead"));
    EXPECT_EQ(franchise_key("Legacy (2013)"), franchise_key("Legacy (2023)")) << "perhaps unrelated";
}

TEST(FranchiseNumbers, are_equal_for_equal_keys) {
    FranchiseNumbers numbers;
    const std::uint32_t csi = numbers.of("CSI: Miami");
    EXPECT_NE(numbers.of("NCIS"), csi);
    EXPECT_EQ(numbers.of("CSI: NY"), csi);
}

}  // namespace
}  // namespace bingefriend
