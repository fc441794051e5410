// The page for operators: the published generation, the catalogue, the scores and the runs.
import { catalogue, request } from './api.js';
import { bars, histogram, table } from './charts.js';
import { element, number, plural } from './dom.js';
import { NAMES, partsOf } from './parts.js';

const message = document.getElementById('message');
const form = document.getElementById('key');
const RETRY_DELAY = 5000; // ms before the next attempt if the server is unavailable

// Returns null if the published generation has no stored distribution.
const scoreDistribution = (options) => request('recommendations/distribution', options).catch((error) => {
  if (error.kind === 'missing') return null;
  throw error;
});

const time = (text) => (text ? element('time', { datetime: text }, text.replace('T', ' ').replace('Z', ' UTC')) : '–');
const percent = (share) => `${(100 * share).toFixed(1)} %`;
const tile = (value, name) => element('div', { class: 'tile' }, element('b', {}, value), element('span', {}, name));
const diversityOf = ({ diversity, max_per_franchise: limit }) =>
  `${diversity ? ` Diversity: ${diversity}.` : ''}${limit ? ` At most ${limit} of one franchise.` : ''}`;
const weightsOf = (weights) => partsOf(weights).map((part) => `${part} ${Number(weights[part].toFixed(3))}`).join(', ');

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
      tile(`No. ${current.number}`, 'current generation'),
      tile(number(current.shows), 'shows'),
      tile(current.shows ? percent(current.shows_with_recommendations / current.shows) : '–', 'of the shows have recommendations'),
      tile(number(current.recommendations), 'recommendations')),
    note(`Weights: ${weightsOf(current.weights)}. Lists have at most ${current.top_n} shows with a score of at least ${current.min_similarity}.${diversityOf(current)}`),
    table('Generations in the database', ['Generation', 'Computed', 'Published', 'Shows', 'Non-empty lists', 'Recommendations'],
      generations.map((g) => [`${g.number}${g.current ? ' (current)' : ''}`, time(g.computed_at), time(g.published_at), number(g.shows),
        number(g.shows_with_recommendations), number(g.recommendations)])));
}

function showCatalogue(known) {
  const fields = [['genres', known.with_genres], ['summary terms', known.with_terms], ['network', known.with_network],
    ['type', known.with_type], ['language', known.with_language], ['rating', known.with_rating]];
  fill('catalogue', note(`Data about ${plural(known.shows, 'show')}.`), element('div', { class: 'plots' },
    bars('Shows with', fields.map(([name, shows]) => ({ name, shows })), known.shows),
    histogram('Ratings', known.ratings, { to: 10, digits: 1, unit: 'shows with a rating' }),
    bars('Genres', known.genres), bars('Languages', known.languages),
    bars('Networks', known.networks), bars('Types', known.types)));
}

function showScores(distribution) {
  if (!distribution) return fill('scores', note('This generation has no score distribution. The next pipeline run computes it.'));
  return fill('scores',
    element('div', { class: 'tiles' },
      tile(number(distribution.lists), 'non-empty lists'),
      tile(number(distribution.recommended_shows), 'shows in at least one list'),
      tile(distribution.recommendations ? distribution.mean_score.toFixed(3) : '–', 'mean score')),
    element('div', { class: 'plots' }, histogram('Scores', distribution.score),
      partsOf(distribution).map((part) => histogram(`Part: ${NAMES[part].toLowerCase()}`, distribution[part], { kind: part }))));
}

function showComparison(runs) {
  const run = runs.find(({ comparison, generation }) => comparison && generation);
  if (!run) {
    return fill('comparison', note('No known run has replaced an earlier generation.'));
  }
  const { comparison: c, generation: g } = run;
  const changed = c.changed_most ?? [];
  return fill('comparison',
    note(`Run ${run.run} compared generation ${g.number} with generation ${c.with_generation}.`),
    element('div', { class: 'tiles' },
      tile(c.mean_overlap === null ? '–' : percent(c.mean_overlap), 'of the recommendations that could stay did stay'),
      tile(number(c.shows_added), 'shows added'), tile(number(c.shows_removed), 'shows removed'),
      tile(c.same_ranking ? 'same' : 'different', 'weights, length, minimum score, diversity')),
    c.objections.length > 0 && element('ul', {}, c.objections.map((text) => element('li', {}, text))),
    table('Counts of both generations', ['', 'Shows', 'With genres', 'With summary', 'Non-empty lists'],
      [[`Generation ${c.with_generation}`, c.before], [`Generation ${g.number}`, c.now]].map(([name, of]) =>
        [name, number(of.shows), number(of.with_genres), number(of.with_summary), number(of.with_recommendations)])),
    changed.length > 0 && table('Shows that changed most', ['Show whose list changed most', 'Overlap'],
      changed.map((show) => [element('a', { href: `./?show=${show.id}` }, show.name), percent(show.overlap)])));
}

function showRuns(runs) {
  if (runs.length === 0) return fill('runs', note('This server has no run reports. They are on the machine that runs the pipeline.'));
  return fill('runs', table('The last runs', ['Run', 'Outcome', 'Seconds', 'Shows', 'Rejected', 'Stages'],
    runs.map((run) => [run.run, run.error ? `${run.outcome}: ${run.error}` : run.outcome, run.seconds.toFixed(1),
      run.catalogue ? number(run.catalogue.shows) : '–', run.fetch ? number(run.fetch.rejected) : '–',
      (run.stages ?? []).map((stage) => `${stage.name} ${stage.seconds.toFixed(1)} s`).join(', ')])));
}

async function load(key) {
  message.hidden = false;
  message.textContent = 'Loading.';
  form.hidden = true;
  try {
    showCatalogue(await catalogue());
    const [generations, distribution, runs] = await Promise.all(
      [request('generations', { key }), scoreDistribution({ key }), request('runs', { key })]);
    showGenerations(generations);
    showScores(distribution);
    showComparison(runs.runs);
    showRuns(runs.runs);
    message.hidden = true;
  } catch (error) {
    if (error.kind === 'locked') {
      message.textContent = key ? 'Wrong key.' : 'The catalogue counts are public. Enter the key to see the rest.';
      form.hidden = false;
    } else {
      message.textContent = `${error.message.replace(/[.]?$/, ".")} Retrying in ${RETRY_DELAY / 1000} seconds.`;
      setTimeout(() => load(key), RETRY_DELAY);
    }
  }
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  load(document.getElementById('api-key').value);
});
load();
