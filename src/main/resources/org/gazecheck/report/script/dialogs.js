
/* ---- small dialogs ---- */

/* Asks for words: calls back with them, trimmed, and not at all where the reader thinks better of it. */
function askWords(question, before, longest, callback) {
  const dialog = document.getElementById('words');
  const form = dialog.querySelector('form');
  const field = form.elements.words;
  document.getElementById('words-title').textContent = question;
  field.value = before;
  field.maxLength = longest;
  form.onsubmit = event => {
    event.preventDefault();
    const words = field.value.trim();
    if (words === '') {
      field.focus();
      return;
    }
    dialog.close();
    callback(words);
  };
  form.elements.cancel.onclick = () => dialog.close();
  dialog.showModal();
  field.focus();
  field.select();
}

/* Whether a dialog lies over the page, the large view aside, which has keys of its own. */
function dialogOpen() {
  return document.querySelector('dialog[open]:not(#detail)') !== null;
}
