// The SDK's calls, all over one connection to the account. HTTP would cost a fifth of a function's CPU: an agent, a parser
// and a socket for each of the fifty posts of a message. The SDK, its signatures and what the account checks stay the
// same; only the way between these two processes differs.
const { EventEmitter } = require('node:events');
const { STATUS_CODES } = require('node:http');
const { connect } = require('node:net');
const { Readable } = require('node:stream');

/** The largest body, in bytes: the account decides about larger ones before it reads them, in HTTP. */
const largest = 64 * 1024;

/** The longest path with headers, in characters; in HTTP, the account says what is wrong with longer ones. */
const longest = 12 * 1024;

const isPlain = (text) => /^[\t\x20-\x7e]*$/.test(text);

/** Returns whether the SDK makes this call, in a form that needs nothing else of HTTP. */
function isForLink({ path = '/', auth }, headers) {
  if (headers['amz-sdk-invocation-id'] === undefined || headers.expect !== undefined || auth) return false;
  if (!(Number(headers['content-length'] ?? largest + 1) <= largest)) return false;
  let length = path.length;
  for (const name in headers) {
    const value = headers[name];
    if (typeof value !== 'string' || !isPlain(value)) return false;
    length += name.length + value.length;
  }
  return length <= longest && /^[\x21-\x7e]+$/.test(path);
}

/** One connection to the account, opened for the first call. */
class Link {
  #endpoint;
  #socket;
  #reader;
  #calls = new Map();
  #lastId = 0;
  #frames = [];

  constructor(endpoint) {
    this.#endpoint = new URL(endpoint);
  }

  /** Sends a frame: four bytes for its length, four for the call, four for the head's length, the head, the body. */
  send(call, body) {
    this.#lastId += 1;
    call.id = this.#lastId;
    this.#calls.set(call.id, call);
    this.#open().ref();
    const head = JSON.stringify([call.method, call.path, call.headers]);
    const frame = Buffer.allocUnsafe(12 + head.length + body.length);
    frame.writeUInt32LE(frame.length - 4, 0);
    frame.writeUInt32LE(call.id, 4);
    frame.writeUInt32LE(head.length, 8);
    frame.write(head, 12, 'latin1');
    frame.set(body, 12 + head.length);
    // Those of one turn are sent together.
    if (this.#frames.push(frame) === 1) process.nextTick(() => this.#flush());
  }

  /** Drops what the account may still answer to a call. */
  forget(call) {
    this.#calls.delete(call.id);
    if (this.#calls.size === 0) this.#socket?.unref();
  }

  #flush() {
    const frames = this.#frames;
    if (frames.length === 0) return;
    this.#frames = [];
    this.#open().write(frames.length === 1 ? frames[0] : Buffer.concat(frames));
  }

  #open() {
    if (this.#socket !== undefined) return this.#socket;
    const { hostname, port, host } = this.#endpoint;
    const socket = connect({ host: hostname, port, noDelay: true });
    this.#socket = socket;
    this.#reader = new Reader();
    socket.write(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket-lab-link\r\n\r\n`);
    socket.on('data', (piece) => {
      for (const frame of this.#reader.read(piece)) this.#received(frame);
    });
    socket.on('error', (error) => this.#lost(socket, error));
    socket.on('close', () => this.#lost(socket, reset()));
    return socket;
  }

  /** An answer has no head if the account ends the connection instead. */
  #received({ id, head, body }) {
    const call = this.#calls.get(id);
    if (call === undefined) return;
    this.forget(call);
    if (head === '') call.fail(reset());
    else call.succeed(JSON.parse(head), body);
  }

  #lost(socket, error) {
    if (this.#socket !== socket) return;
    this.#socket = undefined;
    this.#frames = [];
    const calls = [...this.#calls.values()];
    this.#calls.clear();
    for (const call of calls) call.fail(error);
  }
}

/** As Node.js reports a connection that the other end has reset. */
function reset() {
  return Object.assign(new Error('read ECONNRESET'), { errno: -104, code: 'ECONNRESET', syscall: 'read' });
}

/** Reads the account's answers: frames as above, after the head of its answer in HTTP. */
class Reader {
  #rest = Buffer.alloc(0);
  #isUpgraded = false;

  read(piece) {
    let bytes = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    if (!this.#isUpgraded) {
      const end = bytes.indexOf('\r\n\r\n');
      this.#isUpgraded = end >= 0;
      bytes = this.#isUpgraded ? bytes.subarray(end + 4) : bytes;
    }
    const frames = [];
    let at = 0;
    while (this.#isUpgraded && bytes.length - at >= 4) {
      const end = at + 4 + bytes.readUInt32LE(at);
      if (end > bytes.length) break;
      const body = at + 12 + bytes.readUInt32LE(at + 8);
      frames.push({
        id: bytes.readUInt32LE(at + 4),
        head: bytes.toString('latin1', at + 12, body),
        body: bytes.subarray(body, end),
      });
      at = end;
    }
    this.#rest = bytes.subarray(at);
    return frames;
  }
}

/** A call, with as much of `http.ClientRequest` as the SDK uses. */
class Call extends EventEmitter {
  #link;
  #body = [];
  #socket;
  #isDone = false;

  constructor(link, { method = 'GET', path = '/' }, headers, callback) {
    super();
    this.#link = link;
    this.method = method;
    this.path = path;
    this.headers = headers;
    if (callback !== undefined) this.once('response', callback);
  }

  /** For the SDK's time limits, each its own for a call. */
  get socket() {
    this.#socket ??= new CallSocket();
    return this.#socket;
  }

  write(chunk, encoding) {
    this.#body.push(Buffer.from(chunk, encoding));
    return true;
  }

  end(chunk, encoding) {
    if (this.#isDone) return;
    if (chunk !== undefined) this.write(chunk, encoding);
    this.#link.send(this, this.#body.length === 1 ? this.#body[0] : Buffer.concat(this.#body));
  }

  destroy(error) {
    if (this.#isDone) return;
    this.#link.forget(this);
    if (error === undefined) this.#close();
    else this.fail(error);
  }

  fail(error) {
    if (this.#isDone) return;
    this.emit('error', error);
    this.#close();
  }

  succeed([status, headers], body) {
    this.emit('response', new Answer(status, headers, body));
    this.#close();
  }

  #close() {
    this.#isDone = true;
    this.#socket?.end();
    this.emit('close');
  }
}

/** The answer to a call, with as much of `http.IncomingMessage` as the SDK uses. */
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

/** What the SDK uses of a request's socket: it is connected, and has a time limit. */
class CallSocket extends EventEmitter {
  connecting = false;
  #timer;

  setKeepAlive() {}

  setTimeout(ms, onTimeout) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.emit('timeout'), ms);
    if (onTimeout !== undefined) this.once('timeout', onTimeout);
  }

  end() {
    clearTimeout(this.#timer);
  }

  destroy() {}
}

module.exports = { Call, Link, isForLink };
