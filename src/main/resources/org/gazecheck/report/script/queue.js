
/* ---- queue: what is open, in the order in which it is asked for, and how far reviewers agree ---- */

const queue = (() => {
  const LARGEST_AGREEMENT = 5;
  /* Which of the open items was gone to last. */
  let visited = 0;

  /* Whether signing needs an image that nobody has judged: not here, and not in the run folder when this page was written. */
  function needs(i) {
    return report.required.includes(i) && review.given(i).length === 0 && !report.signing.judgedImages.includes(i);
  }

  /* Findings that signing needs and nobody has judged. */
  function openFindings() {
    const { findings, judgedFindings } = report.signing;
    return findings.filter(id => rulings.given(id).length === 0 && !judgedFindings.includes(id));
  }

  function predictions(wanted) {
    return Array.from({ length: report.predictions }, (unused, i) => i).filter(wanted);
  }

  /* Kinds of open items, most urgent first: ids of findings or positions of images, and the address that shows them. */
  function open() {
    const findings = openFindings();
    const required = report.required.filter(needs);
    const contradicted = [...new Map(Object.keys(report.findings).filter(rulings.disputed).map(id => [rulings.address(id), id])).values()];
    const at = verdict => '#/images?outcome=any&verdict=' + verdict;
    return [
      { name: ['finding', 'findings'], signing: true, findings, address: findings.length > 0 ? rulings.address(findings[0]) : '' },
      { name: ['error', 'errors'], signing: true, images: required.filter(isWrong), address: at('required') },
      { name: ['correct prediction', 'correct predictions'], signing: true,
        images: required.filter(isCorrect), address: at('required') },
      { name: ['disputed finding', 'disputed findings'], dispute: true, findings: contradicted,
        address: contradicted.length > 0 ? rulings.address(contradicted[0]) : '' },
      { name: ['disputed image', 'disputed images'], dispute: true, images: predictions(review.disputed), address: at('conflict') },
      { name: ['error without your verdict', 'errors without your verdict'], address: '#/images?outcome=error&verdict=none&sort=-confidence',
        images: predictions(i => isWrong(i) && !review.judged(i)).sort((a, b) => report.images.pPredicted[b] - report.images.pPredicted[a]) },
    ].map(kind => ({ ...kind, size: (kind.findings || kind.images).length })).filter(kind => kind.size > 0);
  }

  function text({ size, name }) {
    return count(size) + ' ' + name[size === 1 ? 0 : 1];
  }

  /* Links to what is open. */
  function links(kinds) {
    return kinds.map(kind => {
      const link = make('a', '', text(kind) + (kind.signing ? ' for signing' : ''));
      link.href = kind.address;
      if (kind.findings) {
        link.addEventListener('click', event => {
          if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
            event.preventDefault();
            setTimeout(() => rulings.seek(kind.findings[0]));
          }
        });
      }
      return link;
    });
  }

  /* Everything open, once each: stories by their addresses, images by their positions. */
  function items() {
    const found = new Map();
    for (const { findings, images } of open()) {
      for (const id of findings || []) {
        const address = rulings.address(id);
        found.set(address, found.get(address) || { key: address, seek: () => detail.leave(() => rulings.seek(id)) });
      }
      for (const i of images || []) {
        found.set(i, found.get(i) || { key: i, seek: () => detail.show(i, images) });
      }
    }
    return [...found.values()];
  }

  /*
   * The open item after the image that is seen large, or after the finding where the reader is; round and round. After one that is
   * no longer open, what took its place.
   */
  function next(image) {
    const all = items();
    if (all.length === 0) {
      review.say('Nothing is open.');
      return;
    }
    const here = image === undefined ? rulings.here() : image;
    const known = all.findIndex(({ key }) => key === here);
    const firstImage = Math.max(0, all.findIndex(({ key }) => Number.isInteger(key)));
    const to = known >= 0 ? (known + 1) % all.length : image !== undefined ? firstImage : here === '' ? 0 : Math.min(visited, all.length - 1);
    if (all[to].key === here) {
      review.say('Nothing else is open.');
    }
    visited = to;
    all[to].seek();
  }

  /* ---- agreement ---- */

  /* Cohen's kappa of pairs of words, or undefined where chance alone would agree always (Cohen 1960). */
  function kappa(pairs) {
    const share = (k, word) => pairs.filter(pair => pair[k] === word).length / pairs.length;
    const chance = [...new Set(pairs.flat())].reduce((sum, word) => sum + share(0, word) * share(1, word), 0);
    const same = pairs.filter(([a, b]) => a === b).length / pairs.length;
    return chance < 1 ? (same - chance) / (1 - chance) : undefined;
  }

  /* Every two reviewers on images of this run that both judged; who adjudicates has seen what the others said. */
  function agreements() {
    const said = review.blind() ? [] : predictions(i => review.given(i).length > 1)
      .map(i => new Map(review.given(i).filter(verdict => !verdict.adjudicates).map(verdict => [verdict.reviewer, verdict.verdict])));
    const names = [...new Set(said.flatMap(words => [...words.keys()]))].sort().slice(0, LARGEST_AGREEMENT);
    return names.flatMap((a, k) => names.slice(k + 1).map(b => {
      const pairs = said.filter(words => words.has(a) && words.has(b)).map(words => [words.get(a), words.get(b)]);
      return { a, b, pairs, same: pairs.filter(([x, y]) => x === y).length };
    })).filter(({ pairs }) => pairs.length > 0);
  }

  function showAgreement() {
    const place = document.getElementById('agreement');
    place.replaceChildren(...agreements().map(({ a, b, pairs, same }) => {
      const line = make('li');
      const beyond = kappa(pairs);
      line.append(untrusted('bdi', '', a), ' and ', untrusted('bdi', '', b), ': the same verdict on ' + count(same) + ' of '
        + count(pairs.length) + (beyond === undefined ? '' : ', Cohen\u2019s kappa ' + beyond.toFixed(2)));
      return line;
    }));
    place.closest('details').hidden = place.children.length === 0;
  }

  /* ---- on the page ---- */

  function show() {
    const form = document.getElementById('review');
    const errors = predictions(isWrong);
    const judged = errors.filter(i => review.own(i)).length;
    const left = report.required.filter(needs).length;
    const unseen = review.unseen();
    form.elements.progress.value = count(judged) + ' of ' + count(errors.length) + ' errors judged'
      + (report.required.length > 0 ? '; ' + (left === 0 ? 'all' : count(report.required.length - left) + ' of '
        + count(report.required.length)) + ' images that signing needs' : '')
      + (unseen === 0 ? '' : '; ' + count(unseen) + (unseen === 1 ? ' judged image is' : ' judged images are') + ' not on this page');
    const meter = form.querySelector('progress');
    meter.max = Math.max(1, errors.length);
    meter.value = judged;
    const kinds = open();
    document.getElementById('open-items').replaceChildren(kinds.length === 0 ? 'Nothing is open.' : 'Open: ',
      ...links(kinds).flatMap((link, k) => k === 0 ? [link] : [' \u00b7 ', link]));
    form.elements.next.disabled = kinds.length === 0;
    showAgreement();
    signing.again();
  }

  function start() {
    document.getElementById('review').elements.next.addEventListener('click', () => next());
  }

  return { start, show, needs, next, links, forSigning: () => open().filter(kind => kind.signing),
    disputes: () => open().filter(kind => kind.dispute), text };
})();
