// Every setting that the environment or local.settings.json can give.  The program reads no other: a key
// that does not stand here does not compile where it is read.
#pragma once

#include <array>
#include <string_view>

namespace bingefriend {

// Which program of a deployment is given the setting.
enum class ReadBy { pipeline, serve, both };

enum class SettingKind {
    plain,
    url,        // may hold a password: shown without it
    secret,     // never shown; a deployment keeps it as a secret
    from_host,  // set by what the program runs under; no deployment sets it
};

// What its value is; a list has commas between its parts, and may be an array in local.settings.json.
enum class SettingType { text, number, boolean, list, any };

struct Setting {
    std::string_view key;
    std::string_view fallback;  // empty: none
    ReadBy read_by = ReadBy::both;
    SettingKind kind = SettingKind::plain;
    std::string_view meaning;  // one line, for people
    SettingType type = SettingType::text;
};

inline constexpr auto setting_table = std::to_array<Setting>({
    {"DATABASE_URL", "sqlite:///data/recommendations.db", ReadBy::both, SettingKind::secret,
     "the database: sqlite:///relative/path, sqlite:////absolute/path or "
     "mysql://user:password@host:port/database"},
    {"SHOW_SERVICE_URL", "", ReadBy::pipeline, SettingKind::url,
     "base URL of the show service, with or without /api"},
    {"SEASON_SERVICE_URL", "", ReadBy::pipeline, SettingKind::url,
     "base URL of the season service, for --with-seasons"},
    {"TVMAZE_URL", "https://api.tvmaze.com", ReadBy::pipeline, SettingKind::url,
     "TVmaze's API or a mirror of it, for --source tvmaze"},
    {"TVMAZE_CALLS_PER_10_S", "20", ReadBy::pipeline, SettingKind::plain, "calls to TVmaze in any 10 s",
     SettingType::number},
    {"FETCH_IN_FLIGHT", "4", ReadBy::pipeline, SettingKind::plain, "requests at the same time",
     SettingType::number},
    {"FETCH_ATTEMPTS", "5", ReadBy::pipeline, SettingKind::plain,
     "how often a request that fails is made in all", SettingType::number},
    {"FETCH_FIRST_PAUSE_MS", "500", ReadBy::pipeline, SettingKind::plain,
     "the pause after the first failure; doubles with every one", SettingType::number},
    {"FETCH_LONGEST_PAUSE_MS", "30000", ReadBy::pipeline, SettingKind::plain,
     "the longest pause, unless the service asks for a longer one", SettingType::number},
    {"FETCH_CONNECT_TIMEOUT_MS", "10000", ReadBy::pipeline, SettingKind::plain,
     "how long a connection may take", SettingType::number},
    {"FETCH_STALL_TIMEOUT_MS", "30000", ReadBy::pipeline, SettingKind::plain,
     "how long an answer may stand still", SettingType::number},
    {"FETCH_TOTAL_TIMEOUT_MS", "300000", ReadBy::pipeline, SettingKind::plain,
     "how long one answer may take in all", SettingType::number},
    {"FETCH_MAX_ANSWER_BYTES", "67108864", ReadBy::pipeline, SettingKind::plain,
     "the largest answer that is taken, unpacked", SettingType::number},
    {"FETCH_RESUME_HOURS", "24", ReadBy::pipeline, SettingKind::plain,
     "an unfinished fetch that is older is begun anew", SettingType::number},
    {"USE_BLOB_STORAGE", "", ReadBy::pipeline, SettingKind::plain,
     "true: a pipeline uploads its features; default: true where a connection string is set",
     SettingType::boolean},
    {"AZURE_STORAGE_CONNECTION_STRING", "", ReadBy::pipeline, SettingKind::secret,
     "the storage account: with an account key, a shared access signature, or neither (managed identity)"},
    {"STORAGE_CONTAINER_NAME", "recommendation-data", ReadBy::pipeline, SettingKind::plain,
     "the blob container of the feature files"},
    {"AZURE_CLIENT_ID", "", ReadBy::pipeline, SettingKind::plain,
     "client id of a user-assigned managed identity; none: the machine's own"},
    {"AZURE_POD_IDENTITY_AUTHORITY_HOST", "http://169.254.169.254", ReadBy::pipeline, SettingKind::url,
     "where the instance metadata service gives tokens of managed identities"},
    {"GATE_MIN_SHOWS", "0.9", ReadBy::pipeline, SettingKind::plain,
     "refuse to publish fewer shows than this share of those published", SettingType::number},
    {"GATE_MAX_FALL", "0.05", ReadBy::pipeline, SettingKind::plain,
     "refuse where the share of shows with genres, a summary or recommendations falls by more",
     SettingType::number},
    {"GATE_MIN_OVERLAP", "0.5", ReadBy::pipeline, SettingKind::plain,
     "refuse where the lists overlap with those published by less", SettingType::number},
    {"PIPELINE_NOTIFICATION_EMAIL", "", ReadBy::pipeline, SettingKind::plain,
     "who gets the report of a run by e-mail, addresses with commas between them", SettingType::list},
    {"SMTP_URL", "", ReadBy::pipeline, SettingKind::secret,
     "the mail server: smtps://user:password@host or smtp://user:password@host:587"},
    {"SMTP_FROM", "", ReadBy::pipeline, SettingKind::plain,
     "the sender of the report; without it the first recipient"},
    {"NOTIFY_WEBHOOK_URL", "", ReadBy::pipeline, SettingKind::secret, "where the report of a run is posted"},
    {"NOTIFY_WEBHOOK_SECRET", "", ReadBy::pipeline, SettingKind::secret, "signs what is posted there"},
    {"SSL_CERT_FILE", "", ReadBy::pipeline, SettingKind::plain,
     "certificates that mail server and webhook are trusted by, PEM; without it the system's"},
    {"ALLOWED_ORIGINS", "", ReadBy::serve, SettingKind::plain,
     "CORS origins, a JSON array or a list with commas", SettingType::list},
    {"PORT", "8080", ReadBy::serve, SettingKind::plain, "the port of serve", SettingType::number},
    {"FUNCTIONS_CUSTOMHANDLER_PORT", "", ReadBy::serve, SettingKind::from_host,
     "the port of serve, set by the Azure Functions host; wins over PORT", SettingType::number},
    {"API_KEY", "", ReadBy::serve, SettingKind::secret,
     "the key that stats, metrics, generations, distribution and runs ask for; none: see ADMIN_OPEN"},
    {"ADMIN_OPEN", "false", ReadBy::serve, SettingKind::plain,
     "true: what API_KEY guards needs no key if none is set; false: only if serve listens on loopback",
     SettingType::boolean},
    {"ACCESS_LOG", "off", ReadBy::serve, SettingKind::plain,
     "a line a request on the standard output: off, text or json"},
    {"ANSWER_CACHE_MB", "4", ReadBy::serve, SettingKind::plain,
     "memory for answers that are kept, in MiB; 0: none", SettingType::number},
    {"SHOW_CACHE_MB", "24", ReadBy::serve, SettingKind::plain,
     "memory for what lists tell of shows, in MiB; 0: it is read for each answer", SettingType::number},
    {"CACHE_MAX_AGE", "60", ReadBy::serve, SettingKind::plain,
     "seconds that a client may keep an answer without asking again", SettingType::number},
    {"DATABASE_THREADS", "", ReadBy::serve, SettingKind::plain,
     "threads that wait for the database; 0: those of the network do; default 4, SQLite 0",
     SettingType::number},
    {"COMPUTE_THREADS", "1", ReadBy::serve, SettingKind::plain,
     "threads for computed answers (search, queries, pages of shows), at low priority", SettingType::number},
    {"COMPUTE_QUEUE", "64", ReadBy::serve, SettingKind::plain,
     "computed answers that may wait for their threads; further ones are 503", SettingType::number},
    {"MAX_CONNECTIONS", "4096", ReadBy::serve, SettingKind::plain, "connections at once",
     SettingType::number},
    {"MAX_CONNECTIONS_PER_ADDRESS", "2048", ReadBy::serve, SettingKind::plain,
     "connections at once of an address", SettingType::number},
    {"RATE_LIMIT", "0", ReadBy::serve, SettingKind::plain, "requests a second of an address; 0: no limit",
     SettingType::number},
    {"RATE_LIMIT_BURST", "0", ReadBy::serve, SettingKind::plain,
     "requests that an address may make at once; 0: two seconds' worth", SettingType::number},
    {"TRUSTED_PROXIES", "", ReadBy::serve, SettingKind::plain,
     "addresses and networks whose X-Forwarded-For is believed, with commas", SettingType::list},
    {"REQUEST_TIMEOUT", "10", ReadBy::serve, SettingKind::plain, "seconds for a request to arrive whole",
     SettingType::number},
    {"IDLE_TIMEOUT", "60", ReadBy::serve, SettingKind::plain,
     "seconds that a connection may idle between requests", SettingType::number},
    {"SHUTDOWN_TIMEOUT", "10", ReadBy::serve, SettingKind::plain,
     "seconds for requests under way when the server is told to stop", SettingType::number},
});

[[nodiscard]] constexpr bool may_hold_secret(const Setting& setting) {
    return setting.kind == SettingKind::secret || setting.kind == SettingKind::url;
}

// Not constexpr on purpose: their names are what the compiler says of a key that cannot be read so.
inline void this_key_is_missing_from_setting_table() {}
inline void this_key_may_hold_a_secret_and_is_read_with_secret() {}
inline void this_key_holds_no_secret_and_is_read_with_value() {}

consteval const Setting& setting_named(std::string_view key) {
    for (const Setting& setting : setting_table) {
        if (setting.key == key) {
            return setting;
        }
    }
    this_key_is_missing_from_setting_table();
    return setting_table.front();
}

// A key of the table whose value may be shown, looked up while compiling.
class SettingKey {
  public:
    // Implicit, so that a key reads as the text it is: value("PORT").
    consteval SettingKey(const char* key) : setting_(&setting_named(key)) {
        if (may_hold_secret(*setting_)) {
            this_key_may_hold_a_secret_and_is_read_with_secret();
        }
    }

    [[nodiscard]] constexpr const Setting& setting() const { return *setting_; }

  private:
    const Setting* setting_;
};

// The same for a key whose value may hold a secret: secret("API_KEY").
class SecretKey {
  public:
    consteval SecretKey(const char* key) : setting_(&setting_named(key)) {
        if (!may_hold_secret(*setting_)) {
            this_key_holds_no_secret_and_is_read_with_value();
        }
    }

    [[nodiscard]] constexpr const Setting& setting() const { return *setting_; }

  private:
    const Setting* setting_;
};

}  // namespace bingefriend
