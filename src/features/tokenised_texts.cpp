#include "features/tokenised_texts.hpp"

#include <list>
#include <mutex>
#include <optional>

#include "base/parallel.hpp"
#include "features/stop_words.hpp"
#include "features/tokens.hpp"
#include "features/word_breaks.hpp"

namespace bingefriend {
namespace {

// What one thread reads, with numbers of its own.
struct WorkerTexts {
    std::uint32_t number = 0;
    WordTable words;
    std::vector<bool> stop;  // by word
    std::vector<WordId> tokens;
    std::optional<WordBreaker> breaker;

    void read(std::string_view text, std::size_t times) {
        const std::size_t begin = tokens.size();
        read(text);
        const std::size_t end = tokens.size();
        for (; times > 1; --times) {
            separate();
            for (std::size_t i = begin; i < end; ++i) {
                tokens.push_back(tokens[i]);
            }
        }
    }
    void separate() {
        const WordId id = words.number("");
        stop.resize(words.size());
        tokens.push_back(id);
    }

  private:
    void read(std::string_view text) {
        if (breaker && !is_ascii(text)) {
            breaker->split(
                text, [this](std::string_view word) { add(word); },
                [this](std::string_view rest) { read_words(rest); });
        } else {
            read_words(text);
        }
    }
    void read_words(std::string_view text) {
        for_each_token(normalised_text(text), [this](std::string_view token) { add(token); });
    }
    void add(std::string_view token) {
        const WordId id = words.number(token);
        if (id == stop.size()) {
            stop.push_back(is_stop_word(token));
        }
        if (!stop[id]) {
            tokens.push_back(id);
        }
    }
};

// The numbers that all parts share.
void renumber(WorkerTexts& part, WordTable& words) {
    std::vector<WordId> shared;
    shared.reserve(part.words.size());
    for (WordId id = 0; id < part.words.size(); ++id) {
        shared.push_back(words.number(part.words.word(id)));
    }
    for (WordId& token : part.tokens) {
        token = shared[token];
    }
}

}  // namespace

TokenisedTexts tokenised(const std::vector<TextField>& fields, bool word_breaks, std::size_t threads,
                         const Progress& progress) {
    TokenisedTexts result;
    result.pieces.resize(fields.empty() ? 0 : fields.front().texts.size());
    std::list<WorkerTexts> parts;
    std::mutex mutex;  // guards parts
    in_parallel(result.size(), threads, progress, [&] {
        const std::lock_guard lock(mutex);
        WorkerTexts& part = parts.emplace_back();
        part.number = static_cast<std::uint32_t>(parts.size() - 1);
        if (word_breaks) {
            part.breaker.emplace();
        }
        return [&](std::size_t begin, std::size_t end) {
            for (std::size_t text = begin; text < end; ++text) {
                const std::size_t start = part.tokens.size();
                for (const TextField& field : fields) {
                    if (field.times > 0) {
                        if (part.tokens.size() > start) {
                            part.separate();
                        }
                        part.read(field.texts[text], field.times);
                    }
                }
                result.pieces[text] = {part.number, static_cast<std::uint32_t>(part.tokens.size() - start),
                                       start};
            }
        };
    });
    for (WorkerTexts& part : parts) {
        if (result.parts.empty()) {
            result.words = std::move(part.words);
        } else {
            renumber(part, result.words);
        }
        result.parts.push_back(std::move(part.tokens));
    }
    return result;
}

}  // namespace bingefriend
