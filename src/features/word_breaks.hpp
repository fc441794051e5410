// The words of scripts that put no spaces between them, such as Chinese, Japanese and Thai.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

namespace bingefriend {

// Splits by the dictionaries of ICU.  For one thread.
class WordBreaker {
  public:
    // Throws std::runtime_error if ICU has no data.
    WordBreaker();
    WordBreaker(WordBreaker&&) noexcept;
    WordBreaker& operator=(WordBreaker&&) noexcept;
    ~WordBreaker();

    // Visits the words of two or more characters in runs of these scripts, in NFC, and the text between the
    // runs as it is, all in order.
    void split(std::string_view text, const std::function<void(std::string_view word)>& visit_word,
               const std::function<void(std::string_view rest)>& visit_rest);

  private:
    struct Icu;
    std::unique_ptr<Icu> icu_;
};

}  // namespace bingefriend
