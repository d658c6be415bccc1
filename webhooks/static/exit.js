// Exit this page: blank at once, forget everything on both sides, go to a page that tells nothing.
(() => {
  "use strict";
  const { away, wipe, two, one, late, leaving } = document.currentScript.dataset;
  const PRESSES = 3;
  const WITHIN = 5000;
  // Other tabs of this service leave together.
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("tabs") : null;

  function storage(use) {
    try {
      return use(sessionStorage);
    } catch {
      return null; // storage is switched off: there is nothing to read and nothing to wipe
    }
  }

  function blank() {
    document.documentElement.classList.add("left");
    if (!document.body) return;
    const cover = document.createElement("div");
    cover.className = "cover";
    cover.setAttribute("role", "alert");
    document.body.replaceChildren(cover);
    cover.textContent = leaving;
  }

  function leave(tell) {
    const field = document.querySelector("#exit [name=conversation]");
    const conversation = storage((kept) => kept.getItem("conversation")) || (field && field.value);
    blank();
    // "left" says nothing of the conversation. It only makes Back blank, and goes with the tab.
    storage((kept) => {
      kept.clear();
      kept.setItem("left", "1");
    });
    if (conversation) {
      fetch(wipe + encodeURIComponent(conversation), { method: "DELETE", keepalive: true }).catch(() => {});
    }
    if (tell && tabs) tabs.postMessage("left");
    location.replace(away);
  }

  function cameBack() {
    if (!storage((kept) => kept.getItem("left"))) return;
    blank();
    location.replace(away);
  }

  const [arrival] = performance.getEntriesByType("navigation");
  if (arrival && arrival.type === "back_forward") cameBack();
  else storage((kept) => kept.removeItem("left")); // opened anew on purpose
  addEventListener("pageshow", (event) => event.persisted && cameBack());
  if (tabs) tabs.addEventListener("message", () => leave(false));

  document.addEventListener("submit", (event) => {
    if (event.target.id !== "exit") return;
    leave(true); // should this fail, the form is sent and the server does it
    event.preventDefault();
  });

  // Shift, pressed and let go by itself, three times within five seconds.
  let presses = 0;
  let alone = false;
  let clock = 0;

  function say(words) {
    const status = document.getElementById("exit-status");
    if (status) status.textContent = words;
  }

  function startOver(words) {
    clearTimeout(clock);
    presses = 0;
    say(words);
    if (words) clock = setTimeout(say, WITHIN, "");
  }

  addEventListener("keydown", (event) => {
    if (event.key === "Shift") {
      alone = true;
    } else {
      alone = false;
      if (presses) startOver("");
    }
  }, true);

  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    alone = false;
    presses += 1;
    if (presses >= PRESSES) return leave(true);
    say(presses === 1 ? two : one);
    if (presses === 1) {
      clearTimeout(clock);
      clock = setTimeout(startOver, WITHIN, late);
    }
  }, true);

  // A phone's keyboard may push the page up under it: the bar with the exit follows what can be seen.
  const seen = window.visualViewport;
  if (seen) {
    const follow = () => document.documentElement.style.setProperty("--pan", `${seen.scale > 1.05 ? 0 : seen.offsetTop}px`);
    seen.addEventListener("resize", follow);
    seen.addEventListener("scroll", follow);
  }
})();
