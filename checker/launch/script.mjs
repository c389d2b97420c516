import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';

/** How esbuild bundles anything that Node.js runs. */
export const forNode = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  // The SDK's ES modules are smaller when bundled than what its `main` points to.
  mainFields: ['module', 'main'],
  legalComments: 'none',
  logLevel: 'silent',
};

/** How esbuild bundles a script that `run-compiled.cjs` runs: the function of a CommonJS module. */
export const asScript = {
  ...forNode,
  format: 'cjs',
  banner: { js: '(function (exports, require, module, __filename, __dirname) {' },
  footer: { js: '})' },
  define: { 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' },
  // `import.meta.url` would be undefined.
  logOverride: { 'empty-import-meta': 'error' },
  // Compiled code loses what `import()` needs:
  // https://nodejs.org/api/vm.html#support-of-dynamic-import-in-compilation-apis
  supported: { 'dynamic-import': false },
  // Read as Latin-1.
  charset: 'ascii',
};

/**
 * Returns the compiled code of a script with all its functions, for this version of Node.js. `filename` is where the
 * script will be: Node.js 20 takes the name in stack traces from there.
 */
export function compile(text, filename) {
  setFlagsFromString('--no-lazy');
  const script = new Script(text, { filename });
  // V8 compares the flags, too, with those of the process that uses the code.
  setFlagsFromString('--lazy');
  return script.createCachedData();
}
