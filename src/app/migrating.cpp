#include "app/migrating.hpp"

#include <vector>

#include "app/standard_output.hpp"
#include "store/store.hpp"

namespace bingefriend {

void run_migrate(const Options& options, const Environment& environment) {
    const DatabaseUrl url = DatabaseUrl::parse(database_url(options, environment).reveal());
    const std::vector<Migration> applied = open_store(url)->migrate();
    for (const Migration& m : applied) {
        print("applied {} {}\n", m.version, m.name);
    }
    print("{} has the current schema.\n", url.display());
}

}  // namespace bingefriend
