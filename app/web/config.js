/** The room this page belongs to: `room`, its address, and `lab`, its lab. The page's server makes the file. */
export async function readConfig() {
  const response = await fetch('config.json', { cache: 'no-store' });
  if (!response.ok) throw new Error(`config.json: ${response.status}`);
  return response.json();
}
