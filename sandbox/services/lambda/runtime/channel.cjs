// The function's side of two pipes: to the account go output, answers and events, from it come invocations, in frames.
const { readSync, writeSync } = require('node:fs');

const toAccount = 3;
const fromAccount = 4;
const header = 5;
const kinds = { event: 1, text: 2, response: 3, error: 4, crash: 5, ready: 6, stale: 7 };

/**
 * Sends a frame: one byte for the kind, four for the length, the content. Writing is synchronous: a dying process loses
 * none of its output. Returns false if the account is gone.
 */
function send(kind, content) {
  const body = typeof content === 'string' ? Buffer.from(content) : content;
  const frame = Buffer.allocUnsafe(header + body.length);
  frame[0] = kinds[kind];
  frame.writeUInt32LE(body.length, 1);
  frame.set(body, header);
  for (let sent = 0; sent < frame.length; ) {
    try {
      sent += writeSync(toAccount, frame, sent);
    } catch (error) {
      if (error.code !== 'EAGAIN') return false;
      rest();
    }
  }
  return true;
}

/**
 * Waits for the account's next frame, four bytes for the length and the content, and returns the content. Until then,
 * this thread stands still, as AWS freezes an environment between invocations: what a handler hasn't awaited goes on
 * with the next one (https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html). If the account is
 * gone, this process ends.
 */
function receive() {
  return take(take(4).readUInt32LE(0));
}

function take(length) {
  const bytes = Buffer.allocUnsafe(length);
  for (let taken = 0; taken < length; ) {
    try {
      const count = readSync(fromAccount, bytes, taken, length - taken, null);
      if (count === 0) process.exit(0);
      taken += count;
    } catch (error) {
      if (error.code === 'EAGAIN') rest();
      else if (error.code !== 'EINTR') process.exit(0);
    }
  }
  return bytes;
}

/** Waits for a millisecond, where reading doesn't. */
function rest() {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
}

module.exports = { send, receive };
