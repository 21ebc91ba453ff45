
/* ---- signing: accept, accept with conditions, or reject the run; by the server, or in a file for the command line ---- */

const signing = (() => {
  const PAST = { accept: 'accepted', 'accept-with-conditions': 'accepted with conditions', reject: 'rejected' };
  const LOOK = 10000;
  const TIMEOUT = 60000;
  let dialog = null;
  let form = null;
  let signature = null;
  let served = false;
  let busy = false;

  function isValid() {
    return signature !== null && signature.run === report.run;
  }

  /* On the first page, in the words that it was written with. */
  function showSignature() {
    const place = document.getElementById('signature');
    if (signature === null) {
      place.className = 'judged open';
      place.textContent = 'Not signed off.';
      return;
    }
    const past = PAST[signature.decision];
    place.className = 'judged ' + (!isValid() ? 'open' : signature.decision === 'reject' ? 'wrong' : 'right');
    const comment = signature.comment.trim();
    place.replaceChildren(isValid() ? past[0].toUpperCase() + past.slice(1) + ' by '
      : 'Not signed off: the run changed after it was ' + past + ' by ', make('bdi', '', signature.reviewer),
    ' at ' + signature.time + (comment === '' ? '.' : ': '), make('bdi', '', comment));
  }

  /* How many items of which kinds are open; empty where none is. */
  function openText() {
    const kinds = queue.forSigning();
    const one = kinds.length === 1 && kinds[0].size === 1;
    return kinds.length === 0 ? '' : kinds.map(queue.text).join(', ').replace(/, ([^,]*)$/, ' and $1') + (one ? ' is open' : ' are open');
  }

  /* What is in the way: a text, and the field that it is about; null where nothing is. */
  function obstacle() {
    const { decision, reviewer, comment } = form.elements;
    const open = openText();
    if (decision.value === '') {
      return { text: 'Choose a decision first', field: decision[0] };
    }
    if (decision.value !== 'reject' && open !== '') {
      return { text: 'Not yet: ' + open, field: document.querySelector('#sign-state a') };
    }
    if (reviewer.value.trim() === '') {
      return { text: 'Give your name first', field: reviewer };
    }
    if (decision.value !== 'accept' && comment.value.trim() === '') {
      return { text: decision.value === 'reject' ? 'Say why the run is rejected' : 'Say what the conditions are',
        field: comment };
    }
    return null;
  }

  function showForm() {
    const open = openText();
    const before = obstacle();
    const submit = form.elements.sign;
    const decided = form.elements.decision.value;
    document.getElementById('sign-state').replaceChildren(...(open === '' ? ['Everything that must be reviewed has a verdict.']
      : ['What must be reviewed before the run is accepted:', listOf(queue.forSigning())]), ...disputes());
    form.setAttribute('aria-busy', String(busy));
    submit.textContent = busy ? 'Signing \u2026' : before ? before.text : (served ? 'Sign: ' : 'Export for signing: ') + decided.replace(/-/g, ' ');
    submit.setAttribute('aria-disabled', String(before !== null || busy));
  }

  function say(text) {
    document.getElementById('sign-says').textContent = text;
  }

  /* What reviewers contradict each other about does not keep a run from being signed. */
  function disputes() {
    const kinds = queue.disputes();
    return kinds.length === 0 ? [] : [make('p', 'disputes', 'Reviewers contradict each other; the run can be signed all the same:'), listOf(kinds)];
  }

  /* The same on the first page. */
  function showDisputes() {
    const links = queue.links(queue.disputes());
    document.getElementById('open-disputes').replaceChildren(...links.flatMap((link, k) => [k === 0 ? '' : ' \u00b7 ', link]));
  }

  function listOf(kinds) {
    const list = make('ul');
    list.append(...queue.links(kinds).map(link => {
      const item = make('li');
      item.append(link);
      return item;
    }));
    return list;
  }

  function request() {
    const { decision, reviewer, comment } = form.elements;
    return { decision: decision.value, reviewer: reviewer.value.trim(), comment: comment.value.trim(), run: report.run,
      replaces: isValid() ? signature.time : '' };
  }

  async function send() {
    busy = true;
    showForm();
    say('Signing: the server checks every verdict in the run folder.');
    try {
      const response = await fetch('api/signature', { method: 'PUT', body: JSON.stringify(request()), cache: 'no-store',
        headers: { 'Content-Type': 'application/json' }, signal: AbortSignal.timeout(TIMEOUT) });
      if (response.ok) {
        signature = await response.json();
        showSignature();
        dialog.close();
      } else {
        say((await response.text()).trim() || 'Not signed: status ' + response.status);
        look();
      }
    } catch (problem) {
      say('The server does not answer (' + problem.message + '). Whether it has signed is seen on the first page.');
      look();
    }
    busy = false;
    showForm();
  }

  /* A word of a command line. */
  function quoted(word) {
    return /^[\w./-]+$/.test(word) ? word : "'" + word.replace(/'/g, "'\\''") + "'";
  }

  function save() {
    const wish = request();
    const name = 'signing-' + nameOfFile(wish.reviewer) + '-' + report.run + '.json';
    const verdicts = review.ofThisRun().map(verdict =>
      Object.fromEntries(COLUMNS.map(column => [column, verdict[column] || ''])));
    download(name, JSON.stringify({ schemaVersion: 1, signing: wish, verdicts }, null, 1) + '\n', 'application/json');
    say('Exported to ' + isolated(name) + ', with ' + count(verdicts.length) + (verdicts.length === 1 ? ' verdict' : ' verdicts')
      + '. The run is signed by this command, which checks all of it again:');
    const command = document.getElementById('sign-command');
    command.textContent = './gazecheck review sign ' + quoted(dialog.dataset.folder) + ' --import ' + quoted(name);
    command.hidden = false;
  }

  function submit(event) {
    event.preventDefault();
    const before = obstacle();
    if (before) {
      before.field.focus();
    } else if (!served) {
      save();
    } else if (!busy) {
      send();
    }
  }

  function open() {
    form.elements.reviewer.value = review.name();
    document.getElementById('sign-command').hidden = true;
    say('');
    showForm();
    dialog.showModal();
    form.elements.decision[0].focus();
  }

  /* What was signed elsewhere. */
  async function look() {
    try {
      const response = await fetch('api/signature', { cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT) });
      if (response.ok && response.headers.get('Gazecheck-Run') === report.run) {
        signature = await response.json();
        showSignature();
      }
    } catch (problem) {
      root.dataset.signature = problem.message;
    }
  }

  function start() {
    signature = report.signing.signature;
    dialog = document.getElementById('sign');
    form = dialog.querySelector('form');
    const button = document.getElementById('sign-open');
    const said = make('span', 'conflict');
    said.id = 'open-disputes';
    button.hidden = false;
    button.after(' ', said);
    button.addEventListener('click', open);
    form.addEventListener('submit', submit);
    form.addEventListener('input', () => {
      document.getElementById('sign-command').hidden = true;
      say('');
      showForm();
    });
    form.elements.reviewer.addEventListener('change', event => review.rename(event.target.value));
    document.getElementById('sign-state').addEventListener('click', event => event.target.matches('a') && dialog.close());
    form.elements.cancel.addEventListener('click', () => dialog.close());
    showDisputes();
  }

  /* What is open changed. */
  function again() {
    if (dialog) {
      showDisputes();
      if (dialog.open) {
        showForm();
      }
    }
  }

  /* The page is handed out by a server, which signs. */
  async function connect() {
    if (root.dataset.verdicts !== 'server') {
      return;
    }
    served = true;
    await look();
    setInterval(() => {
      if (!document.hidden) {
        look();
      }
    }, LOOK);
  }

  return { start, connect, again };
})();
