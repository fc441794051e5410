# What comes from the system's packages, each with the least version that is tried (Debian 12)
# and the room that may include it.  scripts/install-deps installs them.
find_package(Threads REQUIRED)                                   # features, similarity, serve
find_package(PkgConfig REQUIRED)
find_package(Boost 1.74 REQUIRED)                                # serve: Beast, Asio; similarity: small vectors (headers alone)
find_package(CURL 7.88 REQUIRED)                                 # net: HTTP client, TLS; notify: SMTP
pkg_check_modules(hwy REQUIRED IMPORTED_TARGET libhwy>=1.0)        # similarity: vectors, run-time dispatch
find_package(simdjson REQUIRED)                                  # fetch: reading catalogues; serve: is it UTF-8; 3.0, or any newer
find_package(nlohmann_json 3.11 REQUIRED)                        # artifacts, notify, store, serve, app: small JSON
pkg_check_modules(gumbo REQUIRED IMPORTED_TARGET gumbo>=0.10)    # features: summaries are HTML
find_package(ICU 72 REQUIRED COMPONENTS uc i18n)                 # domain: what a terminal shows, hosts of links; features: case, NFKD, word characters; query: letters of words
find_package(SQLite3 3.40 REQUIRED)                              # store, fetch: kept answers
find_package(SQLiteCpp 3.2 REQUIRED)                             # store, fetch: kept answers
pkg_check_modules(mariadb REQUIRED IMPORTED_TARGET libmariadb>=3.3)  # store: MySQL and MariaDB servers
find_package(ZLIB 1.2.13 REQUIRED)                               # fetch: .gz; serve: gzip
pkg_check_modules(zstd REQUIRED IMPORTED_TARGET libzstd>=1.5)    # fetch: .zst; artifacts: the stored features
pkg_check_modules(xxhash REQUIRED IMPORTED_TARGET libxxhash>=0.8)  # store: checksums (headers alone)
pkg_check_modules(libzip REQUIRED IMPORTED_TARGET libzip>=1.7)   # artifacts: .npz
find_package(OpenSSL 3.0 REQUIRED COMPONENTS Crypto)              # net: digests
find_package(EXPAT 2.5 REQUIRED)                                 # artifacts: lists of blobs are XML
find_library(AIO_LIBRARY aio REQUIRED)                           # serve: answers to many clients in one system call
find_library(CSV_LIBRARY csv REQUIRED)                           # artifacts: shows_metadata.csv
find_package(fmt 9.1 REQUIRED)                                   # net, artifacts, fetch, gate, notify, store, serve, app
find_package(spdlog 1.10 REQUIRED)                               # serve, app: the log
if(NOT BINGEFRIEND_SANITIZE)
  pkg_check_modules(jemalloc REQUIRED IMPORTED_TARGET jemalloc>=5.3)  # the program: its heap, on large pages
endif()
find_package(prometheus-cpp REQUIRED COMPONENTS core)             # serve: what /metrics tells; 1.0, or any newer
find_program(PYTHON3 python3 PATHS /usr/bin NO_DEFAULT_PATH REQUIRED)  # the build: docs/openapi.yaml -> JSON (PyYAML); tests
find_package(CLI11 2.1 REQUIRED)                                 # app: the command line
if(BINGEFRIEND_TESTS)
  find_package(GTest 1.12 REQUIRED)                              # tests
endif()
