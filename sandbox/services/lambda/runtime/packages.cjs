// Besides the function's own code, only what AWS's runtime includes can be loaded: the AWS SDK.
const Module = require('node:module');
const { sep } = require('node:path');
const { absence, choose, isAbsent, isOfSdk } = require('./package-choice.cjs');

/**
 * Restricts what bare specifiers resolve to, for `require` and `import`. Hooks for `import` cost a few milliseconds of a
 * start, so they are only installed if the code may import what AWS doesn't have.
 */
function restrictPackages({ taskRoot, packages, needsHooks }) {
  const lookupPaths = Module._resolveLookupPaths;
  const own = taskRoot + sep;
  Module._resolveLookupPaths = (name, parent) => {
    const paths = lookupPaths.call(Module, name, parent);
    const isOurs = parent?.filename?.startsWith(own);
    if (!isOurs || paths === null || /^\.{0,2}[\\/]/.test(name) || name === '.' || name === '..') return paths;
    const within = paths.filter((path) => path.startsWith(own));
    return isOfSdk(name) ? [...within, packages] : within;
  };
  const resolveFilename = Module._resolveFilename;
  Module._resolveFilename = (name, parent, ...rest) => {
    try {
      return resolveFilename.call(Module, name, parent, ...rest);
    } catch (error) {
      const isOurs = parent?.filename?.startsWith(own);
      if (error.code !== 'MODULE_NOT_FOUND' || !isOurs || !isOfSdk(name) || !isAbsent(name, packages)) throw error;
      throw absence(name, parent.filename, error.code);
    }
  };
  // Older versions run hooks in a thread, which a confined process can't have. It can't read other packages either.
  if (!needsHooks) return;
  Module.registerHooks?.({ resolve: (name, context, next) => choose(name, context, next, { taskRoot, packages }) });
}

module.exports = { restrictPackages };
