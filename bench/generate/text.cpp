#include "bench/generate/text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <numeric>
#include <string_view>

namespace bingefriend::bench {
namespace {

constexpr std::size_t vocabulary = 80'000;
constexpr std::size_t head = 4'000;   // words that genres and themes may prefer
constexpr std::size_t themes = 8;     // per genre
constexpr double genre_favour = 2.2;  // deviation of the logarithm of the preference
constexpr double theme_favour = 2.0;
constexpr double genre_chance = .55;
constexpr double theme_chance = .20;
constexpr double again_chance = .08;
constexpr std::size_t paired = 60;  // words with a frequent successor
constexpr double pair_chance = .2;
constexpr double function_word_chance = .45;

constexpr std::array<std::string_view, 24> function_words{
    "the", "of", "and", "a",  "to",   "in",  "is", "his", "with",  "that", "for", "as",
    "her", "by", "on",  "he", "from", "are", "an", "it",  "their", "at",   "she", "who"};

// Word frequency by rank: a flat head and, from rank 1,500, a steep tail.
double frequency(std::size_t rank) {
    constexpr double bend = 1'500;
    const double r = static_cast<double>(rank) + 1;
    const double at_bend = std::pow(bend + 6.7, -.6);
    return r < bend ? std::pow(r + 6.7, -.6) : at_bend * std::pow(r / bend, -1.45);
}

std::vector<double> frequencies(std::size_t begin, std::size_t end) {
    std::vector<double> result;
    for (std::size_t rank = begin; rank < end; ++rank) {
        result.push_back(frequency(rank));
    }
    return result;
}

Dice favouring(std::span<const double> words, double deviation, Random& random) {
    std::vector<double> weights(words.begin(), words.end());
    for (std::size_t i = 0; i + 1 < weights.size(); ++i) {
        weights[i] *= std::exp(deviation * random.normal() - deviation * deviation / 2);
    }
    return Dice(weights);
}

void capitalise(std::string& word) {
    word.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(word.front())));
}

}  // namespace

std::string spelled(std::size_t rank) {
    constexpr std::string_view consonants = "bdfgklmnprstvz";
    constexpr std::string_view vowels = "aeiou";
    std::string word;
    for (std::size_t rest = rank + 70; rest > 0; rest /= 70) {  // at least two syllables
        word += consonants[rest % 70 / 5];
        word += vowels[rest % 5];
    }
    return word + 'x';  // not a stop word in any language
}

Texts::Texts(const Profile& profile, std::uint64_t seed)
    : stock_text_share_(profile.stock_text_share),
      log_median_(std::log(profile.median_words)),
      spread_(profile.word_spread),
      stock_words_(profile.stock_words),
      common_(frequencies(0, vocabulary)),
      tail_(frequencies(head, vocabulary)) {
    Random random(seed ^ 0x7E47u);
    std::vector<double> words = frequencies(0, head);
    const std::vector<double> rest = frequencies(head, vocabulary);
    words.push_back(std::accumulate(rest.begin(), rest.end(), 0.0));
    for (std::size_t genre = 0; genre < profile.genres.size(); ++genre) {
        genre_words_.push_back(favouring(words, genre_favour, random));
        for (std::size_t theme = 0; theme < themes; ++theme) {
            theme_words_.push_back(favouring(words, theme_favour, random));
        }
    }
    for (std::size_t i = 0; i < 40; ++i) {
        stock_texts_.push_back("<p>A " + spelled(common_.roll(random)) + " by " +
                               spelled(common_.roll(random)) + ".</p>");
    }
}

std::size_t Texts::drawn_word(const Dice* genre, const Dice* theme, std::span<const std::size_t> used,
                              Random& random) const {
    if (!used.empty() && used.back() < paired && random.chance(pair_chance)) {
        return used.back() + paired;
    }
    if (!used.empty() && random.chance(again_chance)) {
        return used[random.below(used.size())];
    }
    const double kind = random.uniform();
    const Dice* favoured = kind < genre_chance ? genre : kind < genre_chance + theme_chance ? theme : nullptr;
    if (favoured == nullptr) {
        return common_.roll(random);
    }
    const std::size_t word = favoured->roll(random);
    return word < head ? word : head + tail_.roll(random);
}

std::string Texts::summary(std::span<const std::uint32_t> genres, Random& random) const {
    if (random.chance(stock_text_share_)) {
        return stock_texts_[random.below(stock_texts_.size())];
    }
    const double length = std::exp(log_median_ + spread_ * random.normal());
    const auto words = static_cast<std::size_t>(std::clamp(length, 1.0, 550.0));
    const Dice* theme = nullptr;
    if (!genres.empty()) {
        theme = &theme_words_[genres[random.below(genres.size())] * themes + random.below(themes)];
    }
    std::vector<std::size_t> used;
    std::string text = "<p>";
    const auto add = [&](std::string word, bool first, bool last) {
        if (first) {
            capitalise(word);
        }
        text += word;
        text += last ? "." : " ";
    };
    for (std::size_t i = 0; i < words; ++i) {
        const bool first = i % 14 == 0;
        const bool last = i % 14 == 13 || i + 1 == words;
        if (last && i % 14 == 13 && i + 1 < words) {
            add(spelled(common_.roll(random)), false, true);
            text += ' ';
            continue;
        }
        if (words > 3 && random.chance(function_word_chance)) {
            add(std::string(function_words[random.below(function_words.size())]), first, last);
        } else {
            const Dice* genre = genres.empty() ? nullptr : &genre_words_[genres[random.below(genres.size())]];
            used.push_back(drawn_word(genre, theme, used, random));
            add(spelled(used.back()), first, last);
        }
    }
    for (const Share& stock : stock_words_) {
        if (random.chance(stock.share)) {
            text += ' ';
            text += stock.name;
        }
    }
    return text + "</p>";
}

std::string Texts::title(Random& random) const {
    std::string result;
    for (std::size_t words = 1 + random.below(3); words > 0; --words) {
        std::string word = spelled(common_.roll(random));
        capitalise(word);
        result += (result.empty() ? "" : " ") + word;
    }
    return result;
}

}  // namespace bingefriend::bench
