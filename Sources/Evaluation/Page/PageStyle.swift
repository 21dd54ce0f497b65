/// How the page looks: in light, in the dark, and on paper.
enum PageStyle {
  /// Six colours that people with any sight tell apart (Okabe and Ito 2008), for either ground.
  private static let colors = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"]

  static let text =
    """
    :root { color-scheme: light dark; --ground: #fdfdfc; --ink: #1c1c1a; --soft: #63635e;
      --line: #dcdcd6; --panel: #f4f4f0; --wrong: #b3261e; --right: #146c2e; }
    @media (prefers-color-scheme: dark) {
      :root { --ground: #171716; --ink: #ecece6; --soft: #a3a39b; --line: #3a3a36;
        --panel: #21211f; --wrong: #ff9d94; --right: #8fd6a1; }
    }
    * { box-sizing: border-box; }
    body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem 4rem; background: var(--ground);
      color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
    h1 { font-size: 1.7rem; margin: 0 0 .25rem; }
    h2 { font-size: 1.2rem; margin: 2.5rem 0 .5rem; }
    h3 { font-size: 1rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
    p, dl { margin: .25rem 0 .75rem; }
    p.note, dl, .said { color: var(--soft); font-size: .9rem; }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 .75rem; }
    dd { margin: 0; overflow-wrap: anywhere; }
    .wide { overflow-x: auto; }
    table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
    th, td { padding: .3rem .7rem; text-align: right; border-bottom: 1px solid var(--line);
      white-space: nowrap; }
    th:first-child { text-align: left; padding-left: 0; }
    thead th { color: var(--soft); font-weight: 500; }
    tbody th { font-weight: 600; }
    svg { display: block; width: 100%; height: auto; margin: .5rem 0; font-size: 13px; }
    svg.key { display: inline-block; width: .8rem; margin: 0 .2rem 0 .8rem; }
    svg text { fill: var(--ink); }
    svg .name, svg .inside { text-anchor: end; }
    svg .tick, svg .middle { text-anchor: middle; }
    svg .tick, svg .axis { fill: var(--soft); font-size: 12px; }
    svg .inside, svg .number { fill: #fff; }
    svg .number { text-anchor: middle; font-size: 11px; font-weight: 600; }
    ol.names { columns: 2; font-size: .9rem; color: var(--soft); }
    svg .grid { stroke: var(--line); }
    svg .interval { stroke-width: 2; }
    svg .mark { stroke: var(--ink); stroke-width: 2; }
    svg .cloud { opacity: .45; }
    article { background: var(--panel); border-radius: .5rem; padding: .9rem 1rem; margin: .75rem 0;
      break-inside: avoid; }
    article p { margin: .4rem 0; overflow-wrap: anywhere; }
    audio { width: 100%; height: 2.25rem; }
    del { color: var(--wrong); }
    ins { color: var(--right); text-decoration: underline; }
    @media print {
      :root { --ground: #fff; --ink: #000; --soft: #444; --line: #bbb; --panel: #fff;
        --wrong: #b3261e; --right: #146c2e; }
      body { max-width: none; padding: 0; font-size: 10.5pt; }
      audio { display: none; }
      article { border: 1px solid var(--line); }
      h2, h3 { break-after: avoid; }
      svg { break-inside: avoid; }
    }

    """
    + colors.enumerated().map { index, color in
      "svg .c\(index) { fill: \(color); stroke: \(color); } svg .bar.c\(index) { stroke: none; }"
    }.joined(separator: "\n")
}
