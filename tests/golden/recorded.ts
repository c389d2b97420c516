interface Recorded {
  /** The lab's number. */
  readonly lab: string;
  /** The variant that was deployed and checked: `start`, `shortcuts/…`. */
  readonly variant: string;
}

/** The verdicts under `verdicts/`, and what each was made from. `record.ts` regenerates them. */
export const recorded = {
  '01-start': { lab: '01', variant: 'start' },
  '01-fixed': { lab: '01', variant: 'solution' },
  '01-another-key': { lab: '01', variant: 'shortcuts/route-sendmessage--another-key' },
  '01-not-live': { lab: '01', variant: 'shortcuts/route-sendmessage--not-deployed' },
  '01-said-twice': { lab: '01', variant: 'shortcuts/two-people-talk--said-twice' },
  '01-by-hand': { lab: '01', variant: 'repairs/by-hand-create-route' },
  '02-start': { lab: '02', variant: 'start' },
  '02-fixed': { lab: '02', variant: 'solution' },
  '02-half': { lab: '02', variant: 'shortcuts/sender-may-post--invoke-in-place-of-manage' },
  '02-too-much': { lab: '02', variant: 'shortcuts/no-more-than-needed--administrator-access' },
  '02-by-hand': { lab: '02', variant: 'repairs/by-hand-inline-policy' },
  '03-start': { lab: '03', variant: 'start' },
  '03-fixed': { lab: '03', variant: 'solution' },
  '03-header': { lab: '03', variant: 'shortcuts/signed-in-user-comes-in--the-header-of-the-default' },
  '03-decodes': { lab: '03', variant: 'shortcuts/forged-token-is-refused--decodes-without-verifying' },
  '03-by-hand': { lab: '03', variant: 'repairs/by-hand-create-authorizer' },
} as const satisfies Record<string, Recorded>;
