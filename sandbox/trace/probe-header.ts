/** Requests with this header come from a checker, not from somebody in the room. No function gets it. */
export const probeHeader = 'x-lab-probe';
