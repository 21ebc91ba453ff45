
/* ---- review: verdicts by reviewer and subject, exported and imported as CSV ---- */

const VERDICTS = {
  'label-wrong': 'wrong label', background: 'background', ambiguous: 'ambiguous', 'poor-image': 'poor image',
  'fair-mistake': 'fair mistake', correct: 'nothing wrong', other: 'own words',
};
const VERDICT_KEYS = Object.keys(VERDICTS);
const OF_IMAGE = ['label-wrong', 'ambiguous', 'poor-image'];
const RULINGS = { confirmed: 'confirmed', rejected: 'rejected', other: 'other' };

const review = (() => {
  const NAME = 'gazecheck.reviewer';
  const BLIND = 'gazecheck.blind';
  const LARGEST_FILE = 32 << 20;
  let store = null;
  let verdicts = new Map();
  let byImage = new Map();
  let steps = [];
  let reviewer = '';
  let blind = false;
  let onPage = new Set();
  const times = new Map();

  function index() {
    verdicts = store.all();
    byImage = new Map();
    for (const verdict of verdicts.values()) {
      const key = subjectOf(verdict);
      byImage.set(key, [...byImage.get(key) || [], verdict]);
    }
  }

  /* Who reviews, and whether blind: kept, or the next page would show what others said. */
  function loadName() {
    try {
      reviewer = localStorage.getItem(NAME) || '';
      blind = localStorage.getItem(BLIND) === 'yes';
    } catch (problem) {
      reviewer = '';
    }
  }

  function keepName() {
    try {
      localStorage.setItem(NAME, reviewer);
      localStorage.setItem(BLIND, blind ? 'yes' : 'no');
    } catch (problem) {
      say('Your name could not be kept in this browser (' + problem.message + ').');
    }
  }

  function say(text) {
    document.getElementById('review-says').textContent = text;
  }

  /* Whether a verdict, perhaps of another run, says something about this prediction. */
  function holds(verdict, i) {
    return verdict.label === labelOf(i) && (OF_IMAGE.includes(verdict.verdict) || verdict.predicted === predictedOf(i));
  }

  function given(i) {
    return (byImage.get(report.images.sha256[i]) || []).filter(verdict => holds(verdict, i));
  }

  function own(i) {
    return given(i).find(verdict => verdict.reviewer === reviewer);
  }

  function others(i) {
    return blind ? [] : given(i).filter(verdict => verdict.reviewer !== reviewer);
  }

  function contradict(said) {
    const several = values => new Set(values).size > 1;
    return several(said.map(verdict => verdict.verdict))
      || several(said.map(verdict => verdict.corrected).filter(corrected => corrected !== ''));
  }

  /* Whether reviewers contradict each other about an image; a blind reviewer does not see it. */
  function disputed(i) {
    return !blind && contradict(given(i));
  }

  /* Later than what this reviewer said about the same before, whatever the clock says. */
  function now(id) {
    const earlier = verdicts.get(id);
    const after = Math.max(times.get(id) || 0, earlier ? Date.parse(earlier.time) : 0, store.withdrawn(id));
    const time = new Date(Math.max(Date.now(), after + 1000)).toISOString().replace(/\.\d+Z$/, 'Z');
    times.set(id, Date.parse(time));
    return time;
  }

  function put(verdict) {
    const id = idOf(verdict);
    const whole = { ...verdict, time: now(id), run: report.run };
    steps.push({ id, before: verdicts.get(id), after: whole });
    store.put([whole]);
    index();
  }

  function take(verdict) {
    const id = idOf(verdict);
    store.withdraw({ ...verdict, time: now(id) });
    index();
  }

  /* Says whether it was taken down; without a name it is not. */
  function judge(i, word, corrected, comment) {
    if (reviewer === '') {
      say('Give your name first: a verdict needs one.');
      return false;
    }
    say(described(i) + ': ' + VERDICTS[word]);
    put({ ...imageOf(i), verdict: word, corrected, comment, reviewer });
    showProgress();
    return true;
  }

  function imageOf(i) {
    return { sha256: report.images.sha256[i], path: report.images.path[i], split: report.images.split[i], label: labelOf(i),
      predicted: predictedOf(i) };
  }

  function withdraw(i) {
    const verdict = own(i);
    if (verdict) {
      steps.push({ id: idOf(verdict), before: { ...verdict, ...imageOf(i) }, after: undefined });
      say(described(i) + ': verdict withdrawn' + (store.stays(verdict) ? ', in this browser only. It stands in the run folder:'
        + ' judge the image anew, or withdraw it through gazecheck serve.' : ''));
      take(verdict);
      showProgress();
    }
  }

  function same(a, b) {
    return !a && !b || Boolean(a && b) && COLUMNS.every(column => (a[column] || '') === (b[column] || ''));
  }

  /* What was said before is said again now: it counts in this run, and among exported verdicts too. */
  function undo() {
    const step = steps.pop();
    if (!step) {
      say('Nothing to undo.');
      return;
    }
    const { id, before, after } = step;
    if (!same(verdicts.get(id), after)) {
      say('Not undone: this verdict was changed in another window.');
      return;
    }
    say('Undone.');
    if (before) {
      store.put([{ ...after, ...before, ...(after ? factsOf(after) : {}), time: now(id), run: report.run }]);
      index();
    } else {
      take(after);
    }
    const earlier = steps.filter(other => other.id === id).pop();
    if (earlier) {
      earlier.after = verdicts.get(id);
    }
    showProgress();
    showRulings();
    refresh();
  }

  function factsOf({ sha256, path, split, label, predicted }) {
    return { sha256, path, split, label, predicted };
  }

  /* ---- findings ---- */

  /* Ids of all findings of the story that a place is about: one verdict is kept for each. */
  function storyOf(place) {
    return JSON.parse(place.dataset.story);
  }

  function rule(story, word) {
    if (reviewer === '') {
      say('Give your name first: a verdict needs one.');
      document.querySelector('#review [name=reviewer]').focus();
      return;
    }
    if (word === 'other') {
      const mine = ruling(story[0]);
      askWords('What about this finding?', mine ? mine.comment : '', comment => keepRulings(story, word, comment));
    } else {
      keepRulings(story, word, '');
    }
  }

  function keepRulings(story, word, comment) {
    story.forEach(finding => put({ sha256: '', path: 'finding:' + finding, split: '', label: '', predicted: '', verdict: word,
      corrected: '', comment, reviewer, run: report.run }));
    showRulings();
    showProgress();
  }

  function rulings(finding) {
    return byImage.get(report.run + ' finding:' + finding) || [];
  }

  function ruling(finding) {
    return rulings(finding).find(verdict => verdict.reviewer === reviewer);
  }

  function rulingsOfOthers(finding) {
    return blind ? [] : rulings(finding).filter(verdict => verdict.reviewer !== reviewer);
  }

  function makeRulings(place) {
    const buttons = Object.keys(RULINGS).map(word => {
      const button = make('button', 'choice', RULINGS[word]);
      button.type = 'button';
      button.dataset.word = word;
      button.addEventListener('click', () => rule(storyOf(place), word));
      return button;
    });
    place.replaceChildren(make('span', 'hint', 'Your verdict:'), ...buttons, make('bdi', 'hint comment'),
      make('span', 'hint others'));
  }

  function showRulings() {
    for (const place of document.querySelectorAll('[data-ruling]')) {
      const story = storyOf(place);
      const given = story.map(ruling);
      const mine = given[0];
      const same = given.every(each => Boolean(each) === Boolean(mine) && (!mine || each.verdict === mine.verdict));
      place.querySelectorAll('button').forEach(button =>
        button.setAttribute('aria-pressed', String(Boolean(mine) && same && mine.verdict === button.dataset.word)));
      place.querySelector('.comment').textContent = same ? (mine ? mine.comment : '') : 'not the same for all of its findings';
      const others = rulingsOfOthers(story[0]).concat(...story.slice(1).map(id => rulingsOfOthers(id).filter(verdict =>
        !rulings(story[0]).some(first => first.reviewer === verdict.reviewer && first.verdict === verdict.verdict))));
      const line = place.querySelector('.others');
      line.classList.toggle('conflict', others.length > 0 && story.some(id => contradict(rulings(id))));
      line.textContent = (line.classList.contains('conflict') ? 'conflict: ' : '') + others.map(verdict =>
        isolated(verdict.reviewer) + ': ' + RULINGS[verdict.verdict] + quotedComment(verdict)).join(' \u00b7 ');
    }
  }

  /* ---- progress, export, import ---- */

  /* Whether signing needs an image that nobody has judged: not here, and not in the run folder when this page was written. */
  function needs(i) {
    return report.required.includes(i) && given(i).length === 0 && !report.signing.judgedImages.includes(i);
  }

  /* What signing needs and nobody has judged. */
  function open() {
    const { findings, judgedFindings } = report.signing;
    const images = report.required.filter(needs);
    return {
      findings: findings.filter(id => rulings(id).length === 0 && !judgedFindings.includes(id)),
      errors: images.filter(isWrong),
      correct: images.filter(isCorrect),
    };
  }

  function showProgress() {
    let all = 0;
    let judged = 0;
    for (let i = 0; i < report.predictions; i += 1) {
      if (isWrong(i)) {
        all += 1;
        judged += own(i) ? 1 : 0;
      }
    }
    const left = report.required.filter(needs).length;
    const unseen = new Set([...verdicts.values()].filter(verdict => verdict.sha256 !== '' && verdict.run === report.run
      && !onPage.has(verdict.sha256)).map(verdict => verdict.sha256)).size;
    const form = document.getElementById('review');
    form.elements.progress.value = count(judged) + ' of ' + count(all) + ' errors judged'
      + (report.required.length > 0 ? '; ' + (left === 0 ? 'all' : count(report.required.length - left) + ' of '
        + count(report.required.length)) + ' images that signing needs' : '')
      + (unseen === 0 ? '' : '; ' + count(unseen) + (unseen === 1 ? ' judged image is' : ' judged images are') + ' not on this page');
    const meter = form.querySelector('progress');
    meter.max = Math.max(1, all);
    meter.value = judged;
    signing.again();
  }

  function save() {
    const mine = [...verdicts.values()].filter(verdict => verdict.reviewer === reviewer);
    if (mine.length === 0) {
      say('There is no verdict of yours to export.');
      return;
    }
    const name = 'verdicts-' + nameOfFile(reviewer) + '-' + report.run + '.csv';
    download(name, csv(mine), 'text/csv');
    say(count(mine.length) + ' verdicts exported to ' + isolated(name));
  }

  async function read(file) {
    if (!file) {
      return;
    }
    try {
      if (file.size > LARGEST_FILE) {
        throw new Error('it is larger than ' + (LARGEST_FILE >> 20) + ' MB');
      }
      const read = verdictsOf(await file.text());
      const news = new Map();
      for (const verdict of read) {
        const id = idOf(verdict);
        const known = news.get(id) || verdicts.get(id);
        const time = Date.parse(verdict.time);
        if (time > store.withdrawn(id) && (!known || time >= Date.parse(known.time))) {
          news.set(id, verdict);
        }
      }
      const taken = news.size;
      steps = [];
      store.put([...news.values()]);
      index();
      say(count(taken) + ' of ' + count(read.length) + ' verdicts imported from ' + isolated(file.name)
        + (taken < read.length ? '; for the rest there are later ones, or they were withdrawn' : ''));
      showProgress();
      showRulings();
      refresh();
    } catch (problem) {
      say(isolated(file.name) + ' cannot be imported: ' + problem.message);
    }
  }

  function refresh() {
    update();
    if (detail.open()) {
      detail.again();
    }
  }

  /* Something was said elsewhere: shown without moving what is under the reader's hand. */
  function news() {
    index();
    showProgress();
    showRulings();
    grid.draw();
    detail.tell();
  }

  function rename(name) {
    reviewer = name.trim();
    document.getElementById('review').elements.reviewer.value = reviewer;
    keepName();
    showProgress();
    showRulings();
    refresh();
  }

  /* Whether it was judged by the reviewer, or by anybody where there is no name. */
  function judged(i) {
    return reviewer === '' ? others(i).length > 0 : own(i) !== undefined;
  }

  /* Everybody's that say something about this run and are not in the run folder yet. */
  function ofThisRun() {
    const images = new Set(report.images.sha256);
    return [...store.kept().values()].filter(verdict => verdict.run === report.run || images.has(verdict.sha256));
  }

  function start() {
    loadName();
    store = browserStore(say, news);
    onPage = new Set(report.images.sha256);
    index();
    const form = document.getElementById('review');
    form.elements.reviewer.value = reviewer;
    form.elements.blind.checked = blind;
    form.addEventListener('submit', event => event.preventDefault());
    form.elements.reviewer.addEventListener('change', event => rename(event.target.value));
    form.elements.blind.addEventListener('change', event => {
      blind = event.target.checked;
      keepName();
      showRulings();
      refresh();
      if (!blind) {
        store.look();
      }
    });
    form.elements.save.addEventListener('click', save);
    form.elements.undo.addEventListener('click', undo);
    form.elements.load.addEventListener('change', event => {
      read(event.target.files[0]);
      event.target.value = '';
    });
    document.querySelectorAll('[data-ruling]').forEach(makeRulings);
    showProgress();
    showRulings();
  }

  /* Where a server hands the page out, verdicts are its. */
  async function connect() {
    const server = await storeOfServer(store, say, news, () => !blind);
    if (server) {
      store = server;
      root.dataset.verdicts = 'server';
      index();
      showProgress();
      showRulings();
      refresh();
    }
  }

  return { start, connect, waits: verdict => store.waits(verdict), judge, withdraw, undo, own, others, given, judged, disputed,
    needs, open, ofThisRun, rename, name: () => reviewer };
})();

function quotedComment(verdict) {
  return verdict.comment ? ' \u201c' + isolated(verdict.comment) + '\u201d' : '';
}

/* What somebody said about an image. */
function saidBy(who, verdict) {
  return who + ': ' + VERDICTS[verdict.verdict] + (verdict.corrected ? ' (' + isolated(verdict.corrected) + ')' : '')
    + quotedComment(verdict) + (verdict.run === report.run ? '' : ', inherited')
    + (review.waits(verdict) ? ', not on the server yet' : '');
}

/* One line about who said what about an image. */
function showSaid(line, i) {
  const mine = review.own(i);
  const said = [...(mine ? [saidBy('you', mine)] : []),
    ...review.others(i).map(verdict => saidBy(isolated(verdict.reviewer), verdict))].join(' \u00b7 ');
  const disputed = review.disputed(i);
  line.classList.toggle('conflict', disputed);
  line.textContent = (disputed ? 'conflict: ' : '') + said;
  line.title = said;
}

/* The verdict's buttons under the large view; calls back when a verdict was given. */
function verdictBar(i, next) {
  const bar = make('div', 'verdicts');
  bar.setAttribute('role', 'group');
  bar.setAttribute('aria-label', 'Verdict');
  const mine = review.own(i);
  const words = make('input', 'words');
  words.type = 'text';
  words.hidden = true;
  words.maxLength = 2000;
  words.dir = 'auto';
  let pending = '';
  const give = (word, corrected, comment) => {
    if (review.judge(i, word, corrected, comment)) {
      next();
    } else {
      document.querySelector('#detail .who').hidden = false;
      document.querySelector('#detail .who input').focus();
    }
  };
  const choose = word => {
    if (word !== 'label-wrong' && word !== 'other') {
      give(word, '', '');
      return;
    }
    pending = word;
    words.hidden = false;
    words.value = word === 'other' ? mine && mine.comment || '' : mine && mine.corrected || predictedOf(i);
    if (word === 'label-wrong') {
      words.setAttribute('list', 'class-names');
    } else {
      words.removeAttribute('list');
    }
    words.setAttribute('aria-label', word === 'other' ? 'What is wrong? Enter saves it'
      : 'Which class is it? Leave empty if unknown. Enter saves it');
    words.placeholder = word === 'other' ? 'what is wrong?' : 'correct class, empty if unknown';
    words.focus();
    words.select();
  };
  words.addEventListener('keydown', event => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      event.preventDefault();
      words.hidden = true;
      document.getElementById('detail').focus();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const text = words.value.trim();
      if (pending === 'other' && text !== '') {
        give('other', '', text);
      } else if (pending === 'label-wrong' && text !== '' && !report.classes.includes(text)) {
        words.setCustomValidity('This run has no class of this name. Leave it empty where the correct one is missing.');
        words.reportValidity();
      } else if (pending === 'label-wrong' && text !== labelOf(i)) {
        give('label-wrong', text, '');
      }
    }
  });
  words.addEventListener('input', () => words.setCustomValidity(''));
  VERDICT_KEYS.forEach((word, k) => {
    const button = make('button', 'choice');
    button.type = 'button';
    button.append(make('kbd', '', String(k + 1)), ' ' + VERDICTS[word]);
    button.setAttribute('aria-label', 'Verdict: ' + VERDICTS[word]);
    button.setAttribute('aria-pressed', String(Boolean(mine) && mine.verdict === word));
    button.addEventListener('click', () => choose(word));
    bar.append(button);
  });
  bar.append(words);
  return { bar, choose };
}
