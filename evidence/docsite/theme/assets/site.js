// Tables that are wider than the page scroll; who has no mouse reaches them by the keyboard.
const reachable = () => {
  for (const wrap of document.querySelectorAll(".md-typeset__scrollwrap, .md-typeset pre > code")) {
    if (wrap.scrollWidth > wrap.clientWidth) wrap.tabIndex = 0
    else wrap.removeAttribute("tabindex")
  }
}
addEventListener("load", () => { reachable(); setTimeout(reachable, 500) })
addEventListener("resize", reachable)
