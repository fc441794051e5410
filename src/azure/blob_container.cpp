#include "azure/blob_container.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "azure/blob_errors.hpp"
#include "azure/blob_list.hpp"
#include "base/digests.hpp"
#include "base/error.hpp"
#include "base/numbers.hpp"
#include "base/percent.hpp"
#include "base/times.hpp"

namespace bingefriend {
namespace {

constexpr std::string_view api_version = "2021-12-02";
constexpr std::size_t max_blocks = 50'000;  // what the service takes

// Answers are held in memory: a piece of a blob or a page of a list.
HttpSettings with_limit(HttpSettings http, std::size_t chunk_bytes) {
    http.max_body_bytes = std::max(chunk_bytes + 65'536, std::size_t{32} << 20);
    return http;
}

// Fills the buffer as far as the source goes.
std::string next_piece(const BlobContainer::Source& source, std::size_t bytes) {
    std::string piece(bytes, '\0');
    std::size_t filled = 0;
    while (filled < bytes) {
        const std::size_t got = source(std::span(piece).subspan(filled));
        if (got == 0) {
            break;
        }
        filled += got;
    }
    piece.resize(filled);
    return piece;
}

}  // namespace

BlobContainer::BlobContainer(BlobAccount account, std::string name, BlobSettings settings)
    : account_(std::move(account)),
      name_(std::move(name)),
      settings_(std::move(settings)),
      client_(with_limit(settings_.http, settings_.chunk_bytes)) {
    check_container_name(name_);
    const std::size_t path = account_.endpoint.find('/', account_.endpoint.find("://") + 3);
    if (path != std::string::npos) {
        root_ = account_.endpoint.substr(path);
        account_.endpoint.resize(path);
    }
    if (std::holds_alternative<NoSecret>(account_.credential)) {
        identity_ = std::make_unique<ManagedIdentity>(settings_.identity, settings_.http);
    }
}

BlobContainer::~BlobContainer() = default;

std::string BlobContainer::place(const std::string& blob) const {
    return without_secrets(account_.endpoint) + root_ + '/' + name_ + (blob.empty() ? "" : "/" + blob);
}

StorageRequest BlobContainer::request(std::string method, const std::string& blob) const {
    std::string path = root_ + '/' + name_ + (blob.empty() ? "" : "/" + percent_encoded(blob, "/"));
    return {.method = std::move(method), .path = std::move(path)};
}

HttpRequest BlobContainer::signed_request(const StorageRequest& unsigned_request) {
    StorageRequest request = unsigned_request;
    request.headers["x-ms-version"] = api_version;
    request.headers["x-ms-date"] = http_time(now());
    std::string query;
    for (const auto& [name, value] : request.query) {
        query += fmt::format("{}{}={}", query.empty() ? "?" : "&", name, percent_encoded(value));
    }
    if (const auto* const key = std::get_if<AccountKey>(&account_.credential)) {
        request.headers["authorization"] = shared_key_authorization(*key, request);
    } else if (const auto* const signature = std::get_if<SharedAccessSignature>(&account_.credential)) {
        query += (query.empty() ? "?" : "&") + signature->query.reveal();
    } else {
        request.headers["authorization"] = "Bearer " + identity_->token().reveal();
    }
    HttpRequest http{.url = account_.endpoint + request.path + query, .method = request.method};
    if (request.method == "PUT") {
        http.upload = HttpUpload::of(request.body);
    }
    for (const auto& [name, value] : request.headers) {
        http.headers.push_back(fmt::format("{}: {}", name, value));
    }
    return http;
}

HttpResponse BlobContainer::send(const StorageRequest& request) {
    HttpResponse response = client_.send(signed_request(request));
    retries_ += response.retries;
    if (response.status == 403 && response.retries > 0) {  // the attempts may have outlived the signature
        response = client_.send(signed_request(request));
    }
    return response;
}

HttpResponse BlobContainer::send_piece(StorageRequest request, std::string_view bytes) {
    request.headers["content-type"] = "application/octet-stream";
    request.headers["content-md5"] = base64(md5(bytes));
    request.body = bytes;
    return send(request);
}

void BlobContainer::refuse(const HttpResponse& response, const char* what, const std::string& blob) const {
    const bool wrong_setting = response.status == 401 || response.status == 403;
    throw Error(wrong_setting ? ErrorKind::usage : ErrorKind::unavailable, what, place(blob),
                storage_remedy(response, account_, now()));
}

void BlobContainer::create() {
    StorageRequest create = request("PUT");
    create.query["restype"] = "container";
    const HttpResponse response = send(create);
    // A signature or an identity for one container may not create any: the next request finds out if it
    // exists.
    if (response.status != 201 && response.status != 403 &&
        storage_code(response) != "ContainerAlreadyExists") {
        refuse(response, "cannot make the container", "");
    }
}

void BlobContainer::put(const std::string& blob, const Source& source) {
    std::string piece = next_piece(source, settings_.chunk_bytes);
    if (piece.size() == settings_.chunk_bytes) {
        put_blocks(blob, std::move(piece), source);
        return;
    }
    StorageRequest put = request("PUT", blob);
    put.headers["x-ms-blob-type"] = "BlockBlob";
    if (const HttpResponse response = send_piece(std::move(put), piece); response.status != 201) {
        refuse(response, "cannot write the blob", blob);
    }
}

void BlobContainer::put_blocks(const std::string& blob, std::string first, const Source& source) {
    // Blocks of two writers must not get mixed up: the service knows them by their names alone.
    const std::string writer = random_bytes(12);
    Digest whole(DigestKind::md5);
    std::string list = "<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>";
    std::size_t blocks = 0;
    for (std::string piece = std::move(first); !piece.empty();
         piece = next_piece(source, settings_.chunk_bytes)) {
        if (blocks == max_blocks) {
            throw Error(
                ErrorKind::input, "the file is too large for blob storage", place(blob),
                fmt::format("it has more than {} blocks of {} bytes", max_blocks, settings_.chunk_bytes));
        }
        whole.update(piece);
        const std::string id = base64(writer + fmt::format("{:06}", blocks++));
        StorageRequest put = request("PUT", blob);
        put.query = {{"comp", "block"}, {"blockid", id}};
        if (const HttpResponse response = send_piece(std::move(put), piece); response.status != 201) {
            refuse(response, "cannot write the blob", blob);
        }
        list += "<Latest>" + id + "</Latest>";
    }
    list += "</BlockList>";
    StorageRequest commit = request("PUT", blob);
    commit.query["comp"] = "blocklist";
    commit.headers["x-ms-blob-content-type"] = "application/octet-stream";
    commit.headers["x-ms-blob-content-md5"] = base64(whole.raw());
    if (const HttpResponse response = send_piece(std::move(commit), list); response.status != 201) {
        refuse(response, "cannot write the blob", blob);
    }
}

bool BlobContainer::put_if(const std::string& blob, std::string_view bytes, const BlobCondition& condition) {
    StorageRequest put = request("PUT", blob);
    put.headers["x-ms-blob-type"] = "BlockBlob";
    if (!condition.etag.empty()) {
        put.headers["if-match"] = condition.etag;
    }
    if (condition.absent) {
        put.headers["if-none-match"] = "*";
    }
    const HttpResponse response = send_piece(std::move(put), bytes);
    const std::string code = storage_code(response);
    if (code == "ConditionNotMet" || code == "BlobAlreadyExists" ||
        (code == "BlobNotFound" && !condition.etag.empty())) {
        return false;
    }
    if (response.status != 201) {
        refuse(response, "cannot write the blob", blob);
    }
    return true;
}

void BlobContainer::copy(const std::string& from, const std::string& to) {
    StorageRequest copy = request("PUT", to);
    std::string source = account_.endpoint + request("GET", from).path;
    if (const auto* const signature = std::get_if<SharedAccessSignature>(&account_.credential)) {
        source += '?' + signature->query.reveal();
    }
    copy.headers["x-ms-copy-source"] = source;
    const HttpResponse response = send(copy);
    const std::string status = response.header("x-ms-copy-status");
    if (response.status != 202 || status == "failed" || status == "aborted") {
        refuse(response, "cannot copy the blob", to);
    }
}

std::optional<BlobProperties> BlobContainer::get(const std::string& blob, const Sink& sink) {
    BlobProperties properties{.name = blob};
    for (std::uint64_t at = 0; at == 0 || at < properties.size;) {
        StorageRequest get = request("GET", blob);
        get.headers["x-ms-range"] = fmt::format("bytes={}-{}", at, at + settings_.chunk_bytes - 1);
        if (at > 0) {
            get.headers["if-match"] = properties.etag;
        }
        const HttpResponse response = send(get);
        if (at == 0 && response.status == 404 && storage_code(response) != "ContainerNotFound") {
            return {};
        }
        if (at == 0 && response.status == 416) {  // a blob of no bytes has no range
            break;
        }
        const std::string range = response.header("content-range");
        if (response.status != 206) {
            refuse(response, "cannot read the blob", blob);
        }
        properties.size =
            parse_number<std::uint64_t>(std::string_view(range).substr(range.find('/') + 1)).value_or(0);
        properties.etag = response.header("etag");
        const std::uint64_t expected = std::min<std::uint64_t>(settings_.chunk_bytes, properties.size - at);
        if (!range.starts_with(fmt::format("bytes {}-", at)) || response.body.empty() ||
            response.body.size() != expected) {
            throw Error(ErrorKind::unavailable, "cannot read the blob", place(blob),
                        "the answer is not the piece that was asked for: check what stands between");
        }
        sink(response.body);
        at += response.body.size();
    }
    return properties;
}

std::optional<BlobProperties> BlobContainer::head(const std::string& blob) {
    const HttpResponse response = send(request("HEAD", blob));
    if (response.status == 404 && storage_code(response) != "ContainerNotFound") {
        return {};
    }
    if (response.status != 200) {
        refuse(response, "cannot read the blob", blob);
    }
    return BlobProperties{blob, parse_number<std::uint64_t>(response.header("content-length")).value_or(0),
                          response.header("etag")};
}

std::vector<BlobProperties> BlobContainer::list(const std::string& prefix) {
    std::vector<BlobProperties> blobs;
    std::string marker;
    do {
        StorageRequest list = request("GET");
        list.query = {
            {"restype", "container"}, {"comp", "list"}, {"maxresults", std::to_string(settings_.page_blobs)}};
        if (!prefix.empty()) {
            list.query["prefix"] = prefix;
        }
        if (!marker.empty()) {
            list.query["marker"] = marker;
        }
        const HttpResponse response = send(list);
        if (response.status != 200) {
            refuse(response, "cannot list the blobs", "");
        }
        BlobPage page = parse_blob_page(response.body, place());
        std::move(page.blobs.begin(), page.blobs.end(), std::back_inserter(blobs));
        marker = page.next_marker == marker ? "" : page.next_marker;  // a service that turns in a circle
    } while (!marker.empty());
    return blobs;
}

bool BlobContainer::remove(const std::string& blob) {
    const HttpResponse response = send(request("DELETE", blob));
    if (response.status != 202 && response.status != 404) {
        refuse(response, "cannot delete the blob", blob);
    }
    return response.status == 202;
}

}  // namespace bingefriend
