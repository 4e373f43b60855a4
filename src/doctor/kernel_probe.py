"""Starts the notebook kernel named on the command line, has it compute 6 * 7, and prints what it answers."""

import sys

from jupyter_client.manager import start_new_kernel

manager, client = start_new_kernel(kernel_name=sys.argv[1], startup_timeout=60)
outputs = []
try:
    reply = client.execute_interactive(
        "console.log(6 * 7)", timeout=60, output_hook=lambda message: outputs.append(message["content"].get("text", ""))
    )
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=False)
print(reply["content"]["status"], "".join(outputs).strip())
