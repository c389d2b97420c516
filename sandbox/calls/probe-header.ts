/** The checker's mark on its handshakes. No web page can set it, and functions don't get it. */
export const probeHeader = 'x-lab-probe';
