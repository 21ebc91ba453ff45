
/* ---- images: columns of assets/data.js by position; predictions come first ---- */

let report = null;

function isPrediction(i) {
  return i < report.predictions;
}

function isCorrect(i) {
  return report.images.rank[i] === 1;
}

/* An image without a label is neither right nor wrong. */
function isWrong(i) {
  return report.images.rank[i] > 1;
}

function isLabelled(i) {
  return report.images.rank[i] > 0;
}

function labelOf(i) {
  return isLabelled(i) || !isPrediction(i) ? report.classes[report.images.label[i]] : '';
}

function predictedOf(i) {
  return report.classes[report.images.predicted[i]];
}

/* Of a column, which may not be there; undefined where the image has no value. */
function entry(column, i) {
  return column === undefined || column === null || Number.isNaN(column[i]) ? undefined : column[i];
}

/* A measure of the heatmap for a target; undefined where there is none. */
function localisation(i, target, measure) {
  return entry((report.localisation[target] || {})[measure], i);
}

function property(name) {
  return i => entry(report.properties[name], i);
}

/* What images can be filtered and sorted by. A share is shown in percent. */
const NUMBERS = new Map();

function addNumber(id, name, share, of) {
  NUMBERS.set(id, { name, share, of });
}

addNumber('confidence', 'confidence', true, i => report.images.pPredicted[i]);
/* Rounded probabilities are often equal; what they were made of is not. */
NUMBERS.get('confidence').then = i => report.images.margin[i];
addNumber('margin', 'margin over the next class', false, i => report.images.margin[i]);
addNumber('truth', 'probability of the true class', true, i => (isLabelled(i) ? report.images.pLabel[i] : undefined));
addNumber('loss', 'loss', false,
  i => (isLabelled(i) ? -Math.log(Math.max(1e-7, report.images.pLabel[i])) : undefined));
addNumber('rank', 'rank of the true class', false, i => (isLabelled(i) ? report.images.rank[i] : undefined));
for (const [id, name, share] of [
  ['massAccuracy', 'energy on the object', true], ['massLift', 'lift over the object\u2019s area', false],
  ['pointingGame', 'hottest pixel on the object', false], ['rankAccuracy', 'hottest area on the object', true],
  ['distance', 'distance from the object\u2019s centre', false], ['borderMass', 'energy near the border', true],
  ['entropy', 'spread of the heatmap', true], ['overlap', 'overlap of predicted and true', true]]) {
  addNumber(id, name, share, i => localisation(i, 'predicted', id));
}
for (const [id, name, share] of [
  ['brightness', 'brightness', true], ['contrast', 'contrast', false], ['sharpness', 'sharpness', false],
  ['saturation', 'saturation', true], ['objectArea', 'object\u2019s area', true],
  ['offCentre', 'object off the centre', false], ['objectHue', 'hue of the object', false],
  ['backgroundHue', 'hue of the background', false], ['aspect', 'aspect', false], ['pixels', 'resolution', false]]) {
  addNumber(id, name, share, property(id));
}

addNumber('outlier', 'unlike train (deviations)', false, i => entry(report.dataQuality && report.dataQuality.outlier, i));

/* Numbers of which the smallest are the worst; of every other the largest are. */
const SMALL_IS_BAD = ['margin', 'truth', 'massAccuracy', 'massLift', 'pointingGame', 'rankAccuracy', 'overlap', 'brightness', 'contrast',
  'sharpness', 'saturation', 'objectArea', 'pixels'];

/* How images are sorted by a number unless the reader reverses it: the worst first. */
function worstFirst(id) {
  return NUMBERS.has(id) && !SMALL_IS_BAD.includes(id) ? '-' + id : id;
}

/* What may be wrong with an image's data. */
const DATA_ISSUES = {
  label: ['label contradicted', i => report.dataQuality.confident[i] >= 0],
  duplicate: ['duplicate', i => report.dataQuality.duplicates[i] > 0],
  outlier: ['unlike train', i => report.dataQuality.outlier[i] >= 3.5],
};

/* Numbers that at least one image has. */
function knownNumbers() {
  const known = [];
  for (const [id, number] of NUMBERS) {
    for (let i = 0; i < report.predictions; i += 1) {
      if (number.of(i) !== undefined) {
        known.push(id);
        break;
      }
    }
  }
  return known;
}

function shown(id, value) {
  const number = NUMBERS.get(id);
  if (value === undefined) {
    return '\u2013';
  }
  if (id === 'confidence' || id === 'truth') {
    return probability(value);
  }
  return number.share ? percent(value) : String(Number(value.toPrecision(3))).replace('-', '\u2212');
}

let byName = null;

/* The position of an image by its name in the address, or -1. */
function positionOf(name) {
  if (byName === null) {
    byName = new Map(report.images.name.map((each, i) => [each, i]));
  }
  return byName.has(name) ? byName.get(name) : -1;
}

/* The surest correct predictions of a class: what it looks like. */
function examples(label, most) {
  const found = [];
  for (let i = 0; i < report.predictions; i += 1) {
    if (report.images.label[i] === label && isCorrect(i)) {
      found.push(i);
    }
  }
  return found.sort((a, b) => report.images.pLabel[b] - report.images.pLabel[a] || a - b).slice(0, most);
}
