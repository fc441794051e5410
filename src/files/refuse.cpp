#include "files/refuse.hpp"

#include <fmt/format.h>

#include "base/error.hpp"

namespace bingefriend {

void refuse_file(const std::string& where, std::string_view what) {
    throw Error(ErrorKind::input, "cannot read the features", where,
                fmt::format("{}: run `bingefriend features` again", what));
}

}  // namespace bingefriend
