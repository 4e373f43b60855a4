#!/usr/bin/env node
// The notebook kernel: tslab, with the defects mended that README.md lists. Started by Jupyter through the kernelspec.
//   node launcher.cjs --config-path CONNECTION_FILE
const { chooseWorkingFolder } = require('./working-folder.cjs');

// Before tslab is loaded: it binds module resolution to the working folder.
chooseWorkingFolder();

const { requireAsTslab } = require('./tslab.cjs');
const { mendCompiler } = require('./compiler.cjs');
const { CellPositions } = require('./cell-positions.cjs');
const { mendNames } = require('./dropped-names.cjs');
const { queueSends } = require('./queued-sockets.cjs');
const { mendAddresses } = require('./ipc.cjs');
const { mendMessages } = require('./messages.cjs');
const { mendExecution } = require('./execution.cjs');
const { CellOutcome } = require('./cell-outcome.cjs');
const { ownInterrupts } = require('./interrupts.cjs');
const { offerBridge } = require('./bridge.cjs');
const { endWithParent } = require('./parent.cjs');
const { quietTensorFlow } = require('./quiet-log.cjs');
const { refuseExit } = require('./exit.cjs');
const { LabCells } = require('./lab-cells.cjs');
const { seal } = require('./seal.cjs');

/** The path that follows `--config-path`. */
function connectionFile(argv) {
  const path = argv[argv.indexOf('--config-path') + 1];
  if (!argv.includes('--config-path') || !path)
    throw new Error('the kernel is started by Jupyter: give --config-path CONNECTION_FILE');
  return path;
}

const configPath = connectionFile(process.argv);
quietTensorFlow();
queueSends(requireAsTslab('zeromq'));
const cells = new CellPositions();
mendCompiler(cells);
const jupyter = require('tslab/dist/jupyter.js');
mendAddresses(jupyter.ZmqServer.prototype);
mendMessages(jupyter.ZmqServer.prototype, jupyter.JupyterHandlerImpl.prototype);
mendNames(jupyter.JupyterHandlerImpl.prototype, cells);
const outcome = new CellOutcome((frame) => cells.translate(frame));
const labCells = process.env.FERLAB_GRADING
  ? new LabCells(() => seal(jupyter.JupyterHandlerImpl.prototype))
  : undefined;
mendExecution(jupyter.ZmqServer.prototype, jupyter.JupyterHandlerImpl.prototype, { outcome, labCells });
outcome.capture(() => {
  require('tslab/dist/main.js').startKernel({ configPath, enableFindLocal: false });
});
// A failure is an error output. Readers such as nbgrader take any text on stderr for one too, and a warning is none.
console.warn = (...words) => console.log(...words);
offerBridge(jupyter, ownInterrupts());
endWithParent();
refuseExit();
