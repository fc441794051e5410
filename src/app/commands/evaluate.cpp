#include "app/quality/evaluate.hpp"

#include "app/commands/command.hpp"

namespace bingefriend {

Command evaluate_command() {
    return make_command("evaluate", "Measure how well lists agree with what people like together",
                        run_evaluate);
}

}  // namespace bingefriend
