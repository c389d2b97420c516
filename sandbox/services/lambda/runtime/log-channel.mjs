// What the function prints goes over a pipe of its own, in frames, so that an event of several lines stays
// one event. Writing is synchronous: a process that dies has lost nothing it printed.
import { writeSync } from 'node:fs';

const channel = 3;
const header = 5;
let written = 0;

/** How many bytes went over the channel so far: an answer names it, so that it never overtakes the log. */
export function writtenBytes() {
  return written;
}

/** `event`: one log event. `text`: what was written to standard output or error, lines to be found by the reader. */
export function writeFrame(kind, content) {
  const body = typeof content === 'string' ? Buffer.from(content) : content;
  const frame = Buffer.allocUnsafe(header + body.length);
  frame[0] = kind === 'event' ? 1 : 2;
  frame.writeUInt32LE(body.length, 1);
  frame.set(body, header);
  for (let sent = 0; sent < frame.length; ) {
    try {
      sent += writeSync(channel, frame, sent);
    } catch (error) {
      if (error.code === 'EAGAIN') continue;
      // The account is gone; the runtime API's socket tells so too, and ends the process.
      return;
    }
  }
  written += frame.length;
}
