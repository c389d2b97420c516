import { BlockList, isIP } from 'node:net';

/** An integer or a decimal number, or nothing. */
export function numberOf(text: string): number | undefined {
  return /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : undefined;
}

const iso =
  /^([+-]?\d{1,9})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:t(?:(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,9}))?)?)?)?(z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/**
 * Parses an instant in milliseconds: from one of the W3C's forms of ISO 8601, or, if the text is only digits, from
 * seconds since 1970. Without a time zone it is UTC.
 */
export function instantOf(text: string): number | undefined {
  const trimmed = text.trim();
  if (/^\d+(?:\.\d+)?$/.test(trimmed)) {
    const milliseconds = Number(trimmed) * 1000;
    return Number.isFinite(milliseconds) ? milliseconds : undefined;
  }
  const found = iso.exec(trimmed);
  if (found === null) return undefined;
  const [year, month, day, hours, minutes, seconds] = [1, 2, 3, 4, 5, 6].map((group) =>
    Number(found[group] ?? (group === 2 || group === 3 ? 1 : 0)),
  ) as [number, number, number, number, number, number];
  if (month < 1 || month > 12 || day < 1 || day > 31 || hours > 23 || minutes > 59 || seconds > 59) return undefined;
  const offset = offsetOf(found[8]);
  if (offset === undefined) return undefined;
  const instant = new Date(0);
  instant.setUTCFullYear(year, month - 1, day);
  instant.setUTCHours(hours, minutes, seconds, Math.floor(Number(`0.${found[7] ?? '0'}`) * 1000));
  return Number.isNaN(instant.getTime()) ? undefined : instant.getTime() - offset * 60_000;
}

function offsetOf(zone: string | undefined): number | undefined {
  if (zone === undefined || zone.toLowerCase() === 'z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', '') || 0);
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/**
 * Returns a matcher for a range in CIDR notation, IPv4 or IPv6; a bare address is a range of one. Addresses of one kind
 * are in no range of the other, unlike in Node's own list.
 */
export function addressMatcher(range: string): (address: string) => boolean {
  const [network = '', length, ...rest] = range.trim().split('/');
  const version = isIP(network);
  const bits = version === 6 ? 128 : 32;
  const prefix = length === undefined ? bits : Number(length);
  const valid = version !== 0 && rest.length === 0 && length !== '' && Number.isInteger(prefix);
  if (!valid || prefix < 0 || prefix > bits) return () => false;
  const addresses = new BlockList();
  addresses.addSubnet(network, prefix, version === 6 ? 'ipv6' : 'ipv4');
  return (address) => isIP(address) === version && addresses.check(address, version === 6 ? 'ipv6' : 'ipv4');
}
