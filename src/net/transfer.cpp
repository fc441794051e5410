#include "net/transfer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <utility>

namespace bingefriend {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

constexpr std::size_t max_header_bytes = 256 << 10;

// State that the callbacks share.
struct Running {
    CURL* easy;
    const HttpRequest& request;
    const HttpSettings& settings;
    std::string body;
    std::uint64_t received = 0;
    std::uint64_t sent = 0;
    std::size_t header_bytes = 0;
    SteadyTime last_byte = std::chrono::steady_clock::now();
    std::string error;  // set by a callback that ended the transfer
    bool error_is_retryable = false;
    std::exception_ptr thrown;  // by a callback; exceptions must not cross libcurl

    [[nodiscard]] bool streams() const {
        long status = 0;
        curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
        return request.receive && status >= 200 && status < 300;
    }
};

template <typename Call>
std::size_t guarded(Running& running, std::size_t on_failure, Call call) noexcept {
    running.last_byte = std::chrono::steady_clock::now();
    try {
        return call();
    } catch (...) {
        running.thrown = std::current_exception();
        return on_failure;
    }
}

std::string too_large(const HttpSettings& settings) {
    return fmt::format("the response is larger than {} bytes", settings.max_body_bytes);
}

std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self) {
    auto& running = *static_cast<Running*>(self);
    return guarded(running, CURL_WRITEFUNC_ERROR, [&]() -> std::size_t {
        const std::string_view bytes(data, size * count);
        if (running.received + bytes.size() > running.settings.max_body_bytes) {
            running.error = too_large(running.settings);
            return CURL_WRITEFUNC_ERROR;
        }
        if (running.streams()) {
            running.request.receive(running.received, bytes);
        } else {
            running.body.append(bytes);
        }
        running.received += bytes.size();
        return bytes.size();
    });
}

std::size_t on_header(char* /*data*/, std::size_t size, std::size_t count, void* self) {
    auto& running = *static_cast<Running*>(self);
    return guarded(running, 0, [&]() -> std::size_t {
        running.header_bytes += size * count;
        if (running.header_bytes > max_header_bytes) {
            running.error = fmt::format("its headers are larger than {} bytes", max_header_bytes);
            return 0;
        }
        return size * count;
    });
}

std::size_t on_upload(char* buffer, std::size_t size, std::size_t count, void* self) {
    auto& running = *static_cast<Running*>(self);
    return guarded(running, CURL_READFUNC_ABORT, [&]() -> std::size_t {
        const HttpUpload& upload = *running.request.upload;
        const auto most = std::min<std::uint64_t>(size * count, upload.size - running.sent);
        if (most == 0) {
            return 0;
        }
        const std::size_t got = upload.read(running.sent, std::span(buffer, static_cast<std::size_t>(most)));
        if (got == 0) {
            running.error =
                fmt::format("the body to send ends after {} of {} bytes", running.sent, upload.size);
            return CURL_READFUNC_ABORT;
        }
        running.sent += got;
        return got;
    });
}

int on_seek(void* self, curl_off_t offset, int origin) {
    if (origin != SEEK_SET) {
        return CURL_SEEKFUNC_CANTSEEK;
    }
    static_cast<Running*>(self)->sent = static_cast<std::uint64_t>(offset);
    return CURL_SEEKFUNC_OK;
}

using HeaderList = std::unique_ptr<curl_slist, void (*)(curl_slist*)>;

HeaderList header_list(const HttpRequest& request) {
    HeaderList list(nullptr, curl_slist_free_all);
    const auto append = [&list](const std::string& header) {
        curl_slist* longer = curl_slist_append(list.get(), header.c_str());
        if (longer == nullptr) {
            throw std::bad_alloc();
        }
        (void)list.release();
        list.reset(longer);
    };
    for (const std::string& header : request.headers) {
        append(header);
    }
    append("Expect:");  // disables 100-continue, which would delay the body
    return list;
}

void set_request(CURL* easy, Running& running, const std::string& url, const HeaderList& headers) {
    const HttpRequest& request = running.request;
    curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &running);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &running);
    if (request.upload) {
        curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(easy, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(request.upload->size));
        curl_easy_setopt(easy, CURLOPT_READFUNCTION, on_upload);
        curl_easy_setopt(easy, CURLOPT_READDATA, &running);
        curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, on_seek);
        curl_easy_setopt(easy, CURLOPT_SEEKDATA, &running);
    }
    if (request.method == "HEAD") {
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
        curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE,
                         curl_off_t{0});  // a HEAD response announces a body that it does not have
    } else if (request.method != "GET" || request.upload) {
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    }
}

void set_limits(CURL* easy, const HttpSettings& settings) {
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    if (!settings.ca_file.empty()) {
        curl_easy_setopt(easy, CURLOPT_CAINFO, settings.ca_file.c_str());
    }
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");  // all encodings of libcurl
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "bingefriend");
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings.connect_timeout.count()));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(settings.total_timeout.count()));
    curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(settings.max_body_bytes));
}

// Runs the transfer to its end. Returns CURLE_ABORTED_BY_CALLBACK if it was stopped or stalled.
CURLcode drive(TransferHandles& handles, Running& running, const std::stop_token& stop) {
    const std::stop_callback wake(stop, [&handles] { curl_multi_wakeup(handles.multi); });
    curl_multi_add_handle(handles.multi, handles.easy);
    CURLcode code = CURLE_ABORTED_BY_CALLBACK;
    for (int active = 1;;) {
        if (curl_multi_perform(handles.multi, &active) != CURLM_OK) {
            code = CURLE_FAILED_INIT;
            break;
        }
        int waiting = 0;
        if (const CURLMsg* message = curl_multi_info_read(handles.multi, &waiting);
            message != nullptr && message->msg == CURLMSG_DONE) {
            code = message->data.result;
            break;
        }
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            running.last_byte + running.settings.stall_timeout - std::chrono::steady_clock::now());
        if (stop.stop_requested()) {
            running.error = "it was stopped";
            break;
        }
        if (left.count() <= 0) {
            running.error = fmt::format("no byte arrived for {} ms", running.settings.stall_timeout.count());
            running.error_is_retryable = true;
            break;
        }
        curl_multi_poll(handles.multi, nullptr, 0,
                        static_cast<int>(std::min<long long>(left.count() + 1, 1'000)), nullptr);
    }
    curl_multi_remove_handle(handles.multi, handles.easy);
    return code;
}

bool is_retryable_code(CURLcode code) {
    switch (code) {
        case CURLE_URL_MALFORMAT:
        case CURLE_UNSUPPORTED_PROTOCOL:
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_FILESIZE_EXCEEDED:
        case CURLE_FAILED_INIT:
            return false;
        default:
            return true;
    }
}

TransferResult result_of(Running& running, CURLcode code, const char* curl_error) {
    TransferResult result;
    if (!running.error.empty()) {
        result.failure = running.error;
        result.worth_retrying = running.error_is_retryable;
    } else if (code != CURLE_OK) {
        result.failure = code == CURLE_FILESIZE_EXCEEDED
                             ? too_large(running.settings)
                             : with_shown_urls(*curl_error != '\0' ? curl_error : curl_easy_strerror(code));
        result.worth_retrying = is_retryable_code(code);
    }
    curl_easy_getinfo(running.easy, CURLINFO_RESPONSE_CODE, &result.response.status);
    for (curl_header* header = nullptr;
         (header = curl_easy_nextheader(running.easy, CURLH_HEADER, -1, header)) != nullptr;) {
        std::string name = header->name;
        std::transform(name.begin(), name.end(), name.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        result.response.headers[name] = header->value;
    }
    if (curl_off_t seconds = 0;
        curl_easy_getinfo(running.easy, CURLINFO_RETRY_AFTER, &seconds) == CURLE_OK && seconds > 0) {
        result.retry_after = std::chrono::seconds(seconds);
    }
    if (const char* redirect = nullptr;
        curl_easy_getinfo(running.easy, CURLINFO_REDIRECT_URL, &redirect) == CURLE_OK &&
        redirect != nullptr) {
        result.redirect = redirect;
    }
    result.response.body = std::move(running.body);
    return result;
}

}  // namespace

TransferHandles::TransferHandles() {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    easy = curl_easy_init();
    multi = curl_multi_init();
    if (easy == nullptr || multi == nullptr) {
        throw std::runtime_error("libcurl cannot be initialised");
    }
}

TransferHandles::~TransferHandles() {
    curl_easy_cleanup(easy);
    curl_multi_cleanup(multi);
}

TransferResult run_transfer(TransferHandles& handles, const HttpRequest& request, const std::string& url,
                            const HttpSettings& settings, const std::stop_token& stop) {
    Running running{.easy = handles.easy, .request = request, .settings = settings};
    const HeaderList headers = header_list(request);
    std::array<char, CURL_ERROR_SIZE> curl_error{};
    curl_easy_reset(handles.easy);
    curl_easy_setopt(handles.easy, CURLOPT_ERRORBUFFER, curl_error.data());
    set_limits(handles.easy, settings);
    set_request(handles.easy, running, url, headers);
    const CURLcode code = drive(handles, running, stop);
    TransferResult result = result_of(running, code, curl_error.data());
    curl_easy_reset(handles.easy);  // drops the pointers into this stack frame
    if (running.thrown) {
        std::rethrow_exception(running.thrown);
    }
    if (result.failure.empty() && running.received == 0 && request.receive &&
        result.response.status / 100 == 2) {
        request.receive(0, {});
    }
    return result;
}

}  // namespace bingefriend
