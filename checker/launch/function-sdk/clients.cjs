// Lies beside `clients.js`, and runs that with its compiled code.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { setFlagsFromString } = require('node:v8');
const vm = require('node:vm');

const filename = join(__dirname, 'clients.js');
let packages;

/** Returns a package's exports. */
exports.load = (name) => {
  packages ??= run(compile(read(`${filename}.compiled`)));
  return packages[name]();
};

/** Compiles the script, unless `cachedData` is of this version of Node.js. */
function compile(cachedData) {
  // V8 takes compiled code only under the flags that it was made with. The size of the heap has been set by now.
  const size = process.execArgv.find((flag) => flag.startsWith('--max-old-space-size='));
  if (size !== undefined) setFlagsFromString('--max-old-space-size=0');
  const script = new vm.Script(readFileSync(filename, 'latin1'), { filename, cachedData });
  if (size !== undefined) setFlagsFromString(size);
  return script;
}

function run(script) {
  const module = { exports: {} };
  script.runInThisContext()(require, module, module.exports);
  return module.exports;
}

function read(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

exports.compile = compile;
exports.run = run;
