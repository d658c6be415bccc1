// A parent who comes back to this page and presses Start goes on with the conversation that this tab remembers.
const form = document.getElementById("start");

function remembers() {
  try {
    return Boolean(sessionStorage.getItem("conversation"));
  } catch {
    return false; // storage is switched off: Start starts anew
  }
}

form.addEventListener("submit", () => {
  const goOn = remembers();
  form.method = goOn ? "get" : "post";
  form.elements.conversation.disabled = goOn; // it never stands in an address
  if (goOn) form.elements.choice.removeAttribute("name");
});
