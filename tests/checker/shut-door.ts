/** What a check sees if nobody can connect. */
export const shutDoor = {
  refused: 502,
  door: { actual: 'Nobody could connect: 502.', at: 'Connect', evidence: [] },
};

/** What it says then. */
export const saysThatItIsShut = {
  outcome: 'failed',
  actual: shutDoor.door.actual,
  at: 'Connect',
  finding: { id: 'door-is-shut' },
};
