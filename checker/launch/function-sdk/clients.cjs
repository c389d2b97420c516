// Lies beside `clients.js`, and runs that with its compiled code.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const vm = require('node:vm');

const filename = join(__dirname, 'clients.js');
let packages;

/** Returns a package's exports. */
exports.load = (name) => {
  packages ??= run(compile(read(`${filename}.compiled`)));
  return packages[name]();
};

/** Compiles the script, unless `cachedData` is of this version of Node.js and of its default flags. */
function compile(cachedData) {
  return new vm.Script(readFileSync(filename, 'latin1'), { filename, cachedData });
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
