import type { Subject } from '../checking/check.ts';

/** Returns the readable part of a construct's name: `SendMessage`, `Api/sendmessage-Route`. */
export function labelOf({ locate }: Pick<Subject, 'locate'>, logicalId: string): string {
  const construct = locate(logicalId)?.construct;
  if (construct === undefined) return logicalId.replace(/[0-9A-F]{8}$/, '');
  return construct
    .split('/')
    .slice(1)
    .join('/')
    .replace(/\/Resource$/, '');
}
