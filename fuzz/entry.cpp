// The entry point of libFuzzer for every target.
#include <cstddef>
#include <cstdint>

#include "base/error.hpp"
#include "fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        bingefriend::try_input({reinterpret_cast<const char*>(data), size});
    } catch (const bingefriend::Error&) {  // rejected, which is allowed
    }
    return 0;
}
