import { randomInt } from 'node:crypto';
import { pagePorts } from '../workshop/page-ports.ts';

/** User-Agents of browsers. */
const USER_AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
];

/**
 * Returns the headers with which a browser opens a socket from the chat page. Anyone can send them, so a room must
 * neither trust them nor recognize the checker by their absence. `Origin` is where this checkout serves the lab's page,
 * if it has.
 */
export async function browserHeaders(root: string, lab: string): Promise<Record<string, string>> {
  const ports = await pagePorts(root);
  const [port = randomInt(32_768, 61_000)] = [ports[lab], ports.start].filter((kept) => typeof kept === 'number');
  return {
    Pragma: 'no-cache',
    'Cache-Control': 'no-cache',
    'User-Agent': USER_AGENTS[randomInt(USER_AGENTS.length)] ?? '',
    Origin: `http://127.0.0.1:${port}`,
    'Accept-Encoding': 'gzip, deflate, br',
    'Accept-Language': 'en-US,en;q=0.9',
  };
}
