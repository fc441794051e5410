// Tests of the page with a real browser, the real server and a published catalogue.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, launch, PATIENCE, reader, serve } from './browser.mjs';

const WIRE = 179; // The Wire
const BAD = 169; // Breaking Bad
const HOSTILE = 900_001; // created by page_test.py: its summary contains a script

let browser;
let server;
before(async () => { [browser, server] = await Promise.all([launch(), serve()]); });
after(async () => {
  await browser?.close();
  await server?.end();
});

// Runs `body` with a new page. Afterwards there must be no script error and no violation of the policy.
const read = (name, options, body) => test(name, { timeout: PATIENCE * 4 }, async () => {
  const { page, context, elsewhere, faults } = await reader(browser, server.url, options);
  try {
    await body(page, { elsewhere, context });
    assert.deepEqual(faults, []);
    assert.deepEqual(elsewhere.filter(({ type }) => type !== 'image'), [], 'only posters are loaded from other hosts');
  } finally {
    await context.close();
  }
});

const settled = (page) => page.locator('section[aria-labelledby=leads]:not([aria-busy])').first().waitFor();
const names = async (page) => {
  await settled(page);
  return page.locator('.card h3 a').allTextContents();
};
const ask = async (path) => (await fetch(`${server.url}${path}`)).json();
const title = (page) => page.locator('h1').textContent();
const focused = (page) => page.evaluate(() => document.activeElement.tagName);

read('home shows well-known shows and similar ones in under 60 KB', {}, async (page, { context }) => {
  const session = await context.newCDPSession(page);
  let bytes = 0;
  await session.send('Network.enable');
  session.on('Network.loadingFinished', ({ encodedDataLength }) => { bytes += encodedDataLength; });
  await page.goto('/');
  await page.locator('.leads a').nth(10).waitFor();
  await page.waitForLoadState('networkidle');
  assert.ok(await page.locator('.lead').count() >= 4);
  assert.ok(bytes > 1_000 && bytes < 60_000, `${bytes} bytes`);
  assert.equal(await page.locator('footer a[href="https://www.tvmaze.com"]').count(), 1);
  assert.ok(await page.locator('.poster svg').first().isVisible(), 'a placeholder replaces a missing poster');
});

read('search works with the keyboard while the user types', {}, async (page) => {
  await page.goto('/');
  await page.locator('h1').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('breaking');
  await page.getByRole('option', { name: /Breaking Bad/ }).waitFor();
  assert.equal(await page.locator('#q').getAttribute('aria-expanded'), 'true');
  await page.keyboard.press('ArrowDown');
  const active = await page.locator('#q').getAttribute('aria-activedescendant');
  assert.match(await page.locator(`#${active}`).textContent(), /Breaking Bad/);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Breaking Bad' }).waitFor();
  await names(page);
  assert.equal(new URL(page.url()).search, `?show=${BAD}`);
  assert.equal(await focused(page), 'H1', 'a screen reader starts with the name of the show');
  assert.match(await page.title(), /Breaking Bad/);
});

read('search corrects typos, reports no match, closes with Escape', {}, async (page) => {
  await page.goto('/');
  await page.locator('#q').fill('braking bad');
  await page.getByRole('option', { name: /Breaking Bad/ }).waitFor();
  await page.locator('#q').fill('qqqqqqqq');
  await page.getByText('No show matches “qqqqqqqq”.').waitFor();
  await page.keyboard.press('Escape');
  assert.ok(await page.locator('.found').isHidden());
});

read('recommendations show their reasons and scores', {}, async (page) => {
  const { recommendations } = await ask(`/shows/${BAD}/recommendations?n=20`);
  await page.goto(`/?show=${BAD}`);
  assert.deepEqual(await names(page), recommendations.map(({ name }) => name));
  assert.ok(await page.getByRole('button', { name: 'Reset' }).isHidden(), 'the weights are the default');
  const first = page.locator('.card').first();
  assert.equal(await first.locator('.reason').textContent(), recommendations[0].reasons.sentence);
  assert.match(await first.locator('.score summary').textContent(), new RegExp(recommendations[0].similarity_score.toFixed(2)));
  await first.locator('.score summary').click();
  assert.match(await first.locator('table').textContent(), new RegExp(recommendations[0].genre_score.toFixed(3)));
});

read('card links work, and back and reload restore the show', {}, async (page) => {
  await page.goto(`/?show=${BAD}`);
  const [first] = await names(page);
  await page.locator('.card h3 a').first().click();
  await page.getByRole('heading', { level: 1, name: first, exact: true }).waitFor();
  const second = await names(page);
  await page.reload();
  assert.deepEqual(await names(page), second);
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: 'Breaking Bad' }).waitFor();
  assert.equal((await names(page))[0], first);
  await page.goForward();
  await page.getByRole('heading', { level: 1, name: first, exact: true }).waitFor();
});

read('sliders update the list and the address', {}, async (page) => {
  await page.goto(`/?show=${BAD}`);
  await names(page);
  const requested = page.waitForResponse((response) => /weights=genre%3A0%2Ctext%3A50%2Cmetadata%3A0/.test(response.url()));
  await page.getByLabel('Genres', { exact: true }).press('Home');
  await page.getByLabel('Network, type, language').press('Home');
  await requested;
  await page.waitForURL(/weights=0-50-0/);
  const { recommendations } = await ask(`/shows/${BAD}/recommendations?n=20&weights=text:1`);
  await page.waitForFunction((name) => document.querySelector('.card h3 a')?.textContent === name, recommendations[0].name);
  assert.deepEqual(await names(page), recommendations.map(({ name }) => name));
  assert.ok(recommendations.every((r) => r.similarity_score === r.text_score));
  await page.getByLabel('Summary').press('Home');
  assert.equal(await page.getByLabel('Summary').inputValue(), '1', 'one weight must be above 0');
  const shared = await page.context().newPage();
  await shared.goto(page.url());
  assert.deepEqual(await names(shared), recommendations.map(({ name }) => name));
  await page.getByRole('button', { name: 'Reset' }).click();
  await page.waitForURL((url) => !url.searchParams.has('weights'));
});

read('the variety slider changes the list, is in the address and can be reset', {}, async (page) => {
  await page.goto(`/?show=${BAD}`);
  const before = await names(page);
  const slider = page.getByRole('slider', { name: 'Variety' });
  assert.equal(await slider.inputValue(), '0');
  await slider.press('End');
  await page.waitForURL(/variety=100/);
  const { recommendations } = await ask(`/shows/${BAD}/recommendations?n=20&diversity=1`);
  await page.waitForFunction((name) => document.querySelectorAll('.card h3 a')[1]?.textContent === name, recommendations[1].name);
  assert.deepEqual(await names(page), recommendations.map(({ name }) => name));
  assert.notDeepEqual(await names(page), before);
  const shared = await page.context().newPage();
  await shared.goto(page.url());
  assert.deepEqual(await names(shared), recommendations.map(({ name }) => name));
  assert.equal(await shared.getByRole('slider', { name: 'Variety' }).inputValue(), '100');
  await page.getByRole('button', { name: 'Reset' }).click();
  await page.waitForURL((url) => !url.searchParams.has('variety'));
  await page.waitForFunction((name) => document.querySelectorAll('.card h3 a')[1]?.textContent === name, before[1]);
  assert.deepEqual(await names(page), before);
});

read('filters update the list, can be cleared, and report no match', {}, async (page) => {
  await page.goto(`/?show=${BAD}`);
  await names(page);
  await page.getByLabel('Genre', { exact: true }).selectOption('Comedy');
  await page.waitForURL(/genre=Comedy/);
  await page.waitForFunction(() => [...document.querySelectorAll('.card .facts')].every((node) => node.textContent.includes('Comedy')));
  assert.ok((await names(page)).length > 0);
  await page.goBack();
  await page.waitForURL((url) => !url.searchParams.has('genre'));
  assert.equal(await page.getByLabel('Genre', { exact: true }).inputValue(), '');
  await page.goto(`/?show=${BAD}&genre=Nature&type=News&min_rating=9`);
  await page.getByText('No show matches these filters.').first().waitFor();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.locator('.card h3').first().waitFor();
});

read('an unknown or invalid id is reported', {}, async (page) => {
  for (const id of ['987654321', 'x', '-1', '1e3', '<img src=x onerror=alert(1)>']) {
    await page.goto(`/?show=${encodeURIComponent(id)}`);
    await page.getByRole('heading', { name: 'No such show' }).waitFor();
    await page.getByText(`No show has the id “${id}”.`).first().waitFor();
  }
  await page.getByRole('link', { name: 'Home page' }).click();
  await page.locator('.lead').first().waitFor();
});

read('markup in a summary is neither run nor loaded', {}, async (page, { elsewhere }) => {
  await page.goto(`/?show=${HOSTILE}`);
  await page.getByText('Before the script.').waitFor();
  await names(page);
  assert.equal(await page.locator('.summary b, .summary img, main script').count(), 0);
  assert.match(await page.locator('.show .summary').first().textContent(), /^Before the script\. Bold & plain <i>not a tag<\/i>\.$/);
  assert.equal(await page.evaluate(() => globalThis.hacked), undefined);
  assert.equal(await title(page), 'Evil <script>globalThis.hacked = 1</script> & Sons');
  assert.ok(elsewhere.every(({ url }) => !url.includes('tracker')), 'only the poster was requested');
  assert.ok(elsewhere.some(({ url }) => url.includes('posters.example/evil')), 'the poster URL of the catalogue was requested');
  assert.equal(await page.locator('.show > .poster img').count(), 0, 'the failed image was removed');
  assert.ok(await page.locator('.show > .poster svg').isVisible(), 'the placeholder stays visible');
});

read('an invalid link does not break the page', {}, async (page) => {
  const bad = ['http://', 'https://a@b:99999/', 'javascript:globalThis.hacked = 1', 'N/A', ''];
  let link;
  await page.route(`**/shows/${BAD}`, async (route) => {
    const response = await route.fetch();
    const image = { medium: link, original: link };
    return route.fulfill({ response, json: { ...await response.json(), url: link, image } });
  });
  for (link of bad) {
    await page.goto(`/?show=${BAD}`);
    await names(page);
    assert.equal(await title(page), 'Breaking Bad', link);
    assert.equal(await page.locator('.source').count(), 0, link);
    assert.equal(await page.locator('.show > .poster img').count(), 0, link);
  }
  link = 'https://www.example.org:8080/a';
  await page.goto(`/?show=${BAD}`);
  assert.equal(await page.locator('.source a').textContent(), 'More at example.org');
});

read('every control is reachable by keyboard', {}, async (page) => {
  await page.goto(`/?show=${BAD}`);
  await names(page);
  await page.keyboard.press('Tab');
  assert.match(await page.evaluate(() => document.activeElement.textContent), /Skip/);
  await page.keyboard.press('Enter');
  const reached = [];
  for (let step = 0; step < 24 && !reached.some((text) => text.startsWith('score')); ++step) {
    await page.keyboard.press('Tab');
    reached.push(await page.evaluate(() => {
      const node = document.activeElement;
      const outline = getComputedStyle(node).outlineStyle;
      return `${node.closest('.score') ? 'score ' : ''}${node.id || node.textContent.slice(0, 30)}${outline === 'none' ? ' WITHOUT FOCUS RING' : ''}`;
    }));
  }
  for (const id of ['weight-genre', 'weight-text', 'weight-metadata', 'variety', 'filter-genre', 'filter-min_rating']) assert.ok(reached.includes(id), `${id} of ${reached}`);
  assert.ok(reached.every((text) => !text.includes('WITHOUT')), String(reached));
  await page.keyboard.press('Enter');
  assert.ok(await page.locator('.score[open]').first().isVisible());
});

const PAGES = [['/', '.leads a'], [`/?show=${WIRE}`, '.card h3'], [`/?show=${HOSTILE}`, '.card h3'], ['/?show=987654321', '.notice'],
  ['/status', '#runs:not([hidden])']];

read('the layout fits phones, tablets and screens', { hasTouch: true }, async (page) => {
  for (const [path, there] of PAGES) {
    await page.goto(path);
    await page.locator(there).first().waitFor();
    for (const width of [320, 390, 768]) {
      await page.setViewportSize({ width, height: 700 });
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} at ${width}`);
    }
  }
  assert.ok(await page.evaluate(() => document.getAnimations().length === 0), 'reduced motion is respected');
});

read('the accessibility audit finds nothing serious in both themes', {}, async (page) => {
  for (const [path, there] of PAGES) {
    await page.goto(path);
    await page.locator(there).first().waitFor();
    if (path.includes(WIRE)) {
      await page.locator('.score summary').first().click();
      await page.locator('#q').fill('the');
      await page.getByRole('option').first().waitFor();
    }
    await page.evaluate(axe);
    for (const [colorScheme, rules] of [['light', {}], ['dark', { runOnly: ['color-contrast'] }]]) { // the scheme changes only colours
      await page.emulateMedia({ colorScheme });
      const { violations } = await page.evaluate((options) => globalThis.axe.run(options), rules);
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      assert.deepEqual(serious.map(({ id, nodes }) => `${path} ${colorScheme} ${id}: ${nodes.map((node) => node.html).join(' | ')}`), []);
    }
  }
});

read('the status page shows generations, counts, scores and runs', {}, async (page) => {
  await page.goto('/status');
  await page.locator('#runs:not([hidden])').waitFor();
  const { generations } = await ask('/generations');
  assert.match(await page.locator('#generations').textContent(), new RegExp(`No. ${generations[0].number}`));
  assert.ok(await page.locator('#catalogue svg[role=img]').count() >= 6);
  assert.equal(await page.locator('#scores svg[role=img]').count(), 4);
  assert.match(await page.locator('#comparison').textContent(), /of the recommendations that could stay did stay/);
  assert.match(await page.locator('#runs').textContent(), /published/);
});

test('the status page asks for the key if there is one', { timeout: PATIENCE * 4 }, async () => {
  const locked = await serve(0, { API_KEY: 'sesame' });
  const { page, context } = await reader(browser, locked.url);
  try {
    await page.goto('/status');
    await page.getByLabel('Enter the API key to see more').fill('wrong');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByText('Wrong key.').waitFor();
    await page.getByLabel('Enter the API key to see more').fill('sesame');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.locator('#runs:not([hidden])').waitFor();
  } finally {
    await context.close();
    await locked.end();
  }
});

test('the page reports a stopped server and recovers', { timeout: PATIENCE * 4 }, async () => {
  let mortal = await serve();
  const { page, context, faults } = await reader(browser, mortal.url);
  try {
    await page.goto(`/?show=${BAD}`);
    const before = await names(page);
    await mortal.end();
    await page.getByLabel('Genres', { exact: true }).press('End');
    await page.getByText('The server does not respond.').first().waitFor();
    await page.locator('#q').fill('wire');
    await page.locator('.hint').getByText('The server does not respond.').waitFor();
    mortal = await serve(mortal.port);
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.locator('.card h3').first().waitFor();
    assert.deepEqual(await names(page), before);
    assert.deepEqual(faults, []);
  } finally {
    await context.close();
    await mortal.end();
  }
});
