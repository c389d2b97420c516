/** Whether an address is in a CIDR range, by comparing their bits as text. */
export function addressMatches(range: string, address: string): boolean {
  const [network = '', length] = range.split('/');
  const given = bitsOf(address);
  const wanted = bitsOf(network);
  if (given === undefined || wanted === undefined || given.length !== wanted.length) return false;
  return given.startsWith(wanted.slice(0, length === undefined ? wanted.length : Number(length)));
}

function bitsOf(address: string): string | undefined {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(address)) return written(address.split('.'), 10, 8);
  if (!/^[0-9a-f:]+:[0-9a-f:]*$/i.test(address)) return undefined;
  const [before = '', after] = address.split('::');
  const head = before.split(':').filter((group) => group !== '');
  const tail = (after ?? '').split(':').filter((group) => group !== '');
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => '0');
  return written([...head, ...zeros, ...tail], 16, 16);
}

function written(groups: readonly string[], radix: number, bits: number): string {
  return groups.map((group) => Number.parseInt(group, radix).toString(2).padStart(bits, '0')).join('');
}
