// AWS's console: each call is one log event, with time, request and level
// (https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html).
const { Writable } = require('node:stream');
const { format } = require('node:util');
const { writeFrame } = require('./log-channel.cjs');

const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
const methods = {
  log: 'INFO',
  info: 'INFO',
  debug: 'DEBUG',
  warn: 'WARN',
  error: 'ERROR',
  trace: 'TRACE',
  fatal: 'FATAL',
};

/** Replaces the console's methods and the standard streams. `requestId` returns the current invocation's id. */
function patchConsole(requestId) {
  const isJson = process.env.AWS_LAMBDA_LOG_FORMAT === 'JSON';
  const least = isJson ? levels.indexOf(process.env.AWS_LAMBDA_LOG_LEVEL ?? 'TRACE') : 0;
  for (const [method, level] of Object.entries(methods)) {
    if (levels.indexOf(level) < least) console[method] = () => {};
    else if (isJson) console[method] = (...values) => writeFrame('event', asJson(level, requestId(), values));
    else console[method] = (...values) => writeFrame('event', asText(level, requestId(), values));
  }
  replaceStream('stdout', 1);
  replaceStream('stderr', 2);
}

function asText(level, id, values) {
  return `${new Date().toISOString()}\t${id}\t${level}\t${format(...values)}`;
}

/** One value keeps its form, with errors as objects; several become one text, beside the first error among them. */
function asJson(level, requestId, values) {
  const line = { timestamp: new Date().toISOString(), level, requestId };
  if (values.length === 1) {
    try {
      return JSON.stringify({ ...line, message: values[0] }, (_, value) => described(value));
    } catch {
      return JSON.stringify({ ...line, message: format(values[0]) });
    }
  }
  const error = values.slice(1).find((value) => value instanceof Error);
  return JSON.stringify({ ...line, message: format(...values), ...(error && facts(error)) });
}

function described(value) {
  return value instanceof Error ? { ...facts(value), ...value } : value;
}

function facts(error) {
  const { message, stack } = error;
  return {
    errorType: error.constructor?.name ?? 'UnknownError',
    errorMessage: message,
    stackTrace: stack?.split('\n'),
  };
}

/** The stream is created on first use: most functions never need it. */
function replaceStream(name, fd) {
  let stream;
  Object.defineProperty(process, name, {
    configurable: true,
    enumerable: true,
    get() {
      stream ??= Object.assign(
        new Writable({
          decodeStrings: true,
          write(chunk, _encoding, done) {
            writeFrame('text', chunk);
            done();
          },
        }),
        { fd },
      );
      return stream;
    },
  });
}

module.exports = { patchConsole };
