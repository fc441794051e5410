#include "api/service.hpp"

#include "bodies/show_json.hpp"
#include "http/proxies.hpp"

namespace bingefriend {

Service::Service(ServeOptions serve_options, PublishedReader& database)
    : options(std::move(serve_options)),
      admin_open(options.admin_open || is_loopback(options.http.host)),
      reader(database),
      shows(options.show_cache_bytes, show_text),
      editions(reader, {options.version, options.answer_cache_bytes}, [this] { shows.clear(); }),
      generation_check(editions, reader),
      metrics(options.version) {}

bool Service::has_memory(Share share) {
    const std::size_t limit = options.response_bytes / (share == Share::half ? 2 : 1);
    const std::size_t held = in_flight.count();
    if (held < limit || held < limit + editions.current()->answers().count().bytes) {
        return true;
    }
    ++metrics.refused_for_memory;
    close_a_slow_client();
    return false;
}

}  // namespace bingefriend
