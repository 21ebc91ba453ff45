
/* ---- where verdicts are kept: in this browser, or on the server that hands the page out ---- */

/* Verdicts with equal subjects are about the same: an image's bytes, or a finding of one run. */
function subjectOf(verdict) {
  return verdict.sha256 || verdict.run + ' ' + verdict.path;
}

function idOf(verdict) {
  return verdict.reviewer + '\n' + subjectOf(verdict);
}

function later(a, b) {
  return !a || Date.parse(b.time) >= Date.parse(a.time) ? b : a;
}

/* What the run folder had when this page was written, by id; what its reviewers took back, as times by id. */
function writtenVerdicts() {
  return new Map(report.verdicts.map(verdict => [idOf(verdict), verdict]));
}

function writtenWithdrawals() {
  return new Map(report.withdrawals.map(({ reviewer, subject, time }) => [reviewer + '\n' + subject, Date.parse(time)]));
}

/*
 * Both stores: all() by id, kept() of them without what only the run folder has, put(verdicts), withdraw(verdict with the time of
 * the withdrawal), withdrawn(id) as the time up to which verdicts are taken back, or 0, whether a withdrawn verdict stays(in the run
 * folder), look() for news, and whether a verdict waits(for the server).
 */

/*
 * In items of this browser's storage, beside what the page was written with: the later of both counts. What other windows changed
 * meanwhile is read before each change. A verdict of the run folder that is withdrawn here is withdrawn in this browser only.
 */
function browserStore(say, changed) {
  const KEPT = 'gazecheck.verdicts';
  const WITHDRAWN = 'gazecheck.withdrawn';
  const written = writtenVerdicts();
  const withdrawnThere = writtenWithdrawals();
  let verdicts = new Map();
  let withdrawals = new Map();
  let keeps = true;

  function read() {
    if (!keeps) {
      return;
    }
    try {
      verdicts = new Map(JSON.parse(localStorage.getItem(KEPT) || '[]').map(verdict => [idOf(verdict), verdict]));
      withdrawals = new Map(JSON.parse(localStorage.getItem(WITHDRAWN) || '[]'));
    } catch (problem) {
      keeps = false;
      say('This browser keeps no verdicts here (' + problem.message + '): export them before you close the page.');
    }
  }

  function change(edit) {
    read();
    edit(verdicts);
    try {
      localStorage.setItem(KEPT, JSON.stringify([...verdicts.values()]));
      localStorage.setItem(WITHDRAWN, JSON.stringify([...withdrawals]));
      keeps = true;
    } catch (problem) {
      keeps = false;
      say('Verdicts could not be kept in this browser (' + problem.message + '): export them now.');
    }
  }

  function withdrawn(id) {
    return Math.max(withdrawals.get(id) || 0, withdrawnThere.get(id) || 0);
  }

  function all() {
    const together = new Map();
    for (const verdict of [...written.values(), ...verdicts.values()]) {
      const id = idOf(verdict);
      if (Date.parse(verdict.time) > withdrawn(id)) {
        together.set(id, later(together.get(id), verdict));
      }
    }
    return together;
  }

  read();
  addEventListener('storage', event => {
    if (event.key === KEPT || event.key === WITHDRAWN) {
      read();
      changed();
    }
  });
  return {
    all,
    kept: () => verdicts,
    put: given => change(kept => given.forEach(verdict => kept.set(idOf(verdict), verdict))),
    forget: verdict => change(kept => kept.delete(idOf(verdict))),
    withdraw: verdict => change(kept => {
      const id = idOf(verdict);
      kept.delete(id);
      if (written.has(id)) {
        withdrawals.set(id, Date.parse(verdict.time));
      }
    }),
    withdrawn,
    stays: verdict => written.has(idOf(verdict)),
    look: async () => {},
    waits: () => false,
  };
}

/*
 * On the server. A change waits in this browser until the server has it: after a failure it is sent again, also by a later
 * page of the same address. Verdicts of other runs, which the server does not take, stay in the browser's store.
 */
function serverStore(browser, say, changed, wanted) {
  const UNSENT = 'gazecheck.unsent ';
  const OURS = UNSENT + report.run + '\n';
  const LOOK = 10000;
  const AGAIN = 3000;
  const TIMEOUT = 20000;
  const waiting = new Map();
  let kept = writtenVerdicts();
  let text = '';
  let changes = 0;
  let refused = 0;
  let sending = false;
  let looking = false;
  let failing = false;
  let other = false;

  function recall() {
    try {
      for (const key of Object.keys(localStorage).filter(name => name.startsWith(UNSENT))) {
        waiting.set(key, localStorage.getItem(key));
      }
    } catch (problem) {
      say('This browser keeps nothing here (' + problem.message + '): keep the page open while the server is away.');
    }
  }

  function wait(verdict, withdrawn) {
    const key = OURS + idOf(verdict);
    const value = JSON.stringify({ withdrawn, verdict });
    waiting.set(key, value);
    try {
      localStorage.setItem(key, value);
    } catch (problem) {
      say('This browser keeps nothing here (' + problem.message + '): keep the page open while the server is away.');
    }
  }

  /* Unless it was changed while it was under way. */
  function done(key, value) {
    if (waiting.get(key) !== value) {
      return;
    }
    waiting.delete(key);
    try {
      if (localStorage.getItem(key) === value) {
        localStorage.removeItem(key);
      }
    } catch (problem) {
      failed(problem.message);
    }
  }

  function unsent() {
    return [...waiting].filter(([key]) => key.startsWith(OURS));
  }

  function all() {
    const verdicts = new Map([...browser.kept()].filter(([, verdict]) => verdict.run !== report.run));
    const elsewhere = [...waiting].filter(([key]) => !key.startsWith(OURS)).map(([, value]) => JSON.parse(value));
    const take = verdict => verdicts.set(idOf(verdict), later(verdicts.get(idOf(verdict)), verdict));
    elsewhere.filter(change => !change.withdrawn).forEach(change => take(change.verdict));
    kept.forEach(take);
    for (const { withdrawn, verdict } of unsent().map(([, value]) => JSON.parse(value))) {
      if (withdrawn) {
        verdicts.delete(idOf(verdict));
      } else {
        verdicts.set(idOf(verdict), verdict);
      }
    }
    return verdicts;
  }

  async function ask(method, body) {
    const response = await fetch('api/verdicts', { method, body, cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT),
      headers: body ? { 'Content-Type': 'application/json' } : {} });
    const run = response.headers.get('Gazecheck-Run');
    if (run && run !== report.run && !other) {
      other = true;
      const notice = document.getElementById('broken');
      notice.textContent = 'The run has been done again since this page was opened: reload the page. What is not on the server'
        + ' yet waits in this browser.';
      notice.hidden = false;
    }
    if (other) {
      throw new Error('this page is of an earlier run');
    }
    return response;
  }

  async function reason(response) {
    return (await response.text()).trim() || 'status ' + response.status;
  }

  async function sendOne(key, value) {
    const { withdrawn, verdict } = JSON.parse(value);
    const response = await ask(withdrawn ? 'DELETE' : 'PUT', JSON.stringify(verdict));
    changes += 1;
    if (response.ok) {
      if (withdrawn) {
        kept.delete(idOf(verdict));
      } else {
        kept.set(idOf(verdict), verdict);
      }
      done(key, value);
    } else if ([400, 409, 413].includes(response.status)) {
      const why = await reason(response);
      refused += 1;
      done(key, value);
      changed();
      say('Not kept: ' + isolated(verdict.path) + ', ' + verdict.verdict + ': ' + why
        + (refused > 1 ? ' (and ' + count(refused - 1) + ' before it)' : ''));
    } else {
      throw new Error(await reason(response));
    }
  }

  /* One after the other, until none waits. */
  async function send() {
    if (sending || other || unsent().length === 0) {
      return;
    }
    sending = true;
    refused = 0;
    try {
      for (let next = unsent()[0]; next; next = unsent()[0]) {
        await sendOne(...next);
      }
      well();
    } catch (problem) {
      trouble(problem);
    }
    sending = false;
    if (!failing && wanted()) {
      look();
    }
  }

  function well() {
    if (failing) {
      failing = false;
      changed();
      say('The server answers again, and has every verdict.');
    }
  }

  function trouble(problem) {
    if (!failing) {
      failing = true;
      changed();
    }
    const left = unsent().length;
    say('The server does not take verdicts (' + problem.message + ').' + (left === 0 ? '' : ' ' + count(left)
      + (left === 1 ? ' verdict waits' : ' verdicts wait') + ' in this browser'
      + (other ? ': reload the page.' : ' and will be sent again.')));
  }

  /* What the server has now. An answer that a change of ours overtook is not looked at. */
  async function look() {
    if (looking || other) {
      return;
    }
    looking = true;
    const before = changes;
    try {
      const response = await ask('GET');
      if (!response.ok) {
        throw new Error(await reason(response));
      }
      const news = await response.text();
      if (before === changes && news !== text) {
        kept = new Map(JSON.parse(news).map(verdict => [idOf(verdict), verdict]));
        text = news;
        changed();
      }
      if (unsent().length === 0) {
        well();
      }
    } catch (problem) {
      trouble(problem);
    }
    looking = false;
  }

  /* Another window sent it; the next look says whether the server took it. */
  function settled(key, value) {
    waiting.delete(key);
    if (value && key.startsWith(OURS)) {
      const { withdrawn, verdict } = JSON.parse(value);
      if (withdrawn) {
        kept.delete(idOf(verdict));
      } else {
        kept.set(idOf(verdict), verdict);
      }
      text = '';
    }
  }

  recall();
  if (waiting.size > unsent().length) {
    say(count(waiting.size - unsent().length) + ' verdicts of another run wait in this browser, which this server does not take:'
      + ' export them.');
  }
  addEventListener('storage', event => {
    if (event.key && event.key.startsWith(UNSENT)) {
      if (event.newValue === null) {
        settled(event.key, event.oldValue);
      } else {
        waiting.set(event.key, event.newValue);
      }
      changed();
    }
  });
  setInterval(() => {
    if (!document.hidden && wanted()) {
      look();
    }
  }, LOOK);
  setInterval(send, AGAIN);

  return {
    all,
    kept: all,
    put: given => {
      given.filter(verdict => verdict.run === report.run).forEach(verdict => wait(verdict, false));
      const others = given.filter(verdict => verdict.run !== report.run);
      if (others.length > 0) {
        browser.put(others);
      }
      send();
    },
    withdraw: verdict => {
      wait(verdict, true);
      if (browser.kept().has(idOf(verdict))) {
        browser.forget(verdict);
      }
      send();
    },
    withdrawn: () => 0,
    stays: () => false,
    look,
    waits: verdict => failing && waiting.has(OURS + idOf(verdict)),
  };
}

/* The store of the server that hands this page out; null where none does, as for pages of the file system. */
async function storeOfServer(browser, say, changed, wanted) {
  if (!location.protocol.startsWith('http') || report.thumbnails) {
    return null;
  }
  let answer = null;
  try {
    answer = await fetch('api/verdicts', { cache: 'no-store', signal: AbortSignal.timeout(20000) });
  } catch (problem) {
    answer = null;
  }
  if (answer && answer.status < 500 && !(answer.ok && answer.headers.has('Gazecheck-Run'))) {
    return null;
  }
  const store = serverStore(browser, say, changed, wanted);
  const before = [...browser.kept().values()].filter(verdict => verdict.run === report.run);
  await store.look();
  store.put(before);
  before.forEach(browser.forget);
  return store;
}
