#include "app/commands/command.hpp"
#include "app/option_values.hpp"
#include "console/standard_output.hpp"
#include "store/store.hpp"

namespace bingefriend {
namespace {

void run_migrate(const DatabaseOptions& options, const Environment& environment) {
    const DatabaseUrl url = DatabaseUrl::parse(database_url(options, environment).reveal());
    for (const Migration& m : open_store(url)->migrate()) {
        print("applied {} {}\n", m.version, m.name);
    }
    print("{} has the current schema.\n", url.display());
}

}  // namespace

Command migrate_command() {
    return make_command("migrate", "Bring the database to the current schema", run_migrate);
}

}  // namespace bingefriend
