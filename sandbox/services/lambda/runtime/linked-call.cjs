// A call of the SDK's that goes over the link instead of HTTP.
const { EventEmitter } = require('node:events');
const { STATUS_CODES } = require('node:http');
const { Readable } = require('node:stream');

/** The largest body, in bytes: the account decides about larger ones before it reads them, over HTTP. */
const largest = 64 * 1024;

/**
 * The longest path with headers, in characters. In JSON, that is at most twice as long, which the account accepts; over
 * HTTP, it says what is wrong with longer ones.
 */
const longest = 6 * 1024;

/** What JSON adds to a header. */
const quotes = '"":"",'.length;

const isName = (text) => /^[\w-]+$/.test(text);
const isPlain = (text) => /^[\t\x20-\x7e]*$/.test(text);

/** Returns how long a call's body will be, in bytes; not a number if only the body's end says so. */
function promised(method, headers) {
  return Number(headers['content-length'] ?? (/^(GET|DELETE)$/.test(method) ? 0 : Number.NaN));
}

/** Returns whether the SDK makes this call, in a form that needs nothing else of HTTP. */
function isForLink({ method, path = '/', auth }, headers) {
  if (headers['amz-sdk-invocation-id'] === undefined || auth) return false;
  if ((headers.expect ?? headers.Expect) !== undefined) return false;
  if (method === 'HEAD' || !(promised(method, headers) <= largest)) return false;
  let length = path.length;
  for (const name in headers) {
    const value = headers[name];
    if (typeof value !== 'string' || !isPlain(value) || !isName(name)) return false;
    length += name.length + value.length + quotes;
  }
  return length <= longest && /^[\x21-\x7e]+$/.test(path);
}

/** A call, with what SDKs of all versions use of `http.ClientRequest`. */
class LinkedCall extends EventEmitter {
  #link;
  #body = [];
  #socket;
  writableEnded = false;
  destroyed = false;

  constructor(link, { method = 'GET', path = '/' }, headers, callback) {
    super();
    this.#link = link;
    this.method = method;
    this.path = path;
    this.headers = headers;
    if (callback !== undefined) this.once('response', callback);
    // Only older SDKs wait for it.
    process.nextTick(() => this.listenerCount('socket') > 0 && this.emit('socket', this.socket));
  }

  /** For the SDK's time limits, each its own for a call. */
  get socket() {
    this.#socket ??= new CallSocket();
    return this.#socket;
  }

  getHeader(name) {
    return this.headers[name.toLowerCase()];
  }

  setTimeout(ms, onTimeout) {
    if (onTimeout !== undefined) this.once('timeout', onTimeout);
    this.socket.setTimeout(ms, () => this.emit('timeout'));
    return this;
  }

  setNoDelay() {}

  setSocketKeepAlive() {}

  write(chunk, encoding) {
    this.#body.push(Buffer.from(chunk, encoding));
    return true;
  }

  end(chunk, encoding) {
    if (this.destroyed || this.writableEnded) return this;
    this.writableEnded = true;
    if (chunk !== undefined) this.write(chunk, encoding);
    const body = this.#body.length === 1 ? this.#body[0] : Buffer.concat(this.#body);
    if (body.length === promised(this.method, this.headers)) this.#link.send(this, body);
    else process.nextTick(() => this.fail(mismatch(body.length)));
    return this;
  }

  abort() {
    this.destroy();
  }

  destroy(error) {
    if (this.destroyed) return this;
    this.#link.forget(this);
    if (error === undefined) this.#close();
    else this.fail(error);
    return this;
  }

  fail(error) {
    if (this.destroyed) return;
    this.emit('error', error);
    this.#close();
  }

  succeed([status, headers], body) {
    this.emit('response', new Answer(status, headers, body));
    this.#close();
  }

  /** Once: a listener for the error or the answer may destroy the call, too. */
  #close() {
    if (this.destroyed) return;
    this.destroyed = true;
    this.#socket?.end();
    this.emit('close');
  }
}

function mismatch(length) {
  const message = `The body has ${length} bytes, and the header content-length says otherwise.`;
  return Object.assign(new Error(message), { code: 'ERR_HTTP_CONTENT_LENGTH_MISMATCH' });
}

/** The answer to a call, with what SDKs use of `http.IncomingMessage`. */
class Answer extends Readable {
  complete = true;

  constructor(status, headers, body) {
    super();
    this.statusCode = status;
    this.statusMessage = STATUS_CODES[status];
    this.headers = headers;
    this.push(body);
    this.push(null);
  }

  _read() {}
}

/** What SDKs use of a request's socket: it is connected, and has a time limit. */
class CallSocket extends EventEmitter {
  connecting = false;
  #timer;

  setKeepAlive() {}

  setTimeout(ms, onTimeout) {
    clearTimeout(this.#timer);
    if (ms > 0) this.#timer = setTimeout(() => this.emit('timeout'), ms);
    if (onTimeout !== undefined) this.once('timeout', onTimeout);
    return this;
  }

  end() {
    clearTimeout(this.#timer);
  }

  destroy() {}
}

module.exports = { LinkedCall, isForLink };
