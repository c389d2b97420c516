import { hostileText } from './hostile.ts';
import type { Random } from './random.ts';
import type { Plain } from './sign.ts';
import type { RawNoise } from './wire.ts';

/** Corrupts a signed request: a flipped byte, a missing piece, a wrong length, a client that disconnects midway. */
export function spoil(plain: Plain, random: Random): RawNoise {
  const bytes = toBytes(plain);
  switch (random.below(7)) {
    case 0:
      return { parts: [bytes.subarray(0, random.below(bytes.length))], stay: 0 };
    case 1:
      return { parts: [bytes], stay: 0 };
    case 2: {
      const cut = random.below(bytes.length);
      return { parts: [bytes.subarray(0, cut), bytes.subarray(cut)], stay: 5 };
    }
    case 3: {
      for (let times = 0; times <= random.below(8); times += 1) bytes[random.below(bytes.length)] = random.below(256);
      return { parts: [bytes], stay: 20 };
    }
    case 4:
      return {
        parts: [
          toBytes({
            ...plain,
            headers: { ...plain.headers, 'content-length': random.pick(['0', '-1', '1e9', '99999999999', '', 'x']) },
          }),
        ],
        stay: 10,
      };
    case 5:
      return {
        parts: [toBytes({ ...plain, headers: { ...plain.headers, authorization: badSignature(plain, random) } })],
        stay: 200,
      };
    default:
      return { parts: [bytes, bytes, bytes], stay: 0 };
  }
}

function badSignature({ headers }: Plain, random: Random): string {
  const { authorization = '' } = headers;
  return random.pick([
    authorization.replace(/Signature=.*/, 'Signature=00'),
    authorization.replace(/Credential=[^/]+/, 'Credential=__proto__'),
    authorization.replace(/SignedHeaders=[^,]+/, 'SignedHeaders=__proto__;constructor'),
    authorization.slice(0, random.below(authorization.length + 1)),
    'AWS4-HMAC-SHA256 ,,,=,=',
    `AWS4-HMAC-SHA256 Credential=${'/'.repeat(3000)}`,
    'Basic YTpi',
  ]);
}

/** Bytes that aren't a valid request for any service. */
export function drawNoise(host: string, random: Random): RawNoise {
  const line = `${random.pick(['GET', 'POST', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE', 'BREW'])} ${random.pick(['/', '*', '//', '/../..', '/_lab/stop', '/_lab/owner', '/%00', '/__proto__', `/${'a/'.repeat(500)}`, 'http://example.com/', `/?${'a=b&'.repeat(1000)}`, '/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a/b/c/s3/e&X-Amz-SignedHeaders=host&X-Amz-Signature=zz&X-Amz-Expires=x'])} HTTP/1.1\r\n`;
  const head = `${line}Host: ${host}\r\n`;
  const texts = [
    () => random.bytes(random.below(2000)),
    () => `${head}\r\n`,
    () => `${line}\r\n`,
    () => `${line}Host: evil.example\r\n\r\n`,
    () => `${head}Origin: https://evil.example\r\n\r\n`,
    () => `${head}X-Big: ${'a'.repeat(random.below(40_000))}\r\n\r\n`,
    () => `${head}${'X-Many: 1\r\n'.repeat(random.below(3000))}\r\n`,
    () =>
      `${head}Transfer-Encoding: chunked\r\n\r\n${random.pick(['zz\r\n', 'ffffffffff\r\n', '5\r\nab', '0\r\n\r\n', '-1\r\n\r\n', '1\r\na\r\n0\r\nTrailer: x\r\n\r\n'])}`,
    () => `${head}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nhello`,
    () =>
      `${head}X-Amz-Target: ${random.pick(['AmazonSSM.', '.', '__proto__.constructor', 'DynamoDB_20120810.toString', 'Logs_20140328'])}\r\nContent-Length: 2\r\n\r\n{}`,
    () => `${head}${hostileText(random)}: ${hostileText(random)}\r\n\r\n`,
    () => `${head}Expect: 100-continue\r\nContent-Length: 10\r\n\r\n`,
    () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  ];
  return { parts: [Buffer.from(random.pick(texts)())], stay: random.pick([0, 5, 100]) };
}

function toBytes({ method, path, headers, body }: Plain): Buffer {
  const all = { 'content-length': String(Buffer.byteLength(body)), connection: 'close', ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`), Buffer.from(body)]);
}
