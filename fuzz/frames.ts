import { hostileText, hostileValue } from './hostile.ts';
import type { Random } from './random.ts';
import type { RawNoise } from './wire.ts';

/** A WebSocket handshake, valid or invalid, followed by frames, valid or invalid. */
export function drawConversation(host: string, apiId: string, random: Random): RawNoise {
  const good = random.chance(0.75);
  const path = good
    ? `/_aws/execute-api/${apiId}/live`
    : random.pick([
        '/',
        '/_aws/execute-api/',
        '/_aws/execute-api/__proto__/live',
        `/_aws/execute-api/${apiId}/constructor`,
        `/_aws/execute-api/${apiId}/live?%ff=%`,
        `/_aws/execute-api/${'x'.repeat(3000)}/live`,
      ]);
  const headers = [
    `Host: ${host}`,
    'Connection: Upgrade',
    `Upgrade: ${good ? 'websocket' : random.pick(['websocket', 'h2c', ''])}`,
    `Sec-WebSocket-Version: ${good ? 13 : random.pick(['13', '8', 'x'])}`,
    `Sec-WebSocket-Key: ${good ? random.bytes(16).toString('base64') : random.pick(['', 'short', 'dGhlIHNhbXBsZSBub25jZQ=='])}`,
    ...(random.chance(0.1) ? [`Sec-WebSocket-Protocol: ${random.pick([',', 'a,a', 'ok', ' '])}`] : []),
    ...(random.chance(0.1) ? ['Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=99'] : []),
    ...(random.chance(0.05) ? ['Origin: https://evil.example'] : []),
  ];
  const handshake = Buffer.from(`GET ${path} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`);
  const frames = Array.from({ length: random.below(5) }, () => drawFrame(random));
  return { parts: [handshake, ...frames], stay: random.pick([0, 5, 30]) };
}

function drawFrame(random: Random): Buffer {
  switch (random.below(9)) {
    case 0:
      return random.bytes(random.below(60));
    case 1:
      return frame(2, random.bytes(random.below(200)), random);
    case 2:
      return frame(1, Buffer.alloc(random.pick([32 * 1024, 32 * 1024 + 1, 128 * 1024, 200 * 1024]), 'a'), random);
    case 3:
      return frame(8, random.bytes(random.pick([0, 1, 2, 20, 125])), random);
    case 4:
      return frame(random.pick([9, 10]), random.bytes(random.below(126)), random);
    case 5:
      return frame(random.below(16), random.bytes(random.below(20)), random, random.below(256));
    case 6:
      return frame(1, Buffer.from([0xff, 0xfe, 0xc0]), random);
    default:
      return frame(
        1,
        Buffer.from(random.chance(0.5) ? JSON.stringify({ action: hostileValue(random) }) : hostileText(random)),
        random,
      );
  }
}

/** A masked frame (https://www.rfc-editor.org/rfc/rfc6455#section-5.2); `flags` corrupts its first byte. */
function frame(opcode: number, payload: Buffer, random: Random, flags = 0x80): Buffer {
  const mask = random.bytes(4);
  const length = payload.length;
  const head =
    length < 126
      ? Buffer.from([flags | opcode, 0x80 | length])
      : length < 65_536
        ? Buffer.from([flags | opcode, 0x80 | 126, length >> 8, length & 255])
        : Buffer.concat([
            Buffer.from([flags | opcode, 0x80 | 127, 0, 0, 0, 0]),
            Buffer.from(new Uint32Array([length]).buffer).swap32(),
          ]);
  return Buffer.concat([head, mask, payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0))]);
}
