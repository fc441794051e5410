#include "app/quality/tune.hpp"

#include "app/commands/command.hpp"

namespace bingefriend {

Command tune_command() {
    return make_command("tune", "Learn the weights of a recipe from ratings", run_tune);
}

}  // namespace bingefriend
