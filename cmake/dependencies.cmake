# Dependencies from system packages, each with the oldest tested version (Debian 12)
# and the modules that may include it. scripts/install-deps installs them.
find_package(Threads REQUIRED)                                   # features, similarity, kernel, http, api
find_package(PkgConfig REQUIRED)
find_package(Boost 1.74 REQUIRED)                                # http: Beast, Asio; api: Asio; similarity: small vectors (headers only)
find_package(CURL 7.88 REQUIRED)                                 # net: HTTP client, TLS; notify: SMTP
pkg_check_modules(hwy REQUIRED IMPORTED_TARGET libhwy>=1.0)        # kernel: vectors, run-time dispatch
find_package(simdjson REQUIRED)                                  # base, domain: UTF-8; fetch: reading catalogues; 3.0 or newer
find_package(nlohmann_json 3.11 REQUIRED)                        # base, files, azure, reports, notify, store, app, console: small JSON
pkg_check_modules(gumbo REQUIRED IMPORTED_TARGET gumbo>=0.10)    # features: summaries are HTML
find_package(ICU 72 REQUIRED COMPONENTS uc i18n)                 # base: text for a terminal; domain: hosts of links; features: case, NFKD, word characters; edition: letters of words
find_package(SQLite3 3.40 REQUIRED)                              # database; fetch: cached pages
find_package(SQLiteCpp 3.2 REQUIRED)                             # database; fetch: cached pages
pkg_check_modules(mariadb REQUIRED IMPORTED_TARGET libmariadb>=3.3)  # database: MySQL and MariaDB servers
find_package(ZLIB 1.2.13 REQUIRED)                               # fetch: .gz; bodies: gzip
pkg_check_modules(zstd REQUIRED IMPORTED_TARGET libzstd>=1.5)    # fetch: .zst; packed
pkg_check_modules(xxhash REQUIRED IMPORTED_TARGET libxxhash>=0.8)  # store: checksums (headers only)
pkg_check_modules(libzip REQUIRED IMPORTED_TARGET libzip>=1.7)   # files: .npz
find_package(OpenSSL 3.0 REQUIRED COMPONENTS Crypto)              # base: digests
find_package(EXPAT 2.5 REQUIRED)                                 # azure: lists of blobs are XML
find_library(CSV_LIBRARY csv REQUIRED)                           # files: shows_metadata.csv
find_package(fmt 9.1 REQUIRED)                                   # most modules
find_package(spdlog 1.10 REQUIRED)                               # http, api, app, console: the log
if(NOT BINGEFRIEND_SANITIZE)
  pkg_check_modules(jemalloc REQUIRED IMPORTED_TARGET jemalloc>=5.3)  # the program: heap on large pages
endif()
find_package(prometheus-cpp REQUIRED COMPONENTS core)             # http, api: /metrics; 1.0 or newer
find_program(PYTHON3 python3 PATHS /usr/bin NO_DEFAULT_PATH REQUIRED)  # the build: docs/openapi.yaml -> JSON (PyYAML); tests
find_package(CLI11 2.1 REQUIRED)                                 # app/commands: the command line
if(BINGEFRIEND_TESTS)
  find_package(GTest 1.12 REQUIRED)                              # tests
endif()
