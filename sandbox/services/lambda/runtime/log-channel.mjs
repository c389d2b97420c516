// What the function prints goes over a pipe of its own, in frames, so that an event of several lines stays
// one event. Writing is synchronous: a process that dies has lost nothing it printed.
import { writeSync } from 'node:fs';

const channel = 3;
const header = 5;
/** The most that one log event holds, as Lambda has it: 256 KB with the 26 bytes that CloudWatch Logs counts besides. */
const longest = 256 * 1024 - 26;
/** Text is cut at the end of a line after that many bytes, so that nobody waits for the account to read very many lines. */
const block = 16 * 1024;
let written = 0;

/** How many bytes went over the channel so far: an answer names it, so that it never overtakes the log. */
export function writtenBytes() {
  return written;
}

/**
 * `event`: one log event; a longer one becomes several. `text`: what was written to standard output or error, lines to
 * be found by the reader.
 */
export function writeFrame(kind, content) {
  const body = typeof content === 'string' ? Buffer.from(content) : content;
  for (let from = 0; from < body.length || from === 0; ) {
    const end = kind === 'text' ? endOfText(body, from) : endOfPiece(body, from);
    if (!write(kind, body.subarray(from, end)) || end === body.length) return;
    from = end;
  }
}

/** Where a piece ends that begins at `from`: not within a character. */
function endOfPiece(body, from) {
  if (body.length - from <= longest) return body.length;
  let end = from + longest;
  while ((body[end] & 0xc0) === 0x80 && end > from + longest - 4) end -= 1;
  return end;
}

/** The same for text: behind a line, if one ends there. */
function endOfText(body, from) {
  if (body.length - from <= block) return body.length;
  const line = body.lastIndexOf(10, from + block) + 1;
  if (line > from) return line;
  const next = body.indexOf(10, from + block) + 1;
  return next > 0 && next - from <= longest ? next : endOfPiece(body, from);
}

function write(kind, body) {
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
      return false;
    }
  }
  written += frame.length;
  return true;
}
