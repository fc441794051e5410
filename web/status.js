// The page for who runs the server: what is published, of what, and how it came to be.
import { ask, catalogue } from './api.js';
import { bars, histogram, table } from './charts.js';
import { element, number, plural } from './dom.js';
import { NAMES, PARTS } from './parts.js';

const says = document.getElementById('says');
const form = document.getElementById('key');
const WAIT = 5000; // ms until a server that is away is asked again

// None where what is published was written before the spread had a place.
const spreadOfScores = (options) => ask('recommendations/distribution', options).catch((error) => {
  if (error.kind === 'missing') return null;
  throw error;
});

const time = (text) => (text ? element('time', { datetime: text }, text.replace('T', ' ').replace('Z', ' UTC')) : '–');
const percent = (share) => `${(100 * share).toFixed(1)} %`;
const tile = (value, name) => element('div', { class: 'tile' }, element('b', {}, value), element('span', {}, name));
const weightsOf = (weights) => PARTS.map((part) => `${part} ${Number(weights[part].toFixed(3))}`).join(', ');

function fill(id, ...content) {
  const section = document.getElementById(id);
  section.replaceChildren(section.querySelector('h2'), ...content.filter(Boolean));
  section.hidden = false;
}
const note = (text) => element('p', { class: 'section-note' }, text);

function showGenerations({ generations }) {
  const current = generations.find((generation) => generation.current);
  if (!current) return fill('generations', note('Nothing is published yet: run `bingefriend pipeline`.'));
  return fill('generations',
    element('div', { class: 'tiles' },
      tile(`No. ${current.number}`, 'generation that readers see'),
      tile(number(current.shows), 'shows'),
      tile(current.shows ? percent(current.shows_with_recommendations / current.shows) : '–', 'of them with recommendations'),
      tile(number(current.recommendations), 'recommendations')),
    note(`Weights: ${weightsOf(current.weights)}. Lists of at most ${current.top_n}, with a score of at least ${current.min_similarity}.`),
    table('Generations in the database', ['Generation', 'Computed', 'Published', 'Shows', 'With a list', 'Recommendations'],
      generations.map((g) => [`${g.number}${g.current ? ' (current)' : ''}`, time(g.computed_at), time(g.published_at), number(g.shows),
        number(g.shows_with_recommendations), number(g.recommendations)])));
}

function showCatalogue(known) {
  const told = [['genres', known.with_genres], ['terms of the summary', known.with_terms], ['network', known.with_network],
    ['type', known.with_type], ['language', known.with_language], ['rating', known.with_rating]];
  fill('catalogue', note(`What is known of ${plural(known.shows, 'show')}.`), element('div', { class: 'plots' },
    bars('Shows that have', told.map(([name, shows]) => ({ name, shows })), known.shows),
    histogram('Ratings', known.ratings, { to: 10, digits: 1, unit: 'shows with a rating' }),
    bars('Genres', known.genres), bars('Languages', known.languages),
    bars('Networks', known.networks), bars('Types', known.types)));
}

function showScores(spread) {
  if (!spread) return fill('scores', note('They were not counted for this generation: the next run of the pipeline does it.'));
  return fill('scores',
    element('div', { class: 'tiles' },
      tile(number(spread.lists), 'lists that are not empty'),
      tile(number(spread.recommended_shows), 'shows that are recommended at all'),
      tile(spread.recommendations ? spread.mean_score.toFixed(3) : '–', 'mean score')),
    element('div', { class: 'plots' }, histogram('Scores', spread.score),
      PARTS.map((part) => histogram(`Part: ${NAMES[part].toLowerCase()}`, spread[part], { kind: part }))));
}

function showComparison(runs) {
  const run = runs.find(({ comparison, generation }) => comparison && generation);
  if (!run) {
    return fill('comparison', note('No run that this server knows of has published beside an earlier generation.'));
  }
  const { comparison: c, generation: g } = run;
  const changed = c.changed_most ?? [];
  return fill('comparison',
    note(`Generation ${g.number} beside ${c.with_generation}, as the run ${run.run} found them.`),
    element('div', { class: 'tiles' },
      tile(c.mean_overlap === null ? '–' : percent(c.mean_overlap), 'of the recommendations that could stay did'),
      tile(number(c.shows_added), 'shows came'), tile(number(c.shows_removed), 'shows left'),
      tile(c.same_ranking ? 'the same' : 'other', 'weights, length and least score')),
    c.objections.length > 0 && element('ul', {}, c.objections.map((text) => element('li', {}, text))),
    table('Figures of both', ['', 'Shows', 'With genres', 'With summary', 'With a list'],
      [[`Generation ${c.with_generation}`, c.before], [`Generation ${g.number}`, c.now]].map(([name, of]) =>
        [name, number(of.shows), number(of.with_genres), number(of.with_summary), number(of.with_recommendations)])),
    changed.length > 0 && table('Shows that changed most', ['Show whose list changed most', 'Stayed'],
      changed.map((show) => [element('a', { href: `./?show=${show.id}` }, show.name), percent(show.overlap)])));
}

function showRuns(runs) {
  if (runs.length === 0) return fill('runs', note('This server has no reports of runs: they lie where the pipeline works.'));
  return fill('runs', table('The last runs', ['Run', 'Outcome', 'Seconds', 'Shows', 'Rejected', 'Stages'],
    runs.map((run) => [run.run, run.error ? `${run.outcome}: ${run.error}` : run.outcome, run.seconds.toFixed(1),
      run.catalogue ? number(run.catalogue.shows) : '–', run.fetch ? number(run.fetch.rejected) : '–',
      (run.stages ?? []).map((stage) => `${stage.name} ${stage.seconds.toFixed(1)} s`).join(', ')])));
}

async function load(key) {
  says.hidden = false;
  says.textContent = 'Loading.';
  form.hidden = true;
  try {
    showCatalogue(await catalogue());
    const [generations, spread, runs] = await Promise.all(
      [ask('generations', { key }), spreadOfScores({ key }), ask('runs', { key })]);
    showGenerations(generations);
    showScores(spread);
    showComparison(runs.runs);
    showRuns(runs.runs);
    says.hidden = true;
  } catch (error) {
    if (error.kind === 'locked') {
      says.textContent = key ? 'This key is not the right one.' : 'The figures of the catalogue are open to all.';
      form.hidden = false;
    } else {
      says.textContent = `${error.message.replace(/[.]?$/, ".")} Asking again in ${WAIT / 1000} seconds.`;
      setTimeout(() => load(key), WAIT);
    }
  }
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  load(document.getElementById('api-key').value);
});
load();
