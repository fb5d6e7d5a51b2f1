// Light or dark by one button. Streamlit keeps the choice of each address in local storage and reads it on load; its
// own menu for it is English only. The key is private to Streamlit: tests/browser/test_frame.py watches the behaviour.
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector(".nk-scheme")
  const dark = () => getComputedStyle(document.querySelector("[data-testid=stApp]")).colorScheme.includes("dark")
  button.title = data.label
  button.setAttribute("aria-label", data.label)
  button.onclick = () => {
    const here = location.pathname
    const page = data.pages.find((name) => name && here.endsWith(`/${name}`)) ?? ""
    const base = here.slice(0, here.length - page.length)
    const chosen = JSON.stringify(dark() ? "Light" : "Dark")
    for (const name of data.pages) localStorage.setItem(`stActiveTheme-${base}${name}-v2`, chosen)
    location.reload()
  }
}
