// The function's output, in frames, so that an event with several lines stays one event.
const { send } = require('./channel.cjs');

/** The longest log event, as in Lambda: 256 KB including the 26 bytes of overhead in CloudWatch Logs. */
const longest = 256 * 1024 - 26;
/**
 * Text is cut at the end of a line after that many bytes, so that nothing waits for the account to read very many
 * lines.
 */
const block = 16 * 1024;

/**
 * `event`: one log event; a longer one becomes several. `text`: raw standard output or error, which the reader splits
 * into lines.
 */
function writeFrame(kind, content) {
  const body = typeof content === 'string' ? Buffer.from(content) : content;
  for (let from = 0; from < body.length || from === 0; ) {
    const end = kind === 'text' ? endOfText(body, from) : endOfPiece(body, from);
    if (!send(kind, body.subarray(from, end)) || end === body.length) return;
    from = end;
  }
}

/** Where a piece that begins at `from` ends: not within a character. */
function endOfPiece(body, from) {
  if (body.length - from <= longest) return body.length;
  let end = from + longest;
  while ((body[end] & 0xc0) === 0x80 && end > from + longest - 4) end -= 1;
  return end;
}

/** The same for text: after a line, if one ends there. */
function endOfText(body, from) {
  if (body.length - from <= block) return body.length;
  const line = body.lastIndexOf(10, from + block) + 1;
  if (line > from) return line;
  const next = body.indexOf(10, from + block) + 1;
  return next > 0 && next - from <= longest ? next : endOfPiece(body, from);
}

module.exports = { writeFrame };
