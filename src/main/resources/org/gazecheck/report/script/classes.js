
/* ---- a class: what the gallery says above its images when one whole class is asked for ---- */

const CONFUSED = 4;

function mean(members, of) {
  const values = members.map(of).filter(value => value !== undefined);
  return values.length === 0 ? undefined : values.reduce((a, b) => a + b, 0) / values.length;
}

/* The classes that members fall into, most frequent first: "rose (3), daisy (1)". */
function frequent(members, of, className) {
  const found = new Map();
  members.forEach(i => found.set(of(i), (found.get(of(i)) || 0) + 1));
  const parts = [...found].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, CONFUSED);
  const line = make('span');
  parts.forEach(([index, n], k) => {
    const link = make('button', 'name', report.classes[index]);
    link.type = 'button';
    link.dir = 'auto';
    link.dataset[className] = report.classes[index];
    line.append(k === 0 ? '' : ', ', link, ' (' + n + ')');
  });
  return line;
}

function showClass() {
  const place = document.getElementById('class-page');
  const index = criteria.label === '' ? -1 : report.classes.indexOf(criteria.label);
  place.hidden = index < 0;
  if (index < 0) {
    return;
  }
  const { label, predicted, split } = report.images;
  const among = [...label.keys()].filter(i => criteria.split === '' || split[i] === criteria.split);
  const own = among.filter(i => label[i] === index);
  const wrong = own.filter(isWrong);
  const taken = among.filter(i => predicted[i] === index && isWrong(i));
  const lines = [];
  const add = (name, ...value) => {
    const line = make('div');
    const term = make('dt', '', name);
    const text = make('dd');
    text.append(...value);
    line.append(term, text);
    lines.push(line);
  };
  add('right', count(own.length - wrong.length) + ' of ' + count(own.length)
    + (own.length > 0 ? ' (' + percent((own.length - wrong.length) / own.length) + ')' : ''));
  if (wrong.length > 0) {
    add('predicted as', frequent(wrong, i => predicted[i], 'label'));
  }
  if (taken.length > 0) {
    add('others predicted as it', frequent(taken, i => label[i], 'label'));
  }
  for (const id of ['massAccuracy', 'massLift', 'borderMass']) {
    const of = NUMBERS.get(id).of;
    const here = mean(own, of);
    if (here !== undefined) {
      add(NUMBERS.get(id).name, shown(id, here) + ' on average; ' + shown(id, mean(among, of)) + ' over all classes');
    }
  }
  const findings = Object.keys(report.findings).filter(id => id.slice(id.indexOf(':') + 1) === criteria.label);
  if (findings.length > 0) {
    add('findings', ...rulings.linked(findings));
  }
  const title = untrusted('h3', '', criteria.label);
  const list = make('dl', 'class-facts');
  list.append(...lines);
  place.replaceChildren(title, list);
}
