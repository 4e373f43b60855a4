// Keeps two lines of TensorFlow's log off stderr, which its library writes while it is loaded, before any program can set
// a level: the note on oneDNN, and abseil's warning that it comes early. Everything else goes on as it was.
//
// Loaded with RTLD_GLOBAL before TensorFlow, this definition is the one that TensorFlow's own calls are bound to. Nothing
// is held back in memory or in a pipe, so that no line is lost if the process dies.
#include <cstdio>

#include "absl/base/config.h"
#include "absl/base/log_severity.h"
#include "absl/log/internal/globals.h"
#include "absl/strings/string_view.h"

namespace absl {
ABSL_NAMESPACE_BEGIN
namespace log_internal {

static bool IsFromLoading(absl::string_view message) {
  return message.find("All log messages before absl::InitializeLog() is called are written to STDERR") !=
             absl::string_view::npos ||
         message.find("] oneDNN custom operations are on.") != absl::string_view::npos;
}

void WriteToStderr(absl::string_view message, absl::LogSeverity) {
  if (!IsFromLoading(message)) std::fwrite(message.data(), message.size(), 1, stderr);
}

}  // namespace log_internal
ABSL_NAMESPACE_END
}  // namespace absl

// What Node asks of every addon; there is nothing to call.
extern "C" __attribute__((visibility("default"))) void* napi_register_module_v1(void*, void* exports) {
  return exports;
}
