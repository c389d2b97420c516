import { randomUUID } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';

/** Shorter bodies are parsed normally. */
const large = 1024 * 1024;
/** Characters of base64 to decode at once: a multiple of four. */
const slice = 4 * 1024 * 1024;

/** A JSON body with its zip extracted. */
export interface Separated {
  readonly body: Buffer;
  /** Replaces the zip's base64 in the JSON. */
  readonly placeholder: string;
  readonly zip: Buffer;
}

/**
 * Extracts the base64 of `ZipFile` from a large body and decodes it slice by slice: parsing and decoding 67 MB at once
 * would delay other requests. Returns undefined for a body without a large zip, or with escapes in it.
 */
export async function separateZip(body: Buffer): Promise<Separated | undefined> {
  if (body.length < large) return undefined;
  const name = body.indexOf('"ZipFile"');
  if (name < 0) return undefined;
  const [separator] = /^\s*:\s*"/.exec(body.toString('latin1', name + 9, name + 64)) ?? [];
  if (separator === undefined) return undefined;
  const from = name + 9 + separator.length;
  const to = body.indexOf('"', from);
  if (to - from < large) return undefined;
  const backslash = body.indexOf('\\', from);
  if (backslash >= 0 && backslash < to) return undefined;
  const placeholder = `zip ${randomUUID()}`;
  const rest = Buffer.concat([body.subarray(0, from), Buffer.from(placeholder), body.subarray(to)]);
  return { body: rest, placeholder, zip: await decode(body.subarray(from, to)) };
}

async function decode(base64: Buffer): Promise<Buffer> {
  const zip = Buffer.alloc(Math.ceil((base64.length * 3) / 4));
  let size = 0;
  for (let at = 0; at < base64.length; at += slice) {
    if (at > 0) await breathe();
    size += zip.write(base64.toString('latin1', at, at + slice), size, 'base64');
  }
  return zip.subarray(0, size);
}
