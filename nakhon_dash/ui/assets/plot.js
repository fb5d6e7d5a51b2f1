// A Plotly figure that follows its data by Plotly.react. Colours such as var(--on) are read from the page, anew when
// the reader changes the theme.
const NARROW = 520

const library = (source) =>
  (window.nkPlotly ??= new Promise((resolve, reject) => {
    const script = document.createElement("script")
    script.src = source
    script.onload = () => resolve(window.Plotly)
    script.onerror = () => { window.nkPlotly = undefined; reject(new Error(`cannot load ${source}`)) }
    // the bundle must be its own, whatever version the page itself may hold
    script.dataset.nk = "plotly"
    document.head.append(script)
  }))

// deep merge of layout, so that a narrow layout names only what differs
const merged = (base, extra) => {
  if (Array.isArray(extra) || extra === null || typeof extra !== "object") return extra
  const out = { ...base }
  for (const [name, value] of Object.entries(extra)) out[name] = merged(base?.[name] ?? {}, value)
  return out
}

const coloured = (text, node) => {
  const probe = document.createElement("i")
  probe.style.display = "none"
  node.append(probe)
  const known = {}
  const out = text.replace(/var\(--[a-z0-9-]+\)/g, (name) => {
    if (!(name in known)) {
      probe.style.color = name
      known[name] = getComputedStyle(probe).color
    }
    return known[name]
  })
  probe.remove()
  return out
}

async function draw(node) {
  const Plotly = await library(node.nk.source)
  if (!node.clientWidth) return // not on the page yet; the observer calls again when it is
  const { figure, label, narrow, height } = node.nk
  const { data, layout } = JSON.parse(coloured(figure, node))
  const slim = node.clientWidth < NARROW
  const shape = slim ? merged(layout, JSON.parse(coloured(JSON.stringify(narrow), node))) : layout
  node.nkDrawn = { figure, slim }
  node.setAttribute("role", "img")
  node.setAttribute("aria-label", label)
  const room = { ...shape, height, autosize: true, uirevision: "keep" }
  await Plotly.react(node, data, room, { displayModeBar: false, responsive: false })
}

function watch(node) {
  const resized = new ResizeObserver(() => {
    const { figure, slim } = node.nkDrawn ?? {}
    if (!node.clientWidth) return
    if (figure !== node.nk.figure || slim !== node.clientWidth < NARROW) draw(node)
    else window.Plotly.Plots.resize(node)
  })
  resized.observe(node)
  let scheme = getComputedStyle(node).colorScheme
  const themed = new MutationObserver(() => {
    if (!node.isConnected) { // the reader has left the page
      resized.disconnect()
      themed.disconnect()
      return
    }
    const now = getComputedStyle(node).colorScheme
    if (now === scheme) return
    scheme = now
    draw(node)
  })
  const app = document.querySelector("[data-testid=stApp]") ?? document.body
  themed.observe(app, { attributes: true, attributeFilter: ["class", "style"] })
}

export default function ({ data, parentElement }) {
  let node = parentElement.querySelector(".nk-plot")
  if (!node) {
    node = document.createElement("div")
    node.className = "nk-plot"
    node.nk = data
    parentElement.append(node)
    watch(node)
  }
  node.style.minHeight = `${data.height}px`
  const known = node.nkDrawn?.figure === data.figure && node.nk.label === data.label
  node.nk = data
  if (!known) draw(node)
}
