// The code comes behind the address's #, which no server is sent. It is put into the form, and taken out of the address.
// Without this the code is typed from the card.
const field = document.getElementById("code");
const code = decodeURIComponent(location.hash.slice(1));
if (code && field) {
  field.value = code;
  history.replaceState(null, "", location.pathname + location.search);
  field.form.querySelector("button").focus();
}
