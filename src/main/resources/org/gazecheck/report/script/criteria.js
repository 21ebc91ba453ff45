
/* ---- criteria: which images the gallery shows, in which order ---- */

const PRESETS = {
  all: { name: 'All', outcome: '', sort: 'row' },
  errors: { name: 'Errors', outcome: 'error', sort: '-confidence' },
  correct: { name: 'Correct', outcome: 'correct', sort: 'row' },
  wrongReason: { name: 'Right for the wrong reason', outcome: 'correct', sort: 'massLift', ranges: [['massLift', '', 1]] },
};

const STANDARD_SIZE = 132;

/* How images and heatmaps are shown. */
const view = { show: 'predicted', opacity: 55, colours: 'inferno', outline: true, threshold: 0, size: STANDARD_SIZE, map: 'features', mapColour: 'label', regions: false };

/*
 * What is wanted. By facet: values of which an image must have one, and values that it must not have. Ranges: [from, to] by number,
 * '' for an open end. A facet's own name is its one wanted value, '' for none or several; setting it leaves nothing else of the facet.
 * Odd: what an address asked for that was left out, in words.
 */
const criteria = { wanted: new Map(), unwanted: new Map(), drawn: '', text: '', sort: '-confidence', ranges: new Map(), odd: [] };

const FACET_NAMES = {
  outcome: 'Outcome', label: 'True class', predicted: 'Predicted class', split: 'Split', finding: 'Finding or story',
  cluster: 'Heatmap cluster', issue: 'Data issue', verdict: 'Verdict', reviewer: 'Reviewer',
};

for (const id of Object.keys(FACET_NAMES)) {
  criteria.wanted.set(id, new Set());
  criteria.unwanted.set(id, new Set());
  Object.defineProperty(criteria, id, {
    get: () => (criteria.wanted.get(id).size === 1 ? [...criteria.wanted.get(id)][0] : ''),
    set: value => {
      criteria.wanted.set(id, new Set(value === '' ? [] : [value]));
      criteria.unwanted.set(id, new Set());
    },
  });
}

criteria.outcome = 'error';

/* Images without a value share one list, so do those with the same single one: there are many. */
const NOTHING = [];

/* Values of a facet with their names, and which of them an image has, as indices; made once, but for what reviewers say. */
function fixedFacets() {
  const { images, classes, clusters } = report;
  const named = names => names.map(name => ({ value: name, text: name }));
  const splits = [...new Set(images.split)];
  const findings = Object.keys(report.findings).filter(id => report.findings[id].some(isPrediction));
  const stories = Object.keys(report.stories).filter(story => report.stories[story].some(id => findings.includes(id)));
  const among = of => Array.from(images.rank, (unused, i) => of(i));
  const evidence = among(() => []);
  findings.forEach((id, k) => report.findings[id].filter(isPrediction).forEach(i => evidence[i].push(stories.length + k)));
  stories.forEach((story, k) => new Set(report.stories[story].flatMap(id => report.findings[id] || []).filter(isPrediction))
    .forEach(i => evidence[i].push(k)));
  const issues = Object.keys(report.dataQuality ? DATA_ISSUES : {});
  const single = (options, of) => {
    const lists = options.map((unused, k) => [k]);
    return among(i => lists[of(i)] || NOTHING);
  };
  return new Map([
    ['outcome', { options: [{ value: 'error', text: 'errors' }, { value: 'correct', text: 'correct' }, { value: 'unlabelled', text: 'without a label' }],
      lists: single([0, 1, 2], i => (images.rank[i] > 1 ? 0 : images.rank[i] === 1 ? 1 : 2)) }],
    ['label', { options: named(classes), lists: single(classes, i => (images.rank[i] > 0 ? images.label[i] : -1)) }],
    ['predicted', { options: named(classes), lists: single(classes, i => images.predicted[i]) }],
    ['split', { options: named(splits), lists: single(splits, i => splits.indexOf(images.split[i])) }],
    ['finding', { options: [...stories.map(story => ({ value: 'story ' + story, text: 'Story: ' + report.stories[story]
      .map(id => report.findingNames[id]).join(' + ') })), ...findings.map(id => ({ value: id, text: report.findingNames[id] }))], lists: evidence }],
    ['cluster', { options: named(clusters ? clusters.names : []), lists: single(clusters ? clusters.names : [], i => (clusters ? clusters.of[i] : -1)) }],
    ['issue', { options: issues.map(id => ({ value: id, text: DATA_ISSUES[id][0] })),
      lists: among(i => [...issues.keys()].filter(k => DATA_ISSUES[issues[k]][1](i))).map(list => (list.length === 0 ? NOTHING : list)) }],
  ]);
}

const NOT_YET = [0];

/* What people said, as it is now. */
function verdictFacets() {
  const who = review.name() === '' ? 'anybody' : 'you';
  const options = [['none', 'not yet by ' + who], ['any', 'given by ' + who], ['anybody', 'given by anybody'], ['conflict', 'disputed'],
    ['required', 'needed for signing'], ...VERDICT_KEYS.map(word => [word, VERDICTS[word]])].map(([value, text]) => ({ value, text }));
  const names = new Map();
  const words = [];
  const reviewers = [];
  for (let i = 0; i < report.predictions; i += 1) {
    if (review.given(i).length === 0) {
      words.push(NOT_YET);
      reviewers.push(NOTHING);
      continue;
    }
    const mine = review.own(i);
    const said = mine ? [mine, ...review.others(i)] : review.others(i);
    const list = [review.judged(i) ? 1 : 0];
    if (said.length > 0) {
      list.push(2, ...new Set(said.map(verdict => 5 + VERDICT_KEYS.indexOf(verdict.verdict))));
    }
    if (review.disputed(i)) {
      list.push(3);
    }
    words.push(list);
    reviewers.push(said.map(verdict => {
      if (!names.has(verdict.reviewer)) {
        names.set(verdict.reviewer, names.size);
      }
      return names.get(verdict.reviewer);
    }));
  }
  report.required.filter(queue.needs).forEach(i => { words[i] = [...words[i], 4]; });
  return new Map([['verdict', { options, lists: words }],
    ['reviewer', { options: [...names.keys()].map(name => ({ value: name, text: name })), lists: reviewers }]]);
}

let facets = new Map();

let chosen = [];

/* Of each image: 0 it is chosen; k only criterion k speaks against it; -1 several do. */
let against = new Int16Array(0);
let criterionOf = new Map();

function clearCriteria() {
  for (const id of Object.keys(FACET_NAMES)) {
    criteria[id] = '';
  }
  Object.assign(criteria, { drawn: '', text: '', ranges: new Map(), odd: [] });
}

function usePreset(id) {
  const preset = PRESETS[id];
  clearCriteria();
  criteria.outcome = preset.outcome;
  criteria.sort = preset.sort;
  for (const [number, from, to] of preset.ranges || []) {
    criteria.ranges.set(number, [from, to]);
  }
}

/* A class by its whole name, or every class whose name contains the text; the text itself where there is none. */
function classesOf(text) {
  const wanted = text.trim().toLowerCase();
  const found = report.classes.includes(text) ? [text] : report.classes.filter(name => name.toLowerCase().includes(wanted));
  return found.length > 0 ? found : [text];
}

function isWanted(id, value) {
  return criteria.wanted.get(id).has(value);
}

function isUnwanted(id, value) {
  return criteria.unwanted.get(id).has(value);
}

function toggle(set, other, value) {
  if (!set.delete(value)) {
    set.add(value);
  }
  other.delete(value);
}

function toggleWanted(id, value) {
  toggle(criteria.wanted.get(id), criteria.unwanted.get(id), value);
}

function toggleUnwanted(id, value) {
  toggle(criteria.unwanted.get(id), criteria.wanted.get(id), value);
}

/* Every criterion that is in force, as [id, whether an image meets it]. */
function criteriaInForce() {
  const tests = [];
  for (const [id, { options, lists }] of facets) {
    const wanted = criteria.wanted.get(id);
    const unwanted = criteria.unwanted.get(id);
    if (wanted.size + unwanted.size > 0) {
      const yes = options.map(({ value }) => wanted.has(value));
      const no = options.map(({ value }) => unwanted.has(value));
      tests.push([id, i => {
        let met = wanted.size === 0;
        for (const k of lists[i]) {
          if (no[k]) {
            return false;
          }
          met = met || yes[k];
        }
        return met;
      }]);
    }
  }
  for (const [id, [from, to]] of criteria.ranges) {
    const { of } = NUMBERS.get(id);
    const least = from === '' ? -Infinity : from;
    const most = to === '' ? Infinity : to;
    tests.push([id, i => of(i) >= least && of(i) <= most]);
  }
  if (criteria.drawn !== '') {
    const inside = insideDrawn(criteria.drawn);
    tests.push(['drawn', i => inside.has(i)]);
  }
  const text = criteria.text.trim().toLowerCase();
  if (text !== '') {
    tests.push(['text', i => report.images.path[i].toLowerCase().includes(text) || labelOf(i).toLowerCase().includes(text)
      || predictedOf(i).toLowerCase().includes(text)]);
  }
  return tests;
}

function choose() {
  facets = new Map([...facets, ...verdictFacets()]);
  const tests = criteriaInForce();
  criterionOf = new Map(tests.map(([id], k) => [id, k + 1]));
  const found = [];
  against = new Int16Array(report.predictions);
  for (let i = 0; i < report.predictions; i += 1) {
    for (let k = 0; k < tests.length && against[i] >= 0; k += 1) {
      if (!tests[k][1](i)) {
        against[i] = against[i] === 0 ? k + 1 : -1;
      }
    }
    if (against[i] === 0) {
      found.push(i);
    }
  }
  chosen = sorted(found);
}

/* Whether all criteria but perhaps this one are met: what its counts are of. */
function metButFor(id) {
  const own = criterionOf.get(id);
  return i => against[i] === 0 || against[i] === own;
}

/* Images without the number stand at the end whichever way it is sorted; ties in the order of the rows. */
function sorted(found) {
  const down = criteria.sort.startsWith('-');
  const id = down ? criteria.sort.slice(1) : criteria.sort;
  if (!NUMBERS.has(id)) {
    return down ? found.reverse() : found;
  }
  const { of, then } = NUMBERS.get(id);
  const keys = new Float64Array(report.predictions);
  found.forEach(i => {
    const value = of(i);
    keys[i] = value === undefined ? NaN : value;
  });
  const sign = down ? -1 : 1;
  return found.sort((a, b) => {
    const x = keys[a];
    const y = keys[b];
    if (Number.isNaN(x) || Number.isNaN(y)) {
      return Number.isNaN(x) - Number.isNaN(y) || a - b;
    }
    return sign * (x - y || (then ? then(a) - then(b) : 0)) || a - b;
  });
}

/* What is wanted, as parts of an address. */
function writeCriteria(parts) {
  for (const id of Object.keys(FACET_NAMES)) {
    criteria.wanted.get(id).forEach(value => parts.append(id, value));
    criteria.unwanted.get(id).forEach(value => parts.append('not-' + id, value));
  }
  if (criteria.wanted.get('outcome').size === 0) {
    parts.set('outcome', 'any');
  }
  for (const id of ['drawn', 'text', 'sort']) {
    if (criteria[id] !== '') {
      parts.set(id, criteria[id]);
    }
  }
  for (const [id, [from, to]] of criteria.ranges) {
    parts.set(id, from + '..' + to);
  }
}

/* Whether what is shown depends on what reviewers said. */
function asksForVerdicts() {
  return ['verdict', 'reviewer'].some(id => criteria.wanted.get(id).size + criteria.unwanted.get(id).size > 0);
}

/* What an address can say beside what is wanted: how it is shown, and which image is large. */
const VIEW_PARTS = ['show', 'colours', 'opacity', 'outline', 'threshold', 'size', 'map', 'colour', 'regions', 'image'];

/*
 * Takes what is wanted from parts of an address. No image has a value that is not known; what says nothing, or contradicts itself,
 * is left out, and told.
 */
function readCriteria(parts) {
  usePreset('all');
  const names = ['drawn', 'text', 'sort', ...VIEW_PARTS, ...NUMBERS.keys(), ...Object.keys(FACET_NAMES).flatMap(id => [id, 'not-' + id])];
  const odd = (name, value) => criteria.odd.push('not understood: ' + isolated(name + '=' + value));
  for (const [name, value] of parts) {
    if (value === '' || !names.includes(name)) {
      odd(name, value);
    }
  }
  for (const id of Object.keys(FACET_NAMES)) {
    readFacet(id, parts);
  }
  criteria.text = parts.get('text') || '';
  const sort = parts.get('sort') || criteria.sort;
  if (NUMBERS.has(sort.replace(/^-/, '')) || sort.replace(/^-/, '') === 'row') {
    criteria.sort = sort;
  } else {
    odd('sort', sort);
  }
  const drawn = parts.get('drawn') || '';
  if (drawn !== '' && !drawnOf(drawn)) {
    odd('drawn', drawn);
  } else {
    criteria.drawn = drawn;
  }
  for (const id of NUMBERS.keys()) {
    if (parts.get(id)) {
      readRange(id, parts.get(id), odd);
    }
  }
}

function readFacet(id, parts) {
  const ofClass = id === 'label' || id === 'predicted';
  const known = values => values.filter(value => value !== '' && (id !== 'outcome' || value !== 'any'))
    .flatMap(value => (ofClass ? classesOf(value) : [value]));
  const wanted = new Set(known(parts.getAll(id)));
  const unwanted = new Set(known(parts.getAll('not-' + id)));
  for (const value of [...wanted].filter(each => unwanted.has(each))) {
    wanted.delete(value);
    unwanted.delete(value);
    criteria.odd.push('left out: ' + FACET_NAMES[id].toLowerCase() + ' ' + isolated(value) + ' and not ' + isolated(value));
  }
  criteria.wanted.set(id, wanted);
  criteria.unwanted.set(id, unwanted);
}

/* "0.5..", "..0.9" or "0.5..0.9". */
function readRange(id, text, odd) {
  const ends = text.split('..');
  const [from, to] = ends.map(end);
  if (ends.length !== 2 || ends.some((each, k) => each !== '' && [from, to][k] === '') || from === '' && to === '') {
    odd(id, text);
  } else if (from !== '' && to !== '' && from > to) {
    criteria.odd.push('left out: ' + NUMBERS.get(id).name + ' from ' + shown(id, from) + ' to ' + shown(id, to));
  } else {
    criteria.ranges.set(id, [from, to]);
  }
}
