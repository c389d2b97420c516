// The Node.js runtime of a function: loads the handler and serves one invocation after another, like AWS's runtime.
// Plain JavaScript, because it runs in the function's own process, without a build or a loader. CommonJS, because
// Node.js takes 15 ms of CPU to prepare for a first ES module, a sixth of a cold start.

// Node.js takes its own compiled code only under V8's default flags. The heap has its size by now, so the flag that set
// it has done its work.
const { setFlagsFromString } = require('node:v8');
setFlagsFromString('--max-old-space-size=0');

const settings = JSON.parse(process.argv[2]);
process.argv.splice(2);
require('node:module').enableCompileCache?.(settings.compileCache);

const { join } = require('node:path');
const { inspect } = require('node:util');
const { receive, send } = require('./channel.cjs');
const { patchConsole } = require('./console.cjs');
const { contextOf, isAwaited } = require('./context.cjs');
const { describeError, loadHandler } = require('./handler.cjs');
const { defineNewer } = require('./newer.cjs');
const { restrictPackages } = require('./packages.cjs');
const { redirect } = require('./redirect.cjs');
const { redirectTmp } = require('./scratch.cjs');

// AWS's runtime is an ES module, so a handler has no `require.main` there.
process.mainModule = undefined;

// Ctrl-C reaches every process of the terminal's group; the account decides when its functions end.
process.on('SIGINT', () => {});

const { LAMBDA_TASK_ROOT: taskRoot, _HANDLER: handlerName } = process.env;

let isLoaded = false;

/** How many invocations this process has received. */
let served = 0;

/** The current invocation; without an id if there is none. */
let current = {};

/** The id of the invocation before it. */
let former;

defineNewer(process.env.AWS_EXECUTION_ENV);
patchConsole(() => current.id ?? (isAwaited ? '-' : undefined));
redirectTmp(settings.scratch, [join(taskRoot, '..', '..'), ...settings.packageFolders]);
redirect(settings.endpoint, { isLinked: true });
restrictPackages({ taskRoot, packages: settings.packageFolders[0], needsHooks: settings.needsHooks });

if (isAwaited) {
  // AWS's runtime has no listener, so Node.js ends, unless the function has one.
  process.on('uncaughtExceptionMonitor', (error) => {
    if (process.listenerCount('uncaughtException') > 0) return;
    process.stderr.write(`${inspect(error)}\n`);
    if (isLeft()) send('stale', '');
    process.exit(1);
  });
} else {
  process.on('uncaughtException', (error) => end('Uncaught Exception', error, 129));
  process.on('unhandledRejection', (reason) => {
    const error = new Error(reason instanceof Error ? String(reason) : `${reason}`);
    error.name = 'Runtime.UnhandledPromiseRejection';
    if (reason instanceof Error) error.stack = reason.stack;
    end('Unhandled Promise Rejection', error, 128);
  });
}

process.on('beforeExit', () => {
  // A module whose top-level await never settles, which ends Node.js with this code.
  if (!isLoaded) process.exit(13);
  // A handler with a callback is done when the event loop is empty, unless it says otherwise; one that never calls back
  // returns null.
  if (isAwaited || current.id === undefined) return;
  current.answer ??= { kind: 'response', body: 'null' };
  answer(current);
});

loadHandler(taskRoot, handlerName).then(
  (handler) => {
    isLoaded = true;
    send('ready', '');
    next(handler);
  },
  (error) => end(isAwaited ? 'Init Error' : 'Uncaught Exception', error, 1),
);

/**
 * Delays Node.js 20's optimizing compiler until a process has served twenty invocations. Most processes never get that
 * far, and the compiler would use the cores that they need. Loops that compute are still optimized.
 */
function delayOptimizing() {
  if (!process.versions.node.startsWith('20.')) return;
  // After the first invocation, all that the next ones need has been loaded, with its compiled code.
  if (served === 1) setFlagsFromString('--interrupt-budget=500000');
  // V8's default in Node.js 20.
  else if (served === 20) setFlagsFromString('--interrupt-budget=67584');
}

/** Stands still until the next invocation, and serves it. */
function next(handler) {
  delayOptimizing();
  served += 1;
  former = current.id;
  current = {};
  const received = receive();
  const end = received.indexOf('\n');
  const facts = JSON.parse(received.toString('utf8', 0, end));
  const succeed = (value) => settle(invocation, () => succeeded(value));
  const fail = (error) => settle(invocation, () => failed(error));
  const context = contextOf(facts, { succeed, fail });
  const invocation = { id: context.awsRequestId, context, begun: false, sent: false, proceed: () => next(handler) };
  current = invocation;
  process.env._X_AMZN_TRACE_ID = facts.traceId;
  // What the last invocation left behind goes first, through a whole turn of the event loop: connections that were
  // closed meanwhile must not be used again.
  const begin = () => run(handler, received.toString('utf8', end + 1), invocation, { succeed, fail });
  setImmediate(() => setImmediate(begin));
}

function run(handler, body, invocation, { succeed, fail }) {
  const { context } = invocation;
  invocation.begun = true;
  try {
    const isNothing = (error) => error === undefined || error === null;
    const callback = (error, value) => (isNothing(error) ? succeed(value) : fail(error));
    const result = handler(JSON.parse(body), context, ...(isAwaited ? [] : [callback]));
    // AWS's runtime of nodejs24.x first lets the event loop turn once. Here a forgotten `await` shows each time.
    if (typeof result?.then === 'function') {
      context.callbackWaitsForEmptyEventLoop = false;
      result.then(succeed, fail);
    } else if (isAwaited) succeed(result);
  } catch (error) {
    context.callbackWaitsForEmptyEventLoop = false;
    fail(error);
  }
}

/** Responds now, or when the event loop is empty if the handler's style requires that. The first answer counts. */
function settle(invocation, result) {
  if (invocation.answer !== undefined) return;
  invocation.answer = result();
  if (!invocation.context.callbackWaitsForEmptyEventLoop) answer(invocation);
}

function answer(invocation) {
  if (invocation.sent) return;
  invocation.sent = true;
  const { kind, body } = invocation.answer;
  send(kind, `${invocation.id} ${process.resourceUsage().maxRSS}\n${body}`);
  // A handler with a callback may have code after it.
  queueMicrotask(invocation.proceed);
}

function succeeded(value) {
  try {
    return { kind: 'response', body: JSON.stringify(value) ?? 'null' };
  } catch {
    return failed(new Error('Unable to stringify response body'));
  }
}

function failed(error) {
  log('Invoke Error', error);
  return { kind: 'error', body: JSON.stringify(describeError(error)) };
}

/** Whether an uncaught error is left from an invocation that was answered: the next one goes to another process. */
function isLeft() {
  return current.sent || current.begun === false;
}

/** An uncaught error ends the process after it was reported. */
function end(title, error, code) {
  const kind = isLeft() ? 'stale' : 'crash';
  if (current.begun === false) current = { id: former };
  log(title, error);
  send(kind, JSON.stringify(describeError(error)));
  process.exit(code);
}

/** As AWS's runtime logs an error: in JSON logs the error itself, in text its JSON. */
function log(title, error) {
  if (process.env.AWS_LAMBDA_LOG_FORMAT === 'JSON') return console.error(error);
  console.error(title, `\t${inJson(error)}`);
}

/** https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/blob/main/src/utils/error.ts */
function inJson(error) {
  const { errorType, errorMessage, trace } = describeError(error);
  const described = { errorType, errorMessage, stack: trace };
  try {
    return JSON.stringify(error instanceof Error ? error : described, (_key, value) => withMembers(value));
  } catch {
    return JSON.stringify(described);
  }
}

/** Of an error, and of errors in its members, JSON has only what is enumerable: neither message nor stack. */
function withMembers(value) {
  if (!(value instanceof Error)) return value;
  const { name: errorType, message: errorMessage, code, stack } = value;
  return { errorType, errorMessage, code, ...value, ...(typeof stack === 'string' && { stack: stack.split('\n') }) };
}
