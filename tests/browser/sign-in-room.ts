import type { Browser, BrowserContextOptions, Page as Tab } from 'playwright-core';
import { afterAll } from 'vitest';
import { practiceTarget } from '../../checker/aws/open.ts';
import { practiceMail } from '../../checker/aws/practice.ts';
import { stackNameOf } from '../../checker/checking/subject.ts';
import { observeStack } from '../../checker/observe/stack.ts';
import { type Page, servePage } from '../../checker/page/serve.ts';
import { type ServedRoom, servedRoom } from '../../checker/page/served-room.ts';
import { deploySolvedRoom, type SolvedRoom } from '../room/solved-room.ts';
import { button, connected, field, visit } from './visitor.ts';
import { webFolder } from './web-folder.ts';

/** A password that meets the room's policy. */
export const password = 'Correct-horse-7';

/** Lab 3's solution, deployed, with the page that `lab open` serves for it. */
export interface SignInRoom extends SolvedRoom {
  readonly page: Page;
  readonly served: ServedRoom;
  readonly userPoolId: string;
  /** Sets the account's clock forward, in milliseconds. */
  pass(time: number): void;
}

/**
 * Deploys a lab's solution, by default lab 3's, into its own practice account, in `folder` if one is given. Closed at
 * the end of the file or suite.
 */
export async function testSignInRoom(folder?: string, lab = '03-no-auth'): Promise<SignInRoom> {
  const room = await openSignInRoom(folder, lab);
  afterAll(() => room.close());
  return room;
}

async function openSignInRoom(folder: string | undefined, lab: string): Promise<SignInRoom> {
  let ahead = 0;
  const clock = { now: () => new Date(Date.now() + ahead) };
  const room = await deploySolvedRoom(lab, { clock, folder });
  const { account } = room;
  const target = practiceTarget(account.identity, account.port, {
    allowPage: async (origin) => account.allowPage(origin),
    mail: () => practiceMail(account.folder),
    close: async () => {},
  });
  const stackName = stackNameOf(lab);
  const { resources, outputs } = await observeStack(target, stackName);
  const served = servedRoom(target, { lab, stackName, resources, outputs, room: room.address });
  const page = await servePage({ root: webFolder, ...served });
  await target.allowPage(page.origin);
  return {
    ...room,
    page,
    served,
    userPoolId: outputs.UserPoolId ?? '',
    pass(time) {
      ahead += time;
    },
    async close() {
      await page.close();
      await target.close();
      await room.close();
    },
  };
}

/** Opens the page as a new user and signs up; the page then asks for the code. */
export async function signUp(
  browser: Browser,
  url: string,
  name: string,
  options?: BrowserContextOptions,
): Promise<Tab> {
  const tab = await visit(browser, url, options);
  await submitSignUp(tab, name);
  await field(tab, 'Code').waitFor();
  return tab;
}

/** Fills in the form of the page to sign up, and submits it. */
export async function submitSignUp(tab: Tab, name: string, email = `${name}@example.com`): Promise<void> {
  await button(tab, 'Sign up').click();
  await field(tab, 'Username').fill(name);
  await field(tab, 'Email').fill(email);
  await field(tab, 'Password').fill(password);
  await tab.keyboard.press('Enter');
}

/** The code that the page shows, because the practice account sends no mail. */
export async function shownCode(tab: Tab): Promise<string> {
  const notice = tab.getByText('The practice account sends no mail. Your code is').and(tab.locator(':visible'));
  await notice.waitFor();
  return /\d{6}/.exec((await notice.textContent()) ?? '')?.[0] ?? '';
}

/** Enters the code that the page shows, on the page that asks for it. */
export async function enterCode(tab: Tab): Promise<void> {
  await field(tab, 'Code').fill(await shownCode(tab));
  await tab.keyboard.press('Enter');
}

/** Signs up, confirms, and waits to be in the room. */
export async function newcomer(
  browser: Browser,
  url: string,
  name: string,
  options?: BrowserContextOptions,
): Promise<Tab> {
  const tab = await signUp(browser, url, name, options);
  await enterCode(tab);
  await connected(tab);
  return tab;
}

/** Signs in on the page that asks for it. */
export async function signIn(tab: Tab, name: string, secret = password): Promise<void> {
  await field(tab, 'Username').fill(name);
  await field(tab, 'Password').fill(secret);
  await tab.keyboard.press('Enter');
}
