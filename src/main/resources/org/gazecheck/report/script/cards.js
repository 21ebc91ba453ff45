
/* ---- cards ---- */

/* Up to so many pixels of the screen the small picture of an image is sharp; it takes a fifth of the memory. */
const SMALL_PICTURE = 150;
/* As wide as the pictures of evidence are. */
const EVIDENCE = 112;

/* The file of an image that is shown so wide. */
function sourceOf(i, width) {
  return report.thumbnails ? report.thumbnails[i]
    : 'assets/thumbnails/' + (width * devicePixelRatio <= SMALL_PICTURE ? 'small/' : '') + report.images.name[i] + '.jpg';
}

function imageElement(i, width = Infinity) {
  const picture = make('img');
  picture.loading = 'lazy';
  picture.decoding = 'async';
  depict(picture, i, width);
  return picture;
}

function depict(picture, i, width) {
  picture.alt = isPrediction(i) ? labelOf(i) : report.images.path[i];
  picture.src = sourceOf(i, width);
}

/* An image with its heatmap; draw() follows how heatmaps are shown. */
function frame(i, width) {
  const box = make('div', 'frame');
  const heat = canvas('heat', width <= SMALL_PICTURE ? SMALL_CANVAS : CANVAS);
  const note = make('p', 'note');
  box.append(imageElement(i, width), heat, note);
  return { box, draw: () => drawHeat(heat, note, i, view.show) };
}

/* An image without its heatmap. */
function plain(i, width) {
  const box = make('div', 'frame');
  box.append(imageElement(i, width));
  return { box, draw: () => {} };
}

const EXAMPLES_IN_TABLE = 2;

function naming(role, name, p) {
  const line = make('p', 'naming ' + role);
  line.append(make('span', 'role', role), untrusted('span', 'class', name), make('span', 'p', probability(p)));
  return line;
}

function namings(i) {
  if (!isLabelled(i)) {
    return [naming('predicted', predictedOf(i), report.images.pPredicted[i])];
  }
  return isCorrect(i)
    ? [naming('correct', labelOf(i), report.images.pPredicted[i])]
    : [naming('predicted', predictedOf(i), report.images.pPredicted[i]),
      naming('true', labelOf(i), report.images.pLabel[i])];
}

function topFive(i) {
  const list = make('ol', 'top');
  list.setAttribute('aria-label', 'Best classes');
  const top = report.images.top[i];
  for (let k = 0; k < top.length; k += 2) {
    list.append(classBar(i, top[k], top[k + 1]));
  }
  return list;
}

function classBar(i, index, p) {
  const role = index === report.images.label[i] ? 'hit' : index === report.images.predicted[i] ? 'miss' : '';
  const line = make('li', role);
  const bar = make('span', 'bar');
  const fill = make('span', 'fill');
  fill.style.width = (100 * p).toFixed(1) + '%';
  bar.append(fill);
  line.append(untrusted('span', 'class', report.classes[index]), bar, make('span', 'p', probability(p)));
  return line;
}

/* The best classes, and the true one with its rank where it is not among them. */
function topAndTrue(i) {
  const list = topFive(i);
  const { label, pLabel, rank, top } = report.images;
  if (2 * rank[i] > top[i].length) {
    const line = classBar(i, label[i], pLabel[i]);
    line.classList.add('beyond');
    line.firstChild.before(make('span', 'rank', 'rank ' + count(rank[i])));
    list.append(line);
  }
  return list;
}

/* In a line: what is known of the localisation. */
function measures(i) {
  const target = view.show === 'true' ? 'true' : 'predicted';
  const parts = [];
  const add = (measure, text) => {
    const value = localisation(i, target, measure);
    if (value !== undefined) {
      parts.push(text(value).replace(/ /g, '\u00a0'));
    }
  };
  add('massAccuracy', value => 'on object ' + percent(value));
  add('massLift', value => 'lift ' + value.toFixed(2));
  add('borderMass', value => 'border ' + percent(value));
  return parts.join(' \u00b7 ');
}

function described(i) {
  if (!isLabelled(i)) {
    return 'no label: ' + isolated(predictedOf(i));
  }
  return isCorrect(i) ? 'correct: ' + isolated(labelOf(i))
    : 'error: ' + isolated(labelOf(i)) + ' predicted as ' + isolated(predictedOf(i));
}

/* A card for images that are shown so wide, one after another: article.show(i) gives it an image, article.draw() follows what is said and seen. */
function emptyCard(width) {
  const article = make('article');
  const box = make('div', 'frame');
  const picture = make('img');
  Object.assign(picture, { loading: 'lazy', decoding: 'async' });
  const heat = canvas('heat', width <= SMALL_PICTURE ? SMALL_CANVAS : CANVAS);
  const note = make('p', 'note');
  const said = make('p', 'said');
  const mark = selection.sign();
  box.append(picture, heat, note, said, mark);
  const body = make('div', 'body');
  const line = make('p', 'measures');
  line.title = 'on object: share of the heatmap\u2019s energy (its positive part) on the object; lift: that over the object\u2019s'
    + ' share of the image, 1 is chance; border: share of energy near the border';
  article.append(box, body);
  article.width = width;
  article.show = i => {
    article.image = i;
    article.className = 'image ' + (isCorrect(i) ? 'right' : isWrong(i) ? 'wrong' : 'unlabelled');
    article.setAttribute('aria-label', described(i));
    mark.setAttribute('aria-label', 'Select: ' + described(i));
    depict(picture, i, width);
    body.replaceChildren(...namings(i));
    if (width >= WHOLE_CARD) {
      const where = make('p', 'path', report.images.split[i] + ' \u00b7 ');
      where.append(untrusted('bdi', '', report.images.path[i]));
      body.append(topFive(i), line, where);
    }
  };
  article.draw = () => {
    const i = article.image;
    drawHeat(heat, note, i, view.show);
    line.textContent = measures(i);
    showSaid(said, i);
    selection.draw(mark, i);
  };
  return article;
}

/* A picture that opens the image in the detail view. */
function opening(i, among, box) {
  const button = make('button', 'open');
  button.type = 'button';
  button.setAttribute('aria-label', described(i));
  button.append(box);
  button.addEventListener('click', () => (button.closest('#detail') ? detail.showBeside : detail.show)(i, among));
  return button;
}

/* Evidence of a finding, or an image with a data issue; predictions open in the detail view. */
function thumbnail(i, among, picture = frame(i, EVIDENCE)) {
  const figure = make('figure', 'thumbnail');
  const text = !isPrediction(i) ? report.images.path[i]
    : !isLabelled(i) ? predictedOf(i) : isCorrect(i) ? isolated(labelOf(i)) + ', correct' : isolated(labelOf(i)) + ' \u2192 ' + isolated(predictedOf(i));
  if (isPrediction(i)) {
    figure.append(opening(i, among, picture.box));
  } else {
    figure.append(picture.box);
  }
  const caption = untrusted('figcaption', '', text);
  caption.title = report.images.path[i];
  figure.append(caption);
  figure.image = i;
  figure.draw = picture.draw;
  return figure;
}

/* Evidence is drawn when it comes near. */
const near = new IntersectionObserver(entries => {
  for (const entry of entries) {
    entry.target.near = entry.isIntersecting;
    if (entry.isIntersecting) {
      entry.target.draw();
    } else {
      forget(entry.target);
    }
  }
}, { rootMargin: '600px' });

let thumbnails = [];

/* Rows of images on the first page: which, and which of them first. */
const STRIPS = {
  error: { of: isWrong, by: i => -report.images.pPredicted[i], all: n => n === 1 ? 'The error' : 'All ' + count(n) + ' errors' },
  wrongReason: { of: i => isCorrect(i) && NUMBERS.get('massLift').of(i) <= 1, by: i => NUMBERS.get('massLift').of(i),
    all: n => (n === 1 ? 'The image whose' : 'All ' + count(n) + ' images whose')
      + ' heatmap lies no more on the object than a uniform one would' },
  unsure: { of: i => !report.images.rank.some(rank => rank > 1), by: i => report.images.pPredicted[i],
    all: n => n === 1 ? 'The image' : 'All ' + count(n) + ' images' },
};
const IN_STRIP = 10;

function fillStrip(place) {
  const { of, by, all } = STRIPS[place.dataset.strip];
  const found = [];
  for (let i = 0; i < report.predictions; i += 1) {
    if (of(i)) {
      found.push([by(i), i]);
    }
  }
  const first = found.sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, IN_STRIP).map(([, i]) => i);
  const row = place.querySelector('.thumbnails');
  row.append(...first.map(i => thumbnail(i, first)));
  thumbnails.push(...row.children);
  place.querySelector('.more a').textContent = all(found.length);
  place.hidden = found.length === 0;
}

function fillEvidence() {
  for (const place of document.querySelectorAll('[data-evidence]')) {
    const evidence = report.findings[place.dataset.evidence] || [];
    const picture = place.dataset.heat === 'off' ? plain : frame;
    place.append(...evidence.slice(0, place.dataset.most).map(i => thumbnail(i, evidence.filter(isPrediction), picture(i, EVIDENCE))));
    thumbnails.push(...place.children);
  }
  for (const place of document.querySelectorAll('[data-images]')) {
    const positions = place.dataset.images.split(' ').map(Number);
    place.append(...positions.map(i => thumbnail(i, positions.filter(isPrediction), plain(i, EVIDENCE))));
    thumbnails.push(...place.children);
  }
  for (const place of document.querySelectorAll('[data-examples]')) {
    const found = examples(report.classes.indexOf(place.dataset.examples), EXAMPLES_IN_TABLE);
    place.append(...found.map(i => thumbnail(i, found, plain(i, EVIDENCE))));
    thumbnails.push(...place.children);
  }
  document.querySelectorAll('[data-strip]').forEach(fillStrip);
  fillMended();
  thumbnails.forEach(figure => near.observe(figure));
}
