// Loading this module begins to load TensorFlow's library in a thread of its own, which takes as long as all the JavaScript
// that a command needs: half a million symbols are looked up. Whoever asks for the library meanwhile waits for the rest.
#include <dlfcn.h>

#include <string>
#include <thread>

static void LoadTensorFlow() {
  Dl_info self;
  if (dladdr(reinterpret_cast<void*>(&LoadTensorFlow), &self) == 0) return;
  const std::string path = self.dli_fname;
  const std::string folder = path.substr(0, path.rfind('/'));
  // Under the path by which the addon finds it. What fails here fails again there, and is told then.
  dlopen((folder + "/../deps/lib/libtensorflow_cc.so.2").c_str(), RTLD_LAZY);
}

// What Node asks of every addon; there is nothing to call.
extern "C" __attribute__((visibility("default"))) void* napi_register_module_v1(void*, void* exports) {
  std::thread(LoadTensorFlow).detach();
  return exports;
}
