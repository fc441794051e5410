// Every setting of the environment or local.settings.json. Reading a key that is not in this table does not
// compile.
#pragma once

#include <array>
#include <string_view>

namespace bingefriend {

// Which program of a deployment gets the setting.
enum class ReadBy { pipeline, serve, both };

enum class SettingKind {
    plain,
    url,        // may hold a password: shown without it
    secret,     // never shown; a deployment keeps it as a secret
    from_host,  // set by the host of the program; no deployment sets it
};

// A list is comma-separated, or an array in local.settings.json.
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
     "the TVmaze API or a mirror, for --source tvmaze"},
    {"TVMAZE_CALLS_PER_10_S", "20", ReadBy::pipeline, SettingKind::plain, "calls to TVmaze in any 10 s",
     SettingType::number},
    {"FETCH_IN_FLIGHT", "4", ReadBy::pipeline, SettingKind::plain, "parallel requests", SettingType::number},
    {"FETCH_ATTEMPTS", "5", ReadBy::pipeline, SettingKind::plain, "attempts per request in all",
     SettingType::number},
    {"FETCH_FIRST_PAUSE_MS", "500", ReadBy::pipeline, SettingKind::plain,
     "pause after the first failure; doubles with each failure", SettingType::number},
    {"FETCH_LONGEST_PAUSE_MS", "30000", ReadBy::pipeline, SettingKind::plain,
     "maximum pause, unless the service asks for a longer one", SettingType::number},
    {"FETCH_CONNECT_TIMEOUT_MS", "10000", ReadBy::pipeline, SettingKind::plain,
     "timeout of a connection attempt", SettingType::number},
    {"FETCH_STALL_TIMEOUT_MS", "30000", ReadBy::pipeline, SettingKind::plain,
     "maximum time without a byte of a response", SettingType::number},
    {"FETCH_TOTAL_TIMEOUT_MS", "300000", ReadBy::pipeline, SettingKind::plain,
     "timeout of one complete response", SettingType::number},
    {"FETCH_MAX_ANSWER_BYTES", "67108864", ReadBy::pipeline, SettingKind::plain,
     "maximum size of a response, decompressed", SettingType::number},
    {"FETCH_RESUME_HOURS", "24", ReadBy::pipeline, SettingKind::plain,
     "an interrupted fetch that is older starts over", SettingType::number},
    {"USE_BLOB_STORAGE", "", ReadBy::pipeline, SettingKind::plain,
     "true: a pipeline uploads its features; default: true if there is a connection string",
     SettingType::boolean},
    {"AZURE_STORAGE_CONNECTION_STRING", "", ReadBy::pipeline, SettingKind::secret,
     "the storage account, with an account key, a shared access signature, or neither (managed identity)"},
    {"STORAGE_CONTAINER_NAME", "recommendation-data", ReadBy::pipeline, SettingKind::plain,
     "the blob container of the feature files"},
    {"AZURE_CLIENT_ID", "", ReadBy::pipeline, SettingKind::plain,
     "client id of a user-assigned managed identity; default: the identity of the machine"},
    {"AZURE_POD_IDENTITY_AUTHORITY_HOST", "http://169.254.169.254", ReadBy::pipeline, SettingKind::url,
     "instance metadata service that issues tokens for managed identities"},
    {"RECIPE", "classic", ReadBy::pipeline, SettingKind::plain,
     "recipe of the score: classic, balanced or the path of a JSON file"},
    {"GATE_MIN_SHOWS", "0.9", ReadBy::pipeline, SettingKind::plain,
     "refuse to publish fewer shows than this share of the published ones", SettingType::number},
    {"GATE_MAX_FALL", "0.05", ReadBy::pipeline, SettingKind::plain,
     "refuse if the share of shows with genres, a summary or recommendations falls by more",
     SettingType::number},
    {"GATE_MIN_OVERLAP", "0.5", ReadBy::pipeline, SettingKind::plain,
     "refuse if the lists overlap with the published ones by less", SettingType::number},
    {"PIPELINE_NOTIFICATION_EMAIL", "", ReadBy::pipeline, SettingKind::plain,
     "recipients of the run report by e-mail, comma-separated", SettingType::list},
    {"SMTP_URL", "", ReadBy::pipeline, SettingKind::secret,
     "the mail server: smtps://user:password@host or smtp://user:password@host:587"},
    {"SMTP_FROM", "", ReadBy::pipeline, SettingKind::plain,
     "sender of the report; default: the first recipient"},
    {"NOTIFY_WEBHOOK_URL", "", ReadBy::pipeline, SettingKind::secret, "URL that receives the run report"},
    {"NOTIFY_WEBHOOK_SECRET", "", ReadBy::pipeline, SettingKind::secret, "signs the report for the webhook"},
    {"SSL_CERT_FILE", "", ReadBy::pipeline, SettingKind::plain,
     "CA certificates for mail server and webhook, PEM; default: those of the system"},
    {"ALLOWED_ORIGINS", "", ReadBy::serve, SettingKind::plain,
     "CORS origins: a JSON array or comma-separated values", SettingType::list},
    {"PORT", "8080", ReadBy::serve, SettingKind::plain, "the port of serve", SettingType::number},
    {"FUNCTIONS_CUSTOMHANDLER_PORT", "", ReadBy::serve, SettingKind::from_host,
     "the port of serve, set by the Azure Functions host; overrides PORT", SettingType::number},
    {"API_KEY", "", ReadBy::serve, SettingKind::secret,
     "key for stats, metrics, generations, distribution and runs; none: see ADMIN_OPEN"},
    {"ADMIN_OPEN", "false", ReadBy::serve, SettingKind::plain,
     "without API_KEY: true opens these paths to everyone, false only if serve listens on loopback",
     SettingType::boolean},
    {"ACCESS_LOG", "off", ReadBy::serve, SettingKind::plain,
     "one line per request on standard output: off, text or json"},
    {"ANSWER_CACHE_MB", "4", ReadBy::serve, SettingKind::plain,
     "size of the answer cache in MiB; 0 disables it", SettingType::number},
    {"SHOW_CACHE_MB", "24", ReadBy::serve, SettingKind::plain, "size of the show cache in MiB; 0 disables it",
     SettingType::number},
    {"CACHE_MAX_AGE", "60", ReadBy::serve, SettingKind::plain,
     "seconds that a client may reuse a response without revalidation", SettingType::number},
    {"DATABASE_THREADS", "", ReadBy::serve, SettingKind::plain,
     "database threads; 0: the I/O threads read the database; default 4, SQLite 0", SettingType::number},
    {"COMPUTE_THREADS", "1", ReadBy::serve, SettingKind::plain,
     "threads for computed responses (search, queries, pages of shows), at low priority",
     SettingType::number},
    {"COMPUTE_QUEUE", "64", ReadBy::serve, SettingKind::plain,
     "requests that may wait for these threads; further ones get 503", SettingType::number},
    {"MAX_CONNECTIONS", "4096", ReadBy::serve, SettingKind::plain, "maximum number of open connections",
     SettingType::number},
    {"MAX_CONNECTIONS_PER_ADDRESS", "2048", ReadBy::serve, SettingKind::plain,
     "maximum number of open connections per address", SettingType::number},
    {"RATE_LIMIT", "0", ReadBy::serve, SettingKind::plain, "requests per second per address; 0: no limit",
     SettingType::number},
    {"RATE_LIMIT_BURST", "0", ReadBy::serve, SettingKind::plain,
     "requests that an address may send at once; 0: 2 s of RATE_LIMIT", SettingType::number},
    {"TRUSTED_PROXIES", "", ReadBy::serve, SettingKind::plain,
     "addresses and networks whose X-Forwarded-For the server trusts, comma-separated", SettingType::list},
    {"REQUEST_TIMEOUT", "10", ReadBy::serve, SettingKind::plain, "seconds for a complete request to arrive",
     SettingType::number},
    {"IDLE_TIMEOUT", "60", ReadBy::serve, SettingKind::plain,
     "seconds that a connection may be idle between requests", SettingType::number},
    {"SHUTDOWN_TIMEOUT", "10", ReadBy::serve, SettingKind::plain,
     "seconds to finish active requests on shutdown", SettingType::number},
});

[[nodiscard]] constexpr bool may_hold_secret(const Setting& setting) {
    return setting.kind == SettingKind::secret || setting.kind == SettingKind::url;
}

// Not constexpr on purpose: the compiler names them in its error message.
inline void this_key_is_missing_from_setting_table() {}
inline void a_key_that_may_hold_a_secret_is_read_with_secret_others_with_value() {}

consteval const Setting& setting_named(std::string_view key) {
    for (const Setting& setting : setting_table) {
        if (setting.key == key) {
            return setting;
        }
    }
    this_key_is_missing_from_setting_table();
    return setting_table.front();
}

// A key of the table, looked up at compile time.
template <bool holds_secret>
class TableKey {
  public:
    // Implicit, so that a key reads as the text it is: value("PORT").
    consteval TableKey(const char* key) : setting_(&setting_named(key)) {
        if (may_hold_secret(*setting_) != holds_secret) {
            a_key_that_may_hold_a_secret_is_read_with_secret_others_with_value();
        }
    }

    [[nodiscard]] constexpr const Setting& setting() const { return *setting_; }

  private:
    const Setting* setting_;
};

using SettingKey = TableKey<false>;  // value("PORT")
using SecretKey = TableKey<true>;    // secret("API_KEY")

}  // namespace bingefriend
