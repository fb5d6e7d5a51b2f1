"""What a person sees on a page, and what a glance misses: settled, text, numbers, clipped words, missing glyphs."""

import re
import time
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request

LOCAL = {"127.0.0.1", None, ""}
# A deep link asks for its own address first, gets 404, then finds the root: two lines that mean nothing.
HARMLESS = re.compile(r"/[\w-]+/_stcore/(health|host-config)$")
QUIET = 0.7  # seconds without a change on the page

WATCH = """() => {
  if (window.__changed !== undefined) return;
  window.__changed = performance.now();
  const content = '[data-testid=stMain], [data-testid=stSidebar], [data-testid=stHeader]';
  new MutationObserver((all) => {
    if (all.some(m => (m.target.parentElement ?? m.target).closest?.(content) || m.target.querySelector?.(content)))
      window.__changed = performance.now();
  }).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""

CLIPPED = """() => {
  const found = [], wide = document.documentElement.clientWidth;
  const visible = (e) => e.checkVisibility({opacityProperty: true, visibilityProperty: true});
  const own = (e) => [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.textContent).join('').trim();
  const scrolls = (e) => { for (let p = e; p && p !== document.body; p = p.parentElement)
      if (['auto', 'scroll'].includes(getComputedStyle(p).overflowX) && p.scrollWidth > p.clientWidth + 1) return true;
    return false; };
  for (const e of document.querySelectorAll('[data-testid=stMain] *, [data-testid=stSidebar] *')) {
    const words = own(e);
    if (!words || !visible(e) || e.closest('[aria-hidden=true]')) continue;
    const r = e.getBoundingClientRect(), s = getComputedStyle(e);
    if (r.width < 2 || r.height < 2) continue;
    const name = words.slice(0, 40);
    if (e instanceof SVGElement) {
      const svg = e.ownerSVGElement; if (!svg) continue;
      const box = svg.getBoundingClientRect(), lead = r.height / 4;  // a line is higher than its ink
      if (r.right > box.right + 2 || r.left < box.left - 2 || r.bottom > box.bottom + lead || r.top < box.top - lead)
        if (getComputedStyle(svg).overflow !== 'visible') found.push('outside its picture: ' + name);
      continue;
    }
    if ((r.right > wide + 2 || r.left < -2) && !scrolls(e) && !e.closest('[data-testid=stSidebar]'))
      found.push('off screen: ' + name);
    if (['hidden', 'clip'].includes(s.overflowX) && e.scrollWidth > e.clientWidth + 1) found.push('cut: ' + name);
    if (['hidden', 'clip'].includes(s.overflowY) && e.scrollHeight > e.clientHeight + 4)
      found.push('cut below: ' + name);
  }
  return [...new Set(found)];
}"""

TOFU = """async () => {
  await document.fonts.ready;
  const canvas = Object.assign(document.createElement('canvas'), {width: 48, height: 48});
  const pen = canvas.getContext('2d', {willReadFrequently: true});
  const drawn = (c) => {
    pen.clearRect(0, 0, 48, 48);
    pen.font = '28px "IBM Plex Sans Thai", sans-serif';
    pen.fillText(c, 8, 34);
    return pen.getImageData(0, 0, 48, 48).data.join();
  };
  const missing = new Set([drawn('\\u0378'), drawn('\\uFFFF')]);
  const shown = [...new Set(document.body.innerText)].filter(c => c > '~' && !/[\\p{C}\\p{Z}\\p{M}]/u.test(c));
  const bad = shown.filter(c => c === '\\uFFFD' || missing.has(drawn(c)));
  const thai = await document.fonts.load('16px "IBM Plex Sans Thai"', 'ที่กำลัง');
  if (!thai.length || thai.some(f => f.status !== 'loaded')) bad.push('the Thai face cannot be loaded');
  return bad;
}"""


class Watch:
    """Everything a page does that it must not: requests that leave, console errors, uncaught exceptions."""

    def __init__(self, page: Page) -> None:
        self.faults: list[str] = []
        page.on("request", self._request)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"uncaught: {error}"))

    def _request(self, request: Request) -> None:
        if urlsplit(request.url).hostname not in LOCAL:
            self.faults.append(f"left this machine: {request.url[:200]}")

    def _console(self, message: ConsoleMessage) -> None:
        where = (message.location or {}).get("url", "")
        if message.type == "error" and not ("404" in message.text and HARMLESS.search(urlsplit(where).path)):
            self.faults.append(f"console: {message.text[:300]} ({where})")


def settle(page: Page, limit: float = 120) -> None:
    """Wait until the script has stopped and no content has changed for a moment; fails after `limit` seconds.

    Attributes do not count: the look for new data every second or two flips some, and changes no content.
    """
    page.wait_for_selector('[data-testid="stApp"]', timeout=limit * 1000)
    page.evaluate(WATCH)
    page.evaluate("() => { window.__changed = performance.now(); }")  # what was just done has yet to show
    end = time.monotonic() + limit
    while time.monotonic() < end:
        state = page.get_attribute('[data-testid="stApp"]', "data-test-script-state")
        idle = page.evaluate("() => (performance.now() - window.__changed) / 1000")
        loading = page.locator('[data-testid="stSkeleton"]:visible, [data-testid="stSpinner"]:visible').count()
        if state == "notRunning" and idle > QUIET and not loading and page.locator('[data-testid="stMain"]').count():
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"the page did not settle within {limit} s")


def text(page: Page, selector: str = '[data-testid="stApp"]') -> str:
    """The words a person reads there, spaces made one."""
    return " ".join(page.locator(selector).first.inner_text().split())


def numbers(words: str) -> list[float]:
    """The numbers in words, in order: "1,204 of 1,366" -> [1204.0, 1366.0]."""
    return [float(found.replace(",", "")) for found in re.findall(r"\d[\d,]*(?:\.\d+)?", words)]


def faults(page: Page) -> list[str]:
    """What the page says went wrong: uncaught exceptions, error boxes, or a frame that lacks its filters or foot."""
    shown = page.locator('[data-testid="stException"], [data-testid="stAlertContentError"]').all_inner_texts()
    parts = {"filters": "[class*=st-key-f_period]", "language": "[class*=st-key-f_lang]", "foot": ".nk-foot"}
    lacking = [name for name, selector in parts.items() if not page.locator(selector).count()]
    return [*shown, *([f"the frame lacks {', '.join(lacking)}: {text(page)[:300]}"] if lacking else [])]


def clipped(page: Page) -> list[str]:
    return page.evaluate(CLIPPED)


def missing_glyphs(page: Page) -> list[str]:
    return page.evaluate(TOFU)


def query(page: Page) -> dict[str, str]:
    """The view in the address."""
    pairs = (pair.partition("=") for pair in urlsplit(page.url).query.split("&") if pair)
    return {name: value.replace("%2C", ",") for name, _, value in pairs}
