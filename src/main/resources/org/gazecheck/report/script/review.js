
/* ---- review: what the reviewer says, and takes back; verdicts exported and imported as CSV ---- */

const review = (() => {
  const NAME = 'gazecheck.reviewer';
  const BLIND = 'gazecheck.blind';
  const LARGEST_FILE = 32 << 20;
  const LONGEST_NAME = 100;
  let store = null;
  let verdicts = new Map();
  let byImage = new Map();
  let steps = [];
  let said = '';
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

  /* Under the large view, too, which lies over the page. */
  function say(text) {
    said = text;
    document.querySelectorAll('.review-says').forEach(line => { line.textContent = text; });
  }

  /* What is to be done waits for the name, which is asked for once. */
  function named(then) {
    if (reviewer !== '') {
      then();
    } else {
      askWords('Your name? A verdict needs one; this browser keeps it.', '', LONGEST_NAME, name => {
        rename(name);
        then();
      });
    }
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

  /* Whether reviewers contradict each other about an image; a blind reviewer does not see it. */
  function disputed(i) {
    return !blind && contradict(given(i));
  }

  /*
   * Later than what this reviewer said about the same before, whatever the clock says; of an adjudication, than what
   * anybody did.
   */
  function now(verdict) {
    const id = idOf(verdict);
    const earlier = (byImage.get(subjectOf(verdict)) || []).filter(other => verdict.adjudicates || other.reviewer === verdict.reviewer);
    const after = Math.max(times.get(id) || 0, store.withdrawn(id), ...earlier.map(other => Date.parse(other.time)));
    const time = new Date(Math.max(Date.now(), after + 1000)).toISOString().replace(/\.\d+Z$/, 'Z');
    times.set(id, Date.parse(time));
    return time;
  }

  /* Verdicts that are given, or withdrawn (null), as one step that undo takes back. */
  function step(what, images, changes) {
    const done = changes.map(({ verdict, given }) => {
      const id = idOf(verdict);
      return { id, before: verdicts.get(id), after: given ? { ...verdict, time: now(verdict), run: report.run } : undefined,
        withdrawn: given ? null : { ...verdict, time: now(verdict) } };
    });
    steps.push({ what, images, changes: done });
    keep(done);
    say(what);
  }

  function keep(changes) {
    store.put(changes.filter(change => change.after).map(change => change.after));
    changes.filter(change => !change.after).forEach(change => store.withdraw(change.withdrawn));
    index();
    show();
  }

  function imageOf(i) {
    return { sha256: report.images.sha256[i], path: report.images.path[i], split: report.images.split[i], label: labelOf(i),
      predicted: predictedOf(i) };
  }

  /*
   * One verdict on one image, or the same on several: { verdict, corrected, comment, adjudicates }, the last three where there
   * are any. Calls back when it is taken down, which waits for a name.
   */
  function judge(images, opinion, then) {
    named(() => {
      const whole = { corrected: '', comment: '', adjudicates: '', ...opinion, reviewer };
      const once = new Map(images.map(i => [report.images.sha256[i], i]));
      step(about(images) + ': ' + VERDICTS[opinion.verdict] + (opinion.adjudicates ? ', adjudicated' : ''), images,
        [...once.values()].map(i => ({ verdict: { ...imageOf(i), ...whole }, given: true })));
      then();
    });
  }

  function about(images) {
    return images.length === 1 ? described(images[0]) : count(images.length) + ' images';
  }

  function withdraw(i) {
    const verdict = own(i);
    if (verdict) {
      step(described(i) + ': verdict withdrawn' + (store.stays(verdict) ? ', in this browser only. It stands in the run folder:'
        + ' judge the image anew, or withdraw it through gazecheck serve' : ''), [i],
      [{ verdict: { ...verdict, ...imageOf(i) }, given: false }]);
    }
  }

  /* The same verdict on every finding of a story: { verdict, comment, adjudicates }. */
  function rule(story, opinion) {
    const about = 'finding ' + story[0] + (story.length === 1 ? '' : ' and ' + count(story.length - 1) + ' more of its story');
    step(about + ': ' + RULINGS[opinion.verdict], [], story.map(finding => ({ given: true, verdict: { sha256: '',
      path: 'finding:' + finding, split: '', label: '', predicted: '', corrected: '', ...opinion, reviewer, run: report.run } })));
  }

  /* The finding that the last step was about; '' where undo would take back something else. */
  function lastRuled() {
    const last = steps[steps.length - 1];
    return last && last.images.length === 0 && last.changes[0].after ? last.changes[0].after.path.slice('finding:'.length) : '';
  }

  function same(a, b) {
    return !a && !b || Boolean(a && b) && COLUMNS.every(column => (a[column] || '') === (b[column] || ''));
  }

  /*
   * Back to what the last step was about, which is named. What was said before is said again now: it counts in this run, and
   * among exported verdicts too.
   */
  function undo() {
    const last = steps.pop();
    if (!last) {
      say('Nothing to undo.');
      return;
    }
    if (last.changes.some(({ id, after }) => !same(verdicts.get(id), after))) {
      say('Not undone: this verdict was changed in another window.');
      return;
    }
    const back = last.changes.map(({ id, before, after, withdrawn }) => {
      const facts = after || withdrawn;
      return { id, withdrawn: before ? null : { ...facts, time: now(facts) },
        after: before ? { ...facts, ...before, ...factsOf(facts), time: now(before), run: report.run } : undefined };
    });
    keep(back);
    for (const { id } of back) {
      const earlier = steps.flatMap(step => step.changes).filter(change => change.id === id).pop();
      if (earlier) {
        earlier.after = verdicts.get(id);
      }
    }
    refresh();
    say('Undone: ' + last.what + '. ' + stands(back[0].after));
    if (last.images.length === 1) {
      detail.show(last.images[0]);
    } else if (last.images.length === 0) {
      rulings.seek(last.changes[0].after.path.slice('finding:'.length));
    }
  }

  function stands(verdict) {
    return verdict ? 'It is \u201c' + (VERDICTS[verdict.verdict] || RULINGS[verdict.verdict]) + '\u201d again.'
      : 'You have no verdict on it now.';
  }

  function factsOf({ sha256, path, split, label, predicted }) {
    return { sha256, path, split, label, predicted };
  }

  /* ---- export, import ---- */

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
      show();
      refresh();
    } catch (problem) {
      say(isolated(file.name) + ' cannot be imported: ' + problem.message);
    }
  }

  /* What is open, and what was said about findings. */
  function show() {
    queue.show();
    rulings.show();
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
    show();
    grid.draw();
    detail.tell();
  }

  function rename(name) {
    reviewer = name.trim();
    document.getElementById('review').elements.reviewer.value = reviewer;
    keepName();
    show();
    refresh();
  }

  /* Whether it was judged by the reviewer, or by anybody where there is no name. */
  function judged(i) {
    return reviewer === '' ? others(i).length > 0 : own(i) !== undefined;
  }

  /* How many images of this run were judged that are not on the page. */
  function unseen() {
    return new Set([...verdicts.values()].filter(verdict => verdict.sha256 !== '' && verdict.run === report.run
      && !onPage.has(verdict.sha256)).map(verdict => verdict.sha256)).size;
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
      show();
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
    rulings.start();
    queue.start();
    show();
  }

  /* Where a server hands the page out, verdicts are its. */
  async function connect() {
    const server = await storeOfServer(store, say, news, () => !blind);
    if (server) {
      store = server;
      root.dataset.verdicts = 'server';
      index();
      show();
      refresh();
    }
  }

  return { start, connect, waits: verdict => store.waits(verdict), say, judge, rule, withdraw, undo, lastRuled, named, own, others, given, judged,
    disputed, ofThisRun, rename, name: () => reviewer, blind: () => blind, says: () => said, unseen,
    about: subject => byImage.get(subject) || [] };
})();
