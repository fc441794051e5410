#include "console/log.hpp"

#include <spdlog/formatter.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/display_text.hpp"
#include "base/times.hpp"
#include "console/standard_output.hpp"

namespace bingefriend {
namespace {

// Global, like the default logger of spdlog.
LogFormat format_of_log = LogFormat::text;
bool quiet_log = false;

// Fields of the line that this thread is writing.
thread_local const nlohmann::json* fields_of_line = nullptr;

std::string name_of(spdlog::level::level_enum level) {
    const auto name = spdlog::level::to_string_view(level);
    return {name.data(), name.size()};
}

class JsonFormatter final : public spdlog::formatter {
  public:
    void format(const spdlog::details::log_msg& line, spdlog::memory_buf_t& to) override {
        nlohmann::ordered_json json;
        json["time"] = iso_time_with_milliseconds(line.time);
        json["level"] = name_of(line.level);
        json["message"] = std::string(line.payload.data(), line.payload.size());
        if (fields_of_line != nullptr) {
            for (const auto& [key, value] : fields_of_line->items()) {
                json[key] = value;
            }
        }
        const std::string text =
            display_json(json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)) + '\n';
        to.append(text.data(), text.data() + text.size());
    }
    [[nodiscard]] std::unique_ptr<spdlog::formatter> clone() const override {
        return std::make_unique<JsonFormatter>();
    }
};

// One line per event, whatever its message contains.
class TextFormatter final : public spdlog::formatter {
  public:
    void format(const spdlog::details::log_msg& line, spdlog::memory_buf_t& to) override {
        const std::string message = display_text({line.payload.data(), line.payload.size()});
        spdlog::details::log_msg shown = line;
        shown.payload = message;
        pattern_.format(shown, to);
    }
    [[nodiscard]] std::unique_ptr<spdlog::formatter> clone() const override {
        return std::make_unique<TextFormatter>();
    }

  private:
    spdlog::pattern_formatter pattern_{"%Y-%m-%dT%H:%M:%S.%e%z %l %v"};
};

}  // namespace

void set_up_log(LogFormat format, bool quiet) {
    format_of_log = format;
    quiet_log = quiet;
    spdlog::set_default_logger(
        std::make_shared<spdlog::logger>("bingefriend", std::make_shared<spdlog::sinks::stderr_sink_mt>()));
    if (format == LogFormat::json) {
        spdlog::set_formatter(std::make_unique<JsonFormatter>());
    } else {
        spdlog::set_formatter(std::make_unique<TextFormatter>());
    }
    spdlog::set_level(quiet ? spdlog::level::warn : spdlog::level::info);
}

LogFormat log_format() {
    return format_of_log;
}

bool log_is_quiet() {
    return quiet_log;
}

void log_line(const std::string& message, const nlohmann::json& fields) {
    fields_of_line = &fields;
    spdlog::info("{}", message);
    fields_of_line = nullptr;
}

void print_status(const std::string& line) {
    if (log_format() == LogFormat::json) {
        spdlog::info("{}", line);
    } else if (!log_is_quiet()) {
        print("{}\n", line);
        flush_output();
    }
}

void log_failure(const std::string& message) {
    if (log_format() == LogFormat::json) {
        spdlog::error("{}", message);
    } else {
        flush_output();
        std::fprintf(stderr, "bingefriend: %s\n", display_text(message).c_str());
    }
}

}  // namespace bingefriend
