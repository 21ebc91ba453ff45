
/* ---- views: the page shows one at a time; "#/findings" names one, "#data-labels" something in one ---- */

/* Milliseconds without scrolling after which it is kept how far the page is scrolled. */
const PAUSE = 200;

const VIEWS = ['overview', 'findings', 'images', 'map', 'classes', 'data', 'heatmaps', 'runs', 'provenance'];

const views = (() => {
  const openings = new Map();
  const scrolled = new Map();
  let step = 0;
  let unkept = false;
  let leaving = false;
  let afterwards = null;
  let arrivedAt = '';

  /* A name in an address; one that is cut off is no name. */
  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch (problem) {
      return '';
    }
  }

  /* What an address says: "#place?parameters"; a place is "/view" or the id of an element. */
  function parts(hash) {
    const at = hash.indexOf('?');
    const place = decoded(at < 0 ? hash.slice(1) : hash.slice(1, at));
    return { place, parameters: at < 0 ? null : new URLSearchParams(hash.slice(at + 1)) };
  }

  function elementAt(place) {
    const element = place === '' || place.startsWith('/') ? null : document.getElementById(place);
    return element && element.closest('[data-in]') ? element : null;
  }

  function viewAt({ place, parameters }) {
    const element = elementAt(place);
    const name = element ? element.closest('[data-in]').dataset.in : place.replace('/', '');
    return VIEWS.includes(name) ? name : place === '' && parameters ? 'images' : 'overview';
  }

  function current() {
    return root.dataset.view;
  }

  /* What the address names within a view, or null. */
  function element() {
    return elementAt(parts(location.hash).place);
  }

  /* Makes a view the one that is seen; where it lies in it is for the caller. */
  function turn(name) {
    const before = current();
    root.dataset.view = name;
    for (const link of document.querySelectorAll('.rail nav a')) {
      if (link.hash === '#/' + name) {
        link.setAttribute('aria-current', 'page');
        link.parentElement.scrollTo({ left: link.offsetLeft - 40, behavior: 'instant' });
        document.title = link.textContent.trim() + ' \u2013 ' + root.dataset.title;
      } else {
        link.removeAttribute('aria-current');
      }
    }
    if (name !== before && openings.has(name)) {
      openings.get(name)();
    }
  }

  /* To an element, or to the top of the view. */
  function reach(element) {
    if (element) {
      unfold(element).scrollIntoView({ behavior: 'instant' });
    } else {
      scrollTo({ top: 0, behavior: 'instant' });
    }
  }

  /* From where the keyboard goes on, and what a screen reader says: the element, or the view's heading. */
  function focus(element) {
    const place = element || document.querySelector('main > [data-in="' + current() + '"] h2');
    if (place && !detail.open()) {
      if (place.tabIndex < 0) {
        place.tabIndex = -1;
      }
      place.focus({ preventScroll: true });
    }
  }

  /* Writes an address and a state into this step of the history. */
  function write(state, address) {
    history.replaceState(state, '', address);
    arrivedAt = location.hash;
  }

  /* Each step of the history has a number, under which it is kept how far it was scrolled. */
  function mark(state) {
    step = Math.max(step, ...scrolled.keys()) + 1;
    write({ ...state, step }, location.href);
  }

  /* How far this step is scrolled goes into the history, too, so that it is known after the page was loaded again. */
  function keepScroll() {
    if (unkept && history.state && history.state.step === step) {
      write({ ...history.state, scroll: scrolled.get(step) }, location.href);
    }
    unkept = false;
  }

  /* To the number of this step, and as far down as it was left. */
  function resume() {
    step = history.state.step;
    scrollTo({ top: scrolled.has(step) ? scrolled.get(step) : history.state.scroll || 0, behavior: 'instant' });
  }

  /* Shows what the address says; a step that was there before as it was left. */
  function arrive() {
    const wanted = parts(location.hash);
    const known = history.state && history.state.step;
    const name = viewAt(wanted);
    arrivedAt = location.hash;
    if (['images', 'map'].includes(name) && wanted.parameters) {
      recall(wanted.parameters);
    }
    turn(name);
    if (['images', 'map'].includes(name) && !wanted.parameters && !elementAt(wanted.place)) {
      remember();
    }
    if (known) {
      resume();
    } else {
      mark();
      reach(elementAt(wanted.place));
    }
    detail.recall(wanted.parameters && wanted.parameters.get('image'));
    return known ? undefined : wanted;
  }

  /* A step in the history to an address that the page itself made. */
  function push(address, state) {
    keepScroll();
    history.pushState(null, '', address);
    mark(state);
    turn(viewAt(parts(address)));
  }

  /* The large view is open: a step of its own, unless it was open before. While its last step is being left, it gets one afterwards. */
  function enlarge(before) {
    if (leaving) {
      return;
    }
    if (before || history.state && history.state.large) {
      remember();
    } else {
      push(address(), { large: true });
    }
  }

  /* The step of the large view was left; it may be open again meanwhile. */
  function left() {
    leaving = false;
    arrivedAt = location.hash;
    turn(viewAt(parts(location.hash)));
    if (history.state && history.state.step) {
      step = history.state.step;
      scrolled.set(step, scrollY);
    } else {
      mark();
    }
    write(history.state, placeAddress());
    if (detail.open()) {
      push(address(), { large: true });
    }
    if (afterwards) {
      const then = afterwards;
      afterwards = null;
      then();
    }
  }

  function go(address, element) {
    push(address);
    reach(element);
    focus(element);
  }

  /* Goes to an element wherever it is. */
  function visit(element) {
    go('#' + element.closest('[id]').id, element);
  }

  /* The large view was a step: closing it goes back, and then does something. */
  function back(then) {
    afterwards = then || afterwards;
    if (leaving) {
      return;
    }
    if (history.state && history.state.large) {
      leaving = true;
      history.back();
    } else {
      left();
    }
  }

  /* The key to a server is for who opens its link, not for whoever is sent an address; the browser has it in a cookie now. */
  function dropKey() {
    if (new URLSearchParams(location.search).has('key')) {
      write(history.state, location.pathname + location.hash);
    }
  }

  function copyLink(event) {
    const button = event.currentTarget;
    const told = text => {
      button.textContent = text;
      setTimeout(() => { button.textContent = 'Copy link'; }, 2000);
    };
    navigator.clipboard.writeText(location.href).then(() => told('Copied'), () => told('Not allowed here'));
  }

  function start() {
    root.dataset.title = document.title;
    history.scrollRestoration = 'manual';
    dropKey();
    addEventListener('popstate', () => leaving && left());
    addEventListener('hashchange', () => {
      if (location.hash === arrivedAt) {
        return;
      }
      const fresh = arrive();
      if (fresh) {
        focus(elementAt(fresh.place));
      }
    });
    let pause = 0;
    addEventListener('scroll', () => {
      scrolled.set(step, scrollY);
      unkept = true;
      clearTimeout(pause);
      pause = setTimeout(keepScroll, PAUSE);
    }, { passive: true });
    addEventListener('click', keepScroll, true);
    addEventListener('pagehide', keepScroll);
    const button = document.getElementById('copy-link');
    button.hidden = !navigator.clipboard;
    button.addEventListener('click', copyLink);
    arrive();
  }

  /* What must happen when a view is shown, since it has no size before. */
  function whenShown(name, action) {
    openings.set(name, action);
    if (name === current()) {
      action();
    }
  }

  root.dataset.view = viewAt(parts(location.hash));

  return { start, current, element, write, enlarge, go, visit, back, whenShown };
})();
