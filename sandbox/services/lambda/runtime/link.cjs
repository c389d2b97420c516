// The SDK's calls, all over one connection to the account. HTTP would cost a fifth of a function's CPU: an agent, a parser
// and a socket for each of the fifty posts of a message. The SDK, its signatures and what the account checks stay the
// same; only the way between these two processes differs. `sandbox/http/link.ts` is the account's end.
const { connect } = require('node:net');
const { constants } = require('node:os');

/** How many calls are under way at a time. The others wait, as they would for a socket. */
const most = 256;

/** One connection to the account, opened for the first call. */
class Link {
  #endpoint;
  #socket;
  #reader;
  #calls = new Map();
  /** Calls that wait until fewer are under way, with their bodies. */
  #waiting = new Map();
  #lastId = 0;
  #frames = [];

  constructor(endpoint) {
    this.#endpoint = new URL(endpoint);
  }

  send(call, body) {
    if (this.#calls.size >= most) this.#waiting.set(call, body);
    else this.#write(call, body);
  }

  /** Drops what the account may still answer to a call. */
  forget(call) {
    this.#waiting.delete(call);
    if (this.#calls.delete(call.id)) this.#proceed();
  }

  /** Writes a frame: four bytes for its length, four for the call, four for the head's length, the head, the body. */
  #write(call, body) {
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
    if (this.#frames.push(frame) === 1) process.nextTick(() => this.#flush());
  }

  /** Writes what is there by now at once: usually all that one event of the loop has led to. */
  #flush() {
    const frames = this.#frames;
    if (frames.length === 0) return;
    this.#frames = [];
    this.#open().write(frames.length === 1 ? frames[0] : Buffer.concat(frames));
  }

  /** Nothing but calls keeps the process's event loop alive. */
  #proceed() {
    const [next] = this.#waiting;
    if (next !== undefined) {
      this.#waiting.delete(next[0]);
      this.#write(...next);
    } else if (this.#calls.size === 0) this.#socket?.unref();
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
    const calls = [...this.#calls.values(), ...this.#waiting.keys()];
    this.#calls.clear();
    this.#waiting.clear();
    for (const call of calls) call.fail(error);
  }
}

/** As Node.js reports a connection that the other end has reset. */
function reset() {
  const errno = -constants.errno.ECONNRESET;
  return Object.assign(new Error('read ECONNRESET'), { errno, code: 'ECONNRESET', syscall: 'read' });
}

/** Reads the account's answers: frames as above, after the head of its answer in HTTP. */
class Reader {
  #pieces = [];
  #length = 0;
  /** How many bytes there must be before the next frame can be whole. */
  #needed = 0;
  #isUpgraded = false;

  read(piece) {
    this.#pieces.push(piece);
    this.#length += piece.length;
    if (this.#length < this.#needed) return [];
    let bytes = this.#pieces.length === 1 ? piece : Buffer.concat(this.#pieces);
    if (!this.#isUpgraded) {
      const end = bytes.indexOf('\r\n\r\n');
      this.#isUpgraded = end >= 0;
      bytes = this.#isUpgraded ? bytes.subarray(end + 4) : bytes;
    }
    const frames = [];
    let at = 0;
    const end = () => at + 4 + (bytes.length - at >= 4 ? bytes.readUInt32LE(at) : 0);
    while (this.#isUpgraded && bytes.length - at >= 4 && end() <= bytes.length) {
      const body = at + 12 + bytes.readUInt32LE(at + 8);
      frames.push({
        id: bytes.readUInt32LE(at + 4),
        head: bytes.toString('latin1', at + 12, body),
        body: bytes.subarray(body, end()),
      });
      at = end();
    }
    this.#pieces = [bytes.subarray(at)];
    this.#length = bytes.length - at;
    this.#needed = this.#isUpgraded ? end() - at : 0;
    return frames;
  }
}

module.exports = { Link };
