
/* ---- saved views: addresses with a name and a note, in the run folder where a server hands the page out, else in this browser ---- */

const savedViews = (() => {
  const KEPT = 'gazecheck.views ';
  const TIMEOUT = 20000;
  let form = null;
  let list = [];
  let served = false;

  function say(text) {
    document.getElementById('views-say').textContent = text;
  }

  async function ask(method, view) {
    const response = await fetch('api/views', { method, body: view && JSON.stringify(view), cache: 'no-store',
      headers: view ? { 'Content-Type': 'application/json' } : {}, signal: AbortSignal.timeout(TIMEOUT) });
    if (!response.ok) {
      throw new Error((await response.text()).trim() || 'status ' + response.status);
    }
    list = await response.json();
  }

  /* Another tab may have saved one meanwhile. */
  function keepHere(method, view) {
    list = JSON.parse(localStorage.getItem(KEPT + report.run) || '[]').filter(each => each.name !== view.name);
    if (method === 'PUT') {
      list.push(view);
    }
    localStorage.setItem(KEPT + report.run, JSON.stringify(list));
  }

  async function change(method, view, done) {
    try {
      if (served) {
        await ask(method, view);
      } else {
        keepHere(method, view);
      }
      say(done);
    } catch (problem) {
      say('Not done: ' + problem.message);
    }
    show();
  }

  function show() {
    document.getElementById('views-list').replaceChildren(...list.map(view => {
      const line = make('li');
      const link = untrusted('a', '', view.name);
      link.href = view.address.startsWith('#/') ? view.address : '#/images';
      const remove = make('button', 'not', '\u2715');
      remove.type = 'button';
      remove.setAttribute('aria-label', 'Delete the view ' + isolated(view.name));
      remove.addEventListener('click', () => change('DELETE', view, 'Deleted: ' + isolated(view.name)));
      line.append(link, remove);
      if (view.note !== '') {
        line.append(untrusted('p', 'hint', view.note));
      }
      return line;
    }));
    document.querySelector('#saved-views > summary .n').textContent = list.length === 0 ? '' : '(' + count(list.length) + ')';
  }

  function start() {
    form = document.getElementById('view-form');
    try {
      list = JSON.parse(localStorage.getItem(KEPT + report.run) || '[]');
    } catch (problem) {
      list = [];
    }
    form.addEventListener('submit', event => {
      event.preventDefault();
      const name = form.elements.name.value.trim();
      if (name !== '') {
        change('PUT', { name, note: form.elements.note.value.trim(), address: imagesAddress(views.current()) },
          'Kept ' + (served ? 'in the run folder' : 'in this browser') + ': ' + isolated(name));
        form.reset();
      }
    });
    show();
  }

  /* The server's views count from now on; what this browser kept is handed over. */
  async function connect() {
    if (root.dataset.verdicts !== 'server') {
      return;
    }
    const here = list;
    served = true;
    try {
      await ask('GET');
      for (const view of here.filter(each => !list.some(known => known.name === each.name))) {
        await ask('PUT', view);
      }
      localStorage.removeItem(KEPT + report.run);
    } catch (problem) {
      say('The server has no views: ' + problem.message);
    }
    show();
  }

  return { start, connect };
})();
