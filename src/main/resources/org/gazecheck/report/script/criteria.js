
/* ---- criteria: which images the gallery shows, in which order ---- */

const PRESETS = {
  all: { name: 'All', outcome: '', sort: 'row' },
  errors: { name: 'Errors', outcome: 'error', sort: '-confidence' },
  correct: { name: 'Correct', outcome: 'correct', sort: 'row' },
  wrongReason: { name: 'Right for the wrong reason', outcome: 'correct', sort: 'massLift', ranges: [['massLift', '', 1]] },
};

/* How heatmaps are shown. */
const view = { show: 'predicted', opacity: 55, colours: 'inferno', outline: true, map: 'features', mapColour: 'label' };

/* What is wanted; ranges: [from, to] by number, '' for an open end. */
const criteria = {
  split: '', outcome: 'error', label: '', predicted: '', finding: '', cluster: '', issue: '', verdict: '',
  drawn: '', text: '', sort: '-confidence', ranges: new Map(),
};

const OUTCOME = { error: isWrong, correct: isCorrect, unlabelled: i => !isLabelled(i) };

let chosen = [];

function usePreset(id) {
  const preset = PRESETS[id];
  Object.assign(criteria, { split: '', outcome: preset.outcome, label: '', predicted: '', finding: '', cluster: '', issue: '',
    verdict: '', drawn: '', text: '', sort: preset.sort, ranges: new Map() });
  for (const [number, from, to] of preset.ranges || []) {
    criteria.ranges.set(number, [from, to]);
  }
}

function isWanted(key, value) {
  return criteria[key] === value;
}

function toggleWanted(key, value) {
  criteria[key] = isWanted(key, value) ? '' : value;
}

/* A class by its whole name, or every class whose name contains the text; null: any. */
function classesOf(text) {
  if (text === '') {
    return null;
  }
  const whole = report.classes.indexOf(text);
  if (whole >= 0) {
    return new Set([whole]);
  }
  const wanted = text.trim().toLowerCase();
  return new Set(report.classes.map((name, i) => name.toLowerCase().includes(wanted) ? i : -1));
}

function hasVerdict(i) {
  const wanted = criteria.verdict;
  if (wanted === 'required') {
    return review.needs(i);
  }
  if (wanted === 'conflict') {
    return review.disputed(i);
  }
  if (wanted === 'none' || wanted === 'any') {
    return review.judged(i) === (wanted === 'any');
  }
  const mine = review.own(i);
  if (wanted === 'anybody') {
    return mine !== undefined || review.others(i).length > 0;
  }
  return mine !== undefined && mine.verdict === wanted || review.others(i).some(verdict => verdict.verdict === wanted);
}

function choose() {
  const images = report.images;
  const labels = classesOf(criteria.label);
  const predicted = classesOf(criteria.predicted);
  const text = criteria.text.trim().toLowerCase();
  const evidence = criteria.finding === '' ? null : new Set(report.findings[criteria.finding] || []);
  const group = askedGroup();
  const drawn = criteria.drawn === '' ? null : insideDrawn(criteria.drawn);
  const ranges = [...criteria.ranges].map(([id, [from, to]]) =>
    [NUMBERS.get(id).of, from === '' ? -Infinity : from, to === '' ? Infinity : to]);
  const found = [];
  for (let i = 0; i < report.predictions; i += 1) {
    if ((criteria.verdict === '' || hasVerdict(i))
      && (criteria.issue === '' || DATA_ISSUES[criteria.issue][1](i))
      && (criteria.split === '' || images.split[i] === criteria.split)
      && (criteria.outcome === '' || OUTCOME[criteria.outcome](i))
      && (labels === null || labels.has(images.label[i]))
      && (predicted === null || predicted.has(images.predicted[i]))
      && (group < 0 || report.clusters.of[i] === group)
      && (drawn === null || drawn.has(i))
      && (evidence === null || evidence.has(i))
      && ranges.every(([of, from, to]) => of(i) >= from && of(i) <= to)
      && (text === '' || images.path[i].toLowerCase().includes(text)
        || labelOf(i).toLowerCase().includes(text) || predictedOf(i).toLowerCase().includes(text))) {
      found.push(i);
    }
  }
  chosen = sorted(found);
}

/* Images without the number stand at the end whichever way it is sorted; ties in the order of the rows. */
function sorted(found) {
  const down = criteria.sort.startsWith('-');
  const id = down ? criteria.sort.slice(1) : criteria.sort;
  if (!NUMBERS.has(id)) {
    return down ? found.reverse() : found;
  }
  const { of, then } = NUMBERS.get(id);
  const keys = new Map(found.map(i => [i, of(i)]));
  const sign = down ? -1 : 1;
  return found.sort((a, b) => {
    const x = keys.get(a);
    const y = keys.get(b);
    if (x === undefined || y === undefined) {
      return (x === undefined) - (y === undefined) || a - b;
    }
    return sign * (x - y || (then ? then(a) - then(b) : 0)) || a - b;
  });
}
