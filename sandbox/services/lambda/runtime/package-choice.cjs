const { existsSync } = require('node:fs');
const { isBuiltin } = require('node:module');
const { dirname, join, sep } = require('node:path');
const { fileURLToPath, pathToFileURL } = require('node:url');

/** A `resolve` hook: a package of the function's own, or else the workshop's AWS SDK, or else not found, as on AWS. */
function choose(name, context, next, { taskRoot, packages }) {
  const { parentURL } = context;
  if (!isBare(name) || !parentURL?.startsWith('file:')) return next(name, context);
  const parent = fileURLToPath(parentURL);
  if (!parent.startsWith(taskRoot + sep) || brings(parent, name, taskRoot)) return next(name, context);
  if (isOfSdk(name)) {
    if (isAbsent(name, packages)) throw absence(name, parent, 'ERR_MODULE_NOT_FOUND');
    return next(name, { ...context, parentURL: pathToFileURL(join(packages, '..', 'package.json')).href });
  }
  throw Object.assign(new Error(`Cannot find package '${packageOf(name)}' imported from ${parent}`), {
    code: 'ERR_MODULE_NOT_FOUND',
  });
}

/** Whether a name belongs to a package that AWS's Node.js runtime includes: the whole SDK. */
function isOfSdk(name) {
  return /^@(aws-sdk|smithy)\//.test(name);
}

/** Whether the workshop, which has the SDK's clients for the practice account's services, lacks a package. */
function isAbsent(name, packages) {
  return !existsSync(join(packages, packageOf(name)));
}

/** Returns the error for a package that AWS has but the practice account lacks. The function's log shows it. */
function absence(name, parent, code) {
  const missing = packageOf(name);
  const what = `Cannot find package '${missing}' imported from ${parent}`;
  const why = "AWS's Node.js runtime brings the whole AWS SDK, the practice account only a part of it";
  const next = `To run here too, install the package (npm install ${missing}) and bundle it with the function`;
  return Object.assign(new Error(`${what}: ${why}. ${next}.`), { code });
}

function isBare(name) {
  return !isBuiltin(name) && !/^(\.{0,2}[\\/]|\.{1,2}$|#|[a-z][a-z\d+.-]+:|[A-Z]:\\)/i.test(name);
}

/** Whether a folder of the function's own code contains the package. */
function brings(parent, name, taskRoot) {
  for (let folder = dirname(parent); folder.startsWith(taskRoot); folder = dirname(folder)) {
    if (existsSync(join(folder, 'node_modules', packageOf(name)))) return true;
  }
  return false;
}

function packageOf(name) {
  return name.split('/', name.startsWith('@') ? 2 : 1).join('/');
}

module.exports = { choose, isOfSdk, isAbsent, absence };
