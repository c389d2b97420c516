const { existsSync, readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { basename, dirname, join, resolve } = require('node:path');
const { pathToFileURL } = require('node:url');
const { isAwaited } = require('./context.cjs');
const { absence, isOfSdk } = require('./package-choice.cjs');

const NO_CALLBACKS =
  'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.';

/** The runtime's own error, whose name AWS documents. */
class RuntimeError extends Error {
  constructor(name, message, stack) {
    super(message);
    this.name = `Runtime.${name}`;
    if (stack !== undefined) this.stack = stack;
  }
}

/**
 * Loads the handler with a name: `folder/file.export`, or `file.object.export`
 * (https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html).
 */
async function loadHandler(taskRoot, name) {
  if (name.includes('..')) {
    throw new RuntimeError(
      'MalformedHandlerName',
      `'${name}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  }
  const parts = /^([^.]*)\.(.*)$/.exec(basename(name));
  if (parts === null) throw new RuntimeError('MalformedHandlerName', 'Bad handler');
  const [, file, exported] = parts;
  const loaded = await load(taskRoot, join(taskRoot, dirname(name), file));
  const handler = exported.split('.').reduce((nested, key) => nested?.[key], loaded) ?? loaded.default?.[exported];
  if (handler === undefined) throw new RuntimeError('HandlerNotFound', `${name} is undefined or not exported`);
  if (typeof handler !== 'function') throw new RuntimeError('HandlerNotFound', `${name} is not a function`);
  if (handler.length > 2 && isAwaited) throw new RuntimeError('CallbackHandlerDeprecated', NO_CALLBACKS);
  return handler;
}

async function load(taskRoot, path) {
  const require = createRequire(join(taskRoot, 'index.js'));
  try {
    if (existsSync(`${path}.js`))
      return isModule(path, taskRoot) ? await importFile(`${path}.js`) : require(`${path}.js`);
    if (existsSync(`${path}.mjs`)) return await importFile(`${path}.mjs`);
    if (existsSync(`${path}.cjs`)) return require(`${path}.cjs`);
    return require(path);
  } catch (error) {
    if (error instanceof SyntaxError) throw new RuntimeError('UserCodeSyntaxError', String(error), error.stack);
    if (/^(ERR_)?MODULE_NOT_FOUND$/.test(error?.code)) {
      throw new RuntimeError('ImportModuleError', String(explained(error, path)), error.stack);
    }
    const hidden = hiddenPackage(error, taskRoot);
    if (hidden !== undefined) {
      throw new RuntimeError('ImportModuleError', `Error: Cannot find package '${hidden}'`, error.stack);
    }
    throw error;
  }
}

/** The error, with advice if the package is a part of the SDK that only AWS includes. */
function explained(error, path) {
  const [, missing, parent = path] = /Cannot find package '([^']+)'(?: imported from (.+))?$/.exec(error.message) ?? [];
  return missing !== undefined && isOfSdk(missing) ? absence(missing, parent, error.code) : error;
}

/** The package that an import found in a folder that AWS doesn't have, and that the process isn't allowed to read. */
function hiddenPackage(error, taskRoot) {
  if (error?.code !== 'ERR_ACCESS_DENIED' || typeof error.resource !== 'string') return undefined;
  const path = error.resource.replaceAll('\\', '/');
  if (path.startsWith(`${taskRoot.replaceAll('\\', '/')}/`)) return undefined;
  return /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
}

function importFile(path) {
  return import(pathToFileURL(path).href);
}

/** Whether the nearest package.json in the function's code declares `.js` as modules. */
function isModule(path, taskRoot) {
  for (let folder = dirname(path); folder.startsWith(resolve(taskRoot)); folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest)) return JSON.parse(readFileSync(manifest, 'utf8')).type === 'module';
  }
  return false;
}

/** An error as AWS's runtime reports it, for anything that was thrown. */
function describeError(error) {
  if (!(error instanceof Error)) {
    const isObject = typeof error === 'object' && error !== null;
    return { errorType: typeof error, errorMessage: isObject ? JSON.stringify(error) : String(error), trace: [] };
  }
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

module.exports = { loadHandler, describeError };
