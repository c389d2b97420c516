import { AwsError } from '../../calls/errors.ts';

/** Elements that may repeat, and are lists even if there is only one. */
const lists = new Set(['Object', 'Part', 'Rule']);

/** Tags and references of the longest valid S3 document: 10,000 parts with number, ETag and checksum. */
const mostTags = 120_000;
const mostLevels = 16;

const token =
  /<(\/?)([A-Za-z_][\w.:-]*)(\s[^<>]*?)?(\/?)>|<\?[^<>]*\?>|<!--[^<>]*-->|<!\[CDATA\[([^<>]*)\]\]>|([^<]+)/y;

interface Element {
  readonly name: string;
  readonly members: Record<string, unknown>;
  text: string;
}

/**
 * Returns the root element of an XML body, with every value as a string; undefined for an empty body. Throws
 * MalformedXML. S3's own documents are small and flat: anything else is rejected at the first excess tag, so that no
 * document takes too long to parse.
 */
export function xmlBody(body: Buffer | undefined, root: string): Record<string, unknown> | undefined {
  if (body === undefined || body.length === 0) return undefined;
  const document = parse(body.toString('utf8'));
  if (!Object.hasOwn(document, root)) throw malformed();
  const content = document[root];
  return typeof content === 'object' && content !== null ? (content as Record<string, unknown>) : {};
}

function parse(text: string): Record<string, unknown> {
  const top: Element = { name: '', members: Object.create(null), text: '' };
  const open: Element[] = [top];
  let tags = 0;
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    // Documents with a DOCTYPE aren't accepted: it could define entities that grow without end, or read files.
    const [whole, close, name, , isEmpty, raw, plain] = token.exec(text) ?? [];
    const current = open.at(-1) ?? top;
    if (whole === undefined || (open.length === 1 && Object.keys(top.members).length > 0 && name !== undefined)) {
      throw malformed();
    }
    if (raw !== undefined) current.text += raw;
    // A comment, an instruction or a reference takes as long to parse as a tag.
    const pieces = plain?.split('&');
    tags += pieces === undefined ? 1 : pieces.length - 1;
    if (tags > mostTags || open.length > mostLevels) throw malformed();
    if (pieces !== undefined) current.text += unescaped(pieces);
    if (name === undefined) continue;
    if (close === '') open.push({ name, members: Object.create(null), text: '' });
    if (close === '/' || isEmpty === '/') end(open, name);
  }
  if (open.length !== 1 || top.text.trim() !== '') throw malformed();
  return top.members;
}

/** Closes the innermost element and adds it to the one around it. */
function end(open: Element[], name: string): void {
  const closed = open.pop();
  const parent = open.at(-1);
  if (closed === undefined || parent === undefined || closed.name !== name) throw malformed();
  const value = Object.keys(closed.members).length > 0 ? closed.members : closed.text;
  const before = parent.members[name];
  if (Array.isArray(before)) before.push(value);
  else if (before !== undefined) parent.members[name] = [before, value];
  else parent.members[name] = lists.has(name) ? [value] : value;
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Joins text that was split at each `&`. */
function unescaped([plain = '', ...pieces]: readonly string[]): string {
  let result = plain;
  for (const piece of pieces) {
    const end = piece.indexOf(';');
    result += signOf(piece.slice(0, Math.max(end, 0))) + piece.slice(end + 1);
  }
  return result;
}

function signOf(reference: string): string {
  const named = Object.hasOwn(entities, reference) ? entities[reference] : undefined;
  if (named !== undefined) return named;
  const isHex = /^#x[0-9a-f]{1,6}$/i.test(reference);
  if (!isHex && !/^#\d{1,7}$/.test(reference)) throw malformed();
  const code = Number.parseInt(reference.slice(isHex ? 2 : 1), isHex ? 16 : 10);
  if (code > 0x10ffff) throw malformed();
  return String.fromCodePoint(code);
}

/** S3's error for a malformed body. */
export function malformed(): AwsError {
  return new AwsError(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );
}
