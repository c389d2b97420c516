// AWS's console: each call is one log event, with time, request and level
// (https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html).
const { Writable } = require('node:stream');
const { format } = require('node:util');
const { writeFrame } = require('./log-channel.cjs');

const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
const methods = { log: 'INFO', info: 'INFO', debug: 'DEBUG', warn: 'WARN', error: 'ERROR', trace: 'TRACE' };

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

function asJson(level, requestId, values) {
  const error = values.find((value) => value instanceof Error);
  const [first] = values;
  const message = values.length === 1 && !(first instanceof Error) ? plain(first) : format(...values);
  return JSON.stringify({
    timestamp: new Date().toISOString(),
    level,
    requestId,
    ...(error === undefined
      ? {}
      : { errorType: error.name, errorMessage: error.message, stackTrace: error.stack?.split('\n').slice(1) }),
    message,
  });
}

/** A value that JSON can represent is passed as itself. */
function plain(value) {
  try {
    return JSON.stringify(value) === undefined ? format(value) : value;
  } catch {
    return format(value);
  }
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
