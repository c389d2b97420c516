import { type KeyObject, sign } from 'node:crypto';

/**
 * A self-signed certificate for a key, as DER: anyone can create one, but Node.js can only read them
 * (https://www.rfc-editor.org/rfc/rfc5280#section-4.1).
 */
export function selfSignedCertificate({
  publicKey,
  privateKey,
}: Readonly<Record<'publicKey' | 'privateKey', KeyObject>>) {
  const algorithm = sequence(oid('2a864886f70d01010b'), element(0x05)); // sha256WithRSAEncryption
  const name = sequence(element(0x31, sequence(oid('550403'), element(0x0c, Buffer.from('mallory'))))); // commonName
  const validity = sequence(element(0x17, Buffer.from('200101000000Z')), element(0x17, Buffer.from('491231235959Z')));
  const version3 = element(0xa0, integer(2));
  const key = publicKey.export({ type: 'spki', format: 'der' });
  const content = sequence(version3, integer(1), algorithm, name, validity, name, key);
  return sequence(content, algorithm, element(0x03, Buffer.of(0), sign('sha256', content, privateKey)));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return element(0x30, ...parts);
}

function integer(value: number): Buffer {
  return element(0x02, Buffer.of(value));
}

function oid(bytes: string): Buffer {
  return element(0x06, Buffer.from(bytes, 'hex'));
}

function element(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...size), content]);
}
