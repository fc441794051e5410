#include "app/commands/command.hpp"
#include "console/standard_output.hpp"
#include "store/store.hpp"

namespace bingefriend {
namespace {

struct MigrateOptions {
    DatabaseOptions database;
};

void add_options(OptionList& list, MigrateOptions& options) {
    add_options(list, options.database);
}

void run_migrate(const MigrateOptions& options, const Environment& environment) {
    const DatabaseUrl url = DatabaseUrl::parse(database_url(options.database, environment).reveal());
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
