/** A way for a message to name a channel. */
export interface Claim {
  readonly where: string;
  fields?(channel: string): Readonly<Record<string, unknown>>;
  /** What comes before the text. */
  prefix?(channel: string): string;
}

const one = ['channelId', 'channelName', 'destination', 'group', 'room', 'target', 'to', 'topic'];
const several = ['channels', 'groups'];

/** The fields in which a message can name a channel. */
export const claimFields = ['channel', ...one, ...several];

/** The obvious field alone, then all others, then the text. */
export const claimsToTry: readonly Claim[] = [
  { where: 'in the field channel', fields: (channel) => ({ channel }) },
  {
    where: `in the fields ${[...one, ...several].join(', ')}`,
    fields: (channel) => ({
      ...Object.fromEntries(one.map((name) => [name, channel])),
      ...Object.fromEntries(several.map((name) => [name, [channel]])),
    }),
  },
  { where: 'after a # at the start of its text', prefix: (channel) => `#${channel} ` },
];
