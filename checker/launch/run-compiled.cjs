// Runs the script beside it with its compiled code: Node.js 20 has no cache for that, and later versions need a folder
// that they can write. A copy of this file as `name.cjs` runs `name.js`, and has its exports.
const { readFileSync } = require('node:fs');
const vm = require('node:vm');

const filename = __filename.replace(/cjs$/, 'js');

/** Ignored if it is of another version of Node.js, or of other flags. */
const cachedData = read(`${filename}.${process.version}`);
const script = new vm.Script(readFileSync(filename, 'latin1'), { filename, cachedData });
script.runInThisContext()(exports, require, module, filename, __dirname);

function read(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
