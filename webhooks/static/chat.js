// The conversation without a page load an exchange. What the server has already put on the page is taken over as it is.
const words = JSON.parse(document.getElementById("words").textContent);
const log = document.getElementById("log");
const notice = document.getElementById("notice");
const choices = document.getElementById("choices");
const composer = document.getElementById("composer");
const typed = composer.elements.text;
const PATIENCE = 20000;

let busy = false;
let again = null; // what to do when the parent, or the network, says: try again

const carried = (name) => composer.elements[name]?.value || undefined;
const phones = matchMedia("(pointer: coarse)");

function make(tag, attributes = {}, ...inside) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...inside.filter((part) => part !== null && part !== ""));
  return node;
}

// ---- what this tab remembers: the id of the conversation, and nothing else

function remembered() {
  try {
    return sessionStorage.getItem("conversation");
  } catch {
    return composer.elements.conversation.value || null;
  }
}

function remember(id) {
  try {
    if (id) sessionStorage.setItem("conversation", id);
    else sessionStorage.removeItem("conversation");
  } catch {
    // Storage is switched off: the fields below carry it until the page is closed.
  }
  for (const field of document.querySelectorAll("[name=conversation]")) field.value = id || "";
}

// ---- messages, of the same shape as in parts.html

function prose(text) {
  const blocks = [];
  let open = null;
  for (const line of text.trim().split("\n").map((each) => each.trim())) {
    if (line.startsWith("- ")) {
      if (open?.tagName !== "UL") blocks.push((open = make("ul")));
      open.append(make("li", {}, line.slice(2)));
    } else if (!line) {
      open = null;
    } else if (open?.tagName === "P") {
      open.append(` ${line}`);
    } else {
      blocks.push((open = make("p", {}, line)));
    }
  }
  return blocks;
}

const dial = (number) => number.match(/\+?\d[\d ]*/)?.[0].replaceAll(" ", "") ?? "";

function way(scheme, number, label, kind) {
  if (!number) return null;
  return dial(number) ? make("a", { class: kind, href: scheme + dial(number) }, label) : make("span", {}, number);
}

function card(contact) {
  const state = { true: "hours open", false: "hours closed" }[contact.open_now] || "hours";
  return make("li", { class: "contact" },
    make("p", { class: "name" }, contact.name),
    contact.hours ? make("p", { class: state }, contact.hours) : "",
    make("p", { class: "ways" },
      way("tel:", contact.phone, words.contact_call.replace("{phone}", contact.phone), "way call"),
      way("sms:", contact.text, contact.text, "way"),
      contact.url ? make("a", { class: "way", rel: "noreferrer", href: contact.url }, words.contact_website,
        make("span", { class: "unseen" }, `: ${contact.name}`)) : ""));
}

function message(reply) {
  const { contacts = [], links = [] } = reply;
  return make("div", { class: "message" },
    make("p", { class: "unseen" }, words.said_by_waymark),
    ...prose(reply.text),
    contacts.length ? make("ul", { class: "contacts" }, ...contacts.map(card)) : "",
    links.length ? make("ul", { class: "links" },
      ...links.map((link) => make("li", {}, make("a", { rel: "noreferrer", href: link.url }, link.label)))) : "");
}

function bubble(said) {
  return make("p", { class: "mine" }, make("span", { class: "unseen" }, `${words.said_by_you} `), said);
}

// ---- the state of the page

function offer(list) {
  const different = [...new Map(list.map((choice) => [choice.id, choice])).values()];
  const group = choices.querySelector("fieldset");
  for (const old of group.querySelectorAll("button")) old.remove();
  group.append(...different.map(({ id, label }) => make("button", { class: "choice", name: "choice", value: id }, label)));
  choices.hidden = !different.length;
}

function lock(on) {
  busy = on;
  choices.querySelector("fieldset").disabled = on;
  composer.querySelector("button").setAttribute("aria-disabled", on);
}

function tell(text, retry, withContacts) {
  notice.replaceChildren(...prose(text));
  if (withContacts) notice.append(document.getElementById("rescue").content.cloneNode(true));
  again = retry || null;
  if (again) {
    const button = make("button", { type: "button", class: "choice" }, words.try_again);
    button.addEventListener("click", () => again?.());
    notice.append(button);
  }
  bringIntoView(notice);
}

function hush() {
  again = null;
  notice.replaceChildren();
}

function offerPrint(turn) {
  const outcome = turn.dataset.outcome;
  if (!outcome || !log.dataset.printable.split(" ").includes(outcome)) return;
  const date = new Date().toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
  const button = make("button", { type: "button", class: "quiet" }, words.print_button);
  button.addEventListener("click", () => print());
  turn.classList.add("printable");
  turn.prepend(make("p", { class: "on-paper" }, make("strong", {}, words.print_heading), " ",
    words.print_made_on.replace("{date}", date)));
  turn.append(make("div", { class: "keep" }, button, make("p", {}, words.print_note)));
}

function show(turn, replies, outcome) {
  turn.append(...replies.map(message));
  if (outcome) turn.dataset.outcome = outcome.route;
  offerPrint(turn);
  offer(replies.flatMap((reply) => reply.choices ?? []));
  composer.hidden = false;
}

function bringIntoView(turn) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  turn.scrollIntoView({ block: "start", behavior: still ? "instant" : "smooth" });
}

// After a tap the answers are next; whoever types goes on typing, unless a phone's keyboard would hide the answers.
function placeFocus(wasTyped) {
  const group = choices.querySelector("fieldset");
  if (wasTyped && (!phones.matches || choices.hidden)) typed.focus({ preventScroll: true });
  else if (!choices.hidden) group.focus({ preventScroll: true });
  else document.getElementById("main").focus({ preventScroll: true });
}

// ---- one exchange

async function post(message) {
  const body = { conversation: remembered(), ...message, area: carried("area"), share: carried("share"), language: carried("language") };
  const response = await fetch(log.dataset.api, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(PATIENCE),
  });
  return { status: response.status, answer: await response.json().catch(() => ({})) };
}

async function send(what, said = "") {
  if (busy) return;
  hush();
  lock(true);
  const turn = make("div", { class: "turn" }, said ? bubble(said) : "");
  const dots = make("p", { class: "waiting" }, make("span", { class: "unseen" }, words.waiting));
  if (said) bringIntoView(log.appendChild(turn));
  const slow = setTimeout(() => log.after(dots), 400);
  try {
    const { status, answer } = await post(what);
    lock(false);
    if (status === 404 && what.choice !== "start") return startAnew(turn, what);
    if (!Array.isArray(answer.replies)) return refused(turn, what, said, answer.error?.message, status);
    remember(answer.conversation);
    const first = !log.firstChild;
    log.append(turn);
    show(turn, answer.replies, answer.outcome);
    if (first) return;
    placeFocus("text" in what);
    bringIntoView(turn);
  } catch {
    lock(false);
    unsent(turn, what, said);
  } finally {
    clearTimeout(slow);
    dots.remove();
  }
}

function startAnew(turn, what) {
  giveBack(turn, what);
  remember(null);
  if (what.choice !== "come_back") log.append(make("p", { class: "aside" }, words.error_unknown_conversation));
  send({ choice: "start" });
}

function giveBack(turn, what) {
  turn.remove();
  if (what.text) typed.value = what.text;
  composer.hidden = false;
}

function refused(turn, what, said, why, status) {
  giveBack(turn, what);
  if (status < 500) tell(why || words.not_sent);
  else tell(why || words.error_server_error, () => repeat(what, said), true);
}

function unsent(turn, what, said) {
  giveBack(turn, what);
  const why = navigator.onLine ? `${words.not_sent}\n\n${words.error_server_error}` : words.offline;
  tell(why, () => repeat(what, said), true);
}

function repeat(what, said) {
  if (what.text && typed.value === what.text) typed.value = "";
  send(what, said);
}

// ---- what the parent does

function submitted(event) {
  const form = event.target;
  if (form === choices) {
    event.preventDefault();
    const button = event.submitter;
    send({ choice: button.value }, button.textContent);
  } else if (form === composer) {
    event.preventDefault();
    const text = typed.value;
    if (busy) return;
    typed.focus();
    if (!text.trim()) return tell(words.error_empty_message);
    typed.value = "";
    send({ text }, text.trim());
  } else if (form.classList.contains("go")) {
    event.preventDefault(); // this tab remembers the conversation, so a plain link is enough
    location.assign(form.action);
  }
}

document.addEventListener("submit", submitted);
typed.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  composer.requestSubmit();
});
addEventListener("online", () => again?.());

// ---- how the page begins

const given = composer.elements.conversation.value;
const kept = remembered();
if (given) {
  if (kept && kept !== given) fetch(log.dataset.wipe + encodeURIComponent(kept), { method: "DELETE", keepalive: true }).catch(() => {});
  remember(given);
  const query = new URLSearchParams(["area", "share", "language"].filter(carried).map((name) => [name, carried(name)]));
  history.replaceState(null, "", location.pathname + (query.size ? `?${query}` : ""));
  if (log.lastElementChild) offerPrint(log.lastElementChild);
} else {
  send({ choice: kept ? "where_were_we" : "start" });
}
