// A headless Chromium and servers of the program for the page tests.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const require = createRequire(`${process.env.TEST_TOOLS}/`);
const { chromium } = require('playwright-core');
export const axe = require('axe-core').source;

export const PATIENCE = 60_000; // ms; a busy machine is slow, never wrong

// Starts `bingefriend serve` in the test folder; end() stops it.
export async function serve(port = 0, environment = {}) {
  const child = spawn(process.env.BINGEFRIEND, ['serve', '--port', String(port)],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...environment } });
  const ended = once(child, 'exit');
  const first = await Promise.race([once(createInterface(child.stdout), 'line'), ended.then(() => { throw new Error('the server ended'); })]);
  const url = /http:\S+/.exec(first[0])[0];
  return {
    url,
    port: Number(new URL(url).port),
    async end() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

export const launch = () => chromium.launch({
  executablePath: ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync),
  timeout: PATIENCE * 2,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
    '--disable-sync', '--disable-dev-shm-usage'],
});

// Opens a page. Requests to other hosts are recorded in `elsewhere` and fail, as without a network.
export async function reader(browser, base, options = {}) {
  const context = await browser.newContext({ baseURL: base, reducedMotion: 'reduce', viewport: { width: 1280, height: 900 }, ...options });
  const elsewhere = [];
  const faults = [];
  await context.route((url) => url.origin !== new URL(base).origin, (route) => {
    elsewhere.push({ url: route.request().url(), type: route.request().resourceType() });
    return route.abort();
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) faults.push(message.text());
  });
  return { page, context, elsewhere, faults };
}
