const path = require('node:path');

/**
 * Leaves a working folder inside the project as it is. From anywhere else a cell could not import `ferlab` (tslab
 * looks for packages from the working folder upwards), so there the kernel works in the project's `notebooks/`.
 */
function chooseWorkingFolder() {
  const root = path.resolve(__dirname, '..');
  const inside = `${process.cwd()}${path.sep}`.startsWith(`${root}${path.sep}`);
  if (!inside) process.chdir(path.join(root, 'notebooks'));
}

module.exports = { chooseWorkingFolder };
