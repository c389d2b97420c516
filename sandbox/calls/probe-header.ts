/**
 * Requests with this header come from a checker, not from somebody in the room. No web page can set it, and functions
 * don't get it.
 */
export const probeHeader = 'x-lab-probe';
