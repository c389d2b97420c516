import type { Ids } from '../../calls/ids.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A new pool's id in AWS's format: `us-east-1_` and nine letters and digits. */
export function newPoolId(region: string, ids: Pick<Ids, 'bytes'>): string {
  const random = ids.bytes(18);
  const id = Array.from({ length: 9 }, (_, at) => letters[random.readUInt16BE(at * 2) % letters.length]);
  return `${region}_${id.join('')}`;
}
