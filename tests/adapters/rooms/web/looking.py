"""What a browser test looks for on every page."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.async_api import Dialog, Page, Request

from adapters.http.server import Server


@dataclass
class Watched:
    """What happened that should not have: console errors and policy violations, dialogs, requests to other hosts."""

    console: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)


def watched(page: Page, server: Server) -> Watched:
    """Watch a page from now on."""
    seen = Watched()

    async def dialog(one: Dialog) -> None:
        seen.dialogs.append(one.message)
        await one.dismiss()

    def request(one: Request) -> None:
        if urlsplit(one.url).netloc != urlsplit(server.url).netloc:
            seen.outside.append(one.url)

    page.on("console", lambda one: seen.console.append(one.text) if one.type in {"error", "warning"} else None)
    page.on("pageerror", lambda one: seen.console.append(str(one)))
    page.on("dialog", dialog)
    page.on("request", request)
    return seen


#: Faults of the page as it stands: a list of sentences, empty where there are none.
FAULTS = """
() => {
  const faults = [];
  const seen = (one) => { const box = one.getBoundingClientRect(); return box.width > 1 && box.height > 1 && one.checkVisibility(); };
  const name = (one) => (one.getAttribute("aria-label") || [...(one.labels || [])].map((l) => l.textContent).join(" ") ||
    (one.getAttribute("aria-labelledby") || "").split(" ").map((id) => document.getElementById(id)?.textContent || "").join("") ||
    one.textContent || "").trim();
  if (document.documentElement.scrollWidth > innerWidth) faults.push(`scrolls sideways: ${document.documentElement.scrollWidth}`);
  for (const one of document.querySelectorAll("body *")) {
    const box = one.getBoundingClientRect();
    if (seen(one) && box.right > innerWidth + 1 && !one.closest(".unseen")) faults.push(`sticks out: ${one.tagName}.${one.className}`);
  }
  for (const one of document.querySelectorAll("button, summary, a, input:not([type=hidden]), textarea, select")) {
    if (!seen(one) || one.closest("[aria-hidden=true]")) continue;
    if (!name(one)) faults.push(`has no name: ${one.outerHTML.slice(0, 80)}`);
    const pressed = one.matches("button, summary, .press, select, textarea, input:not([type=checkbox]):not([type=radio])");
    if (pressed && one.getBoundingClientRect().height < 43.5) faults.push(`too small to press: ${name(one)} ${one.getBoundingClientRect().height}`);
  }
  const headings = [...document.querySelectorAll("h1, h2, h3")].map((one) => Number(one.tagName[1]));
  if (headings.filter((level) => level === 1).length !== 1) faults.push("has not exactly one h1");
  if (document.querySelectorAll("main").length !== 1) faults.push("has not exactly one main");
  if (!document.documentElement.lang) faults.push("has no language");
  if (!document.title.endsWith("Coolhead")) faults.push("has no title");
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  for (const id of new Set(ids)) if (ids.filter((other) => other === id).length > 1) faults.push(`two things are called ${id}`);
  for (const one of document.querySelectorAll("[aria-describedby], [aria-labelledby], label[for]")) {
    for (const attribute of ["aria-describedby", "aria-labelledby", "for"]) {
      const id = one.getAttribute(attribute);
      if (id && !document.getElementById(id)) faults.push(`${attribute} leads nowhere: ${id}`);
    }
  }
  for (const one of document.querySelectorAll("fieldset")) if (!one.querySelector("legend")) faults.push("a fieldset has no legend");
  if ([...document.querySelectorAll(".press.likely")].filter(seen).length > 1) faults.push("two filled buttons");
  return faults;
}
"""
